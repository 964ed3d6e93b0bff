"""Finds what a customer asks, directly or not, and what a reply leaves open: a soft list beside Send, never a block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kept.text.answering import covers
from kept.text.question_patterns import INDIRECT, RHETORIC, SMALL_TALK
from kept.text.splitting import unquoted
from kept.text.words import READ_AT_MOST, Sentence, even, sentences


@dataclass(frozen=True, slots=True)
class Question:
    """One thing they want to know: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


def find_questions(text: str) -> list[Question]:
    """What they ask in their own new words, in order; small talk, rhetoric and quoted history are left out."""
    piece = text[:READ_AT_MOST]
    low = even(piece)
    hidden = [(start, end) for start, end in unquoted(piece)]
    return [
        Question(sentence.text, sentence.start, sentence.end)
        for sentence in sentences(piece)
        if _asks(sentence, low[sentence.start : sentence.end]) and any(start <= sentence.start < end for start, end in hidden)
    ]


def _asks(sentence: Sentence, low: str) -> bool:
    if not any(letter.isalpha() for letter in low) or SMALL_TALK.search(low) or RHETORIC.search(low):
        return False
    return sentence.asks or INDIRECT.search(low) is not None


def open_questions(questions: Iterable[Question], reply_text: str) -> list[Question]:
    """Those a reply says nothing about, as far as words can tell."""
    return [question for question in questions if not is_answered(question, reply_text)]


def is_answered(question: Question, reply_text: str) -> bool:
    """The reply takes up what was asked, or gives the kind of answer it calls for (a time, a name, a sum, a yes)."""
    return covers(question.quote, reply_text[:READ_AT_MOST])
