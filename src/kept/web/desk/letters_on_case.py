"""What the page of a case knows of paper: where letters to this customer go, and what became of each that we wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kept.cases.models import Case, Message
from kept.letters.posting import day_at
from kept.people.locating import KIND
from kept.people.models import Identity
from kept.replies.models import Letter
from kept.replies.on_paper import PAPER
from kept.web.desk.letters_read import paper_on


def letters_on(case: Case, said: Iterable[Message], identities: Iterable[Identity], *, now: datetime) -> dict[str, object]:
    """Each letter by the key of its message, and those that may still be taken back. Asks only where we wrote on paper."""
    on_paper = [message.pk for message in said if not message.is_theirs and message.medium in PAPER]
    found = list(Letter.objects.filter(message__in=on_paper)) if on_paper else []
    today = day_at(case, now)
    return {
        "paper": paper_on(case),
        "letters_go_to": letters_go_to(identities),
        "letters": {letter.message_id: letter for letter in found},
        "said_today": {letter.pk for letter in found if letter.said_at and day_at(case, letter.said_at) == today},
        "today": today,
        "refused_letter": 0,
    }


def letters_go_to(identities: Iterable[Identity]) -> str:
    """Their postal address, out of what is known of them; empty where none is."""
    there = [one for one in identities if one.kind == KIND and one.dead_at is None]
    return max(there, key=lambda one: (one.first_seen_at, one.pk)).value if there else ""


def usual_medium(case: Case) -> str:
    """By which medium they are answered unless somebody says otherwise: on paper, if their last word came on paper."""
    last = case.media.split()[-1:] or [""]
    return last[0] if last[0] in PAPER else ""
