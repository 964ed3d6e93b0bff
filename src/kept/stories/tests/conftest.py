"""Mary's words, chosen by Priya, at Marlow."""

from __future__ import annotations

import pytest

from kept.cases.models import Message
from kept.demo.cast import Marlow
from kept.stories.choosing import choose
from kept.stories.models import Story

WORDS = "I am Mary Whitcombe, and the box for order MC-20391 was torn. Ring me on +44 7700 900812. Priya was kind."


@pytest.fixture
def word(marlow: Marlow) -> Message:
    """What Mary wrote."""
    case = marlow.mary.mails(WORDS, subject="Box", is_proven=True)
    return Message.objects.get(case=case, is_theirs=True)


@pytest.fixture
def story(marlow: Marlow, word: Message) -> Story:
    """Chosen, and read by nobody yet."""
    return choose(word, title="The torn box", by=marlow.priya, now=marlow.clock.now)
