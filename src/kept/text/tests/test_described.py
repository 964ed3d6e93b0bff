"""Somebody is praised without a name, by what they do and where."""

from __future__ import annotations

import pytest

from kept.text.described import find_described


def described(text: str) -> list[str]:
    return [text[word.start : word.end] for word in find_described(text)]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The young man at the till was so kind.", "The young man at the till"),
        ("Your rider was great!", "Your rider"),
        ("The lady with the green glasses was lovely to us.", "The lady with the green glasses"),
        ("Ihr Fahrer war sehr freundlich.", "Ihr Fahrer"),
        ("Die nette Dame am Empfang hat uns sehr geholfen.", "Die nette Dame am Empfang"),
        ("The waiter was friendly, but the waitress ignored us.", "The waiter"),
    ],
)
def test_a_person_is_known_by_what_they_do(words, who):
    assert described(words) == [who]


@pytest.mark.parametrize(
    "words",
    [
        "Your driver was rude.",
        "The pizza was great.",
        "My driver was late.",
        "I hope the driver is friendly.",
        "Is the waiter nice?",
    ],
)
def test_things_and_complaints_are_nobody(words):
    assert described(words) == []
