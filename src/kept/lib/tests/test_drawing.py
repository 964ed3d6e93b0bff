"""A draw is fair, the same each time, and another house draws others."""

from __future__ import annotations

from kept.lib.drawing import is_drawn


def drawn(one_in: int) -> list[int]:
    return [number for number in range(5000) if is_drawn(f"yes {number}", one_in=one_in)]


def test_about_one_in_ten_is_drawn_and_always_the_same():
    assert 400 < len(drawn(10)) < 600
    assert drawn(10) == drawn(10)


def test_nobody_who_lacks_the_key_can_tell_which(settings):
    here = set(drawn(10))
    settings.SECRET_KEY = "the key of another house"
    assert len(here & set(drawn(10))) < len(here) / 2
