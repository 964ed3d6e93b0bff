"""Texts made to exhaust a reader: every reader comes back, because each pattern is bounded to one sentence or line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kept.lib.hours import ALWAYS
from kept.text.again import how_often
from kept.text.described import find_described
from kept.text.praise import find_praise
from kept.text.promises import find_promises
from kept.text.questions import Question, find_questions, is_answered
from kept.text.reading_back import find_gaps, greeting_name, is_signed, name_doubt, speaks_of_attachment
from kept.text.roster import Known
from kept.text.splitting import split_reply
from kept.text.thanks import is_only_thanks
from kept.text.themes import theme_of
from kept.text.words import LONGEST_SENTENCE, READ_AT_MOST, sentences

SCRAPS = [
    "a",
    " ",
    "\n",
    "\t\n",
    "\r",
    "I will ",
    "I will. ",
    "by Friday ",
    "1 ",
    "1/",
    "22.06.",
    "?",
    "[",
    "[a",
    "<a",
    "{{",
    "_",
    "_ ",
    ">",
    "> \n",
    "On 1 June a wrote\n",
    "On 1 1",
    "From: a\nSent: b\n",
    "-- \n",
    "If you ",
    "ich werde ",
    "wir ist wird ",
    "möglich ",
    "3 to ",
    "A ",
    "a-",
    "Hello ",
    "x@y <",
    "monday or ",
    "and ",
    "will and ",
    "the the will ",
    "within 3 days of ",
    "Do you know if ",
    "> a\nb\n",
    "Amira was so kind and ",
    "thanks,\nAmira\n",
    "the young ",
    "thanks - ",
    "İ",
    "é",
    "'",
]
LENGTH = 100_000
OURS = (Known(1, "Amira Haddad"), Known(2, "Will Turner"), Known(3, "May Chen"))


@pytest.mark.parametrize("scrap", SCRAPS)
def test_a_hundred_thousand_hostile_characters_are_read(scrap):
    text = (scrap * (LENGTH // len(scrap) + 1))[:LENGTH]
    for one in find_promises(text, said_at=datetime(2026, 6, 18, 9, tzinfo=UTC), hours=ALWAYS):
        assert text[one.start : one.end] == one.quote
    for question in find_questions(text):
        assert text[question.start : question.end] == question.quote
    is_answered(Question("When does it come?", 0, 18), text)
    find_gaps(text)
    speaks_of_attachment(text)
    name_doubt(greeting_name(text), text)
    is_signed(text, "Priya Nair")
    is_only_thanks(text)
    how_often(text)
    theme_of(text)
    find_praise(text, OURS)
    find_described(text)
    parted = split_reply(text)
    assert len(parted.new) + len(parted.quoted) + len(parted.signature) == len(text)


def test_no_pattern_ever_sees_more_than_one_bounded_sentence():
    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in sentences("will you and " * READ_AT_MOST))
