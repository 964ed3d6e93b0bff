"""Every theme that Kept may read out of words has a name that people read, and none of them names a person."""

from __future__ import annotations

from kept.causes.themes import NAMES, in_words
from kept.text.theme_words import THEMES


def test_every_theme_has_its_words():
    assert set(THEMES) == set(NAMES)


def test_a_code_without_words_is_read_all_the_same():
    assert in_words("wrong_door") == "wrong door"
    assert in_words("cold_food") == "cold food"
