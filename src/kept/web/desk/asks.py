"""What the customer asks, in their words, and whether a delivered answer of ours came after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kept.cases.models import Message, Settled
from kept.text.questions import find_questions
from kept.text.splitting import split_reply


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, the word of theirs it stands in, and when we answered that."""

    quote: str
    message: Message
    answered_at: datetime | None


def asks_in(messages: Iterable[Message]) -> list[Ask]:
    """Every question in their words, open ones first; those put to rest or set aside are left out."""
    words = [message for message in messages if message.is_theirs and message.settled != Settled.RESTED]
    asks = [
        Ask(question.quote.strip(), word, word.settled_at if word.settled in {Settled.ANSWERED, Settled.ENDED} else None)
        for word in words
        for question in find_questions(split_reply(word.text).new)
    ]
    return sorted(asks, key=lambda ask: ask.answered_at is not None)
