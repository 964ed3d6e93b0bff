"""How alike two matters are: plain counting, the same both ways, from nothing to the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.causes.likeness import HEAVIEST, likeness, rare_words, rareness, weighed

TEXTS = st.lists(st.text("bagzipcoldpizzäöü ", max_size=60), min_size=2, max_size=8)


@given(TEXTS)
def test_likeness_is_the_same_both_ways_and_one_with_itself(texts):
    found = [rare_words(text) for text in texts]
    rare = rareness(found)
    one, other = weighed(found[0], rare), weighed(found[1], rare)
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert len(one) <= HEAVIEST
    assert likeness(one, one) == pytest.approx(1.0 if one else 0.0)


def test_the_rarer_a_word_the_more_it_says():
    rare = rareness([["pizza", "zip"], ["pizza"], ["pizza", "bag"], ["pizza"]])
    assert rare["zip"] == rare["bag"] > rare["pizza"] > 0


def test_little_words_and_numbers_say_nothing_in_either_language():
    assert rare_words("It was the third time, and I am not happy: 16 of you!") == ["third", "happ"]
    assert rare_words("Das war nicht so und ich bin wieder da.") == []


def test_one_stem_meets_the_other():
    assert rare_words("zips zip Zip") == ["zip"]
