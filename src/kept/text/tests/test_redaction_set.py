"""A hundred texts as customers write them: nothing known of them remains, and what gives nobody away stays as it was said."""

from __future__ import annotations

import re

import pytest

from kept.text.redacting import KnownOfThem, cover, find_private
from kept.text.tests.redaction_set import SET


def shown(text: str, known: KnownOfThem) -> str:
    return cover(text, find_private(text, known), {})


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_the_set_holds_a_hundred_texts():
    assert len({text for text, _gone, _rest, _known in SET}) == 100


@pytest.mark.parametrize(("text", "gone", "rest", "known"), SET, ids=[text for text, *_more in SET])
def test_nothing_that_is_known_remains(text, gone, rest, known):
    left, harmless = words_of(shown(text, known)), words_of(rest)
    told = [word for piece in gone for word in words_of(piece) if word in left and word not in harmless and len(word) > 1]
    assert not told, shown(text, known)


def test_what_gives_nobody_away_stays(capsys):
    """Rather a word too many than one too few; still, of their other words hardly any goes."""
    kept, lost = 0, list[str]()
    for text, _gone, rest, known in SET:
        left = words_of(shown(text, known))
        lost += [word for word in words_of(rest) if word not in left]
        kept += len(words_of(rest))
    with capsys.disabled():
        print(f"\n{len(SET)} texts, {sum(len(gone) for _text, gone, *_more in SET)} places; of {kept} other words lost: {lost}")
    assert len(lost) <= kept * 0.02, lost
