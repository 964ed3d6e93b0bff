"""Which happenings are steps of a way, and what each is called: the one table behind the event log, the variants and the flow.

A step is something that customer or we did, or that went wrong for them. What only we see (a note, a rung below 100 %, a promise
written down) is none. Where something happened twice in a row it stands twice: that is what a loop looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kept.timeline.happenings import Happened

Facts = Mapping[str, object]

WROTE, ENDED, TAKEN_BACK = "wrote", "ended", "taken_back"
ANSWERED, ASKED_BACK, SIGN_OF_LIFE, HANDED_ON, REOPENED = "answered", "asked_back", "sign_of_life", "handed_on", "reopened"
BY_SORT: Final = {"answer": ANSWERED, "asks_back": ASKED_BACK, "sign_of_life": SIGN_OF_LIFE}
HOUR_GONE, LAST_RUNG = 100, 200


def _wrote(facts: Facts) -> str:
    return f"{WROTE}/{facts['medium']}" if facts.get("medium") else WROTE


def _said(facts: Facts) -> str:
    if facts.get("to_post"):
        return ""  # a letter says it on the day on which it is posted
    return BY_SORT.get(str(facts.get("sort", "")), SIGN_OF_LIFE)


def _posted(facts: Facts) -> str:
    return BY_SORT.get(str(facts.get("sort", "")), "")  # the acknowledgement tells of itself


def _climbed(facts: Facts) -> str:
    level = facts.get("level")
    return "hour_gone" if isinstance(level, int) and HOUR_GONE <= level <= LAST_RUNG else ""


def _ended(facts: Facts) -> str:
    return f"{ENDED}/{facts['outcome']}" if facts.get("outcome") else ENDED


STEPS: Final[dict[str, str | Callable[[Facts], str]]] = {
    Happened.RECEIVED: _wrote,  # wrote/form, wrote/email ...; "wrote" where the facts were erased
    Happened.ASSIGNED: HANDED_ON,  # not the first time: see `step`
    Happened.ACKNOWLEDGED: "acknowledged",
    Happened.REPLIED: _said,  # answered, asked_back, sign_of_life
    Happened.CALLED: _said,
    Happened.POSTED: _posted,
    Happened.POSTING_TAKEN_BACK: TAKEN_BACK,
    Happened.TAKEN_BACK: TAKEN_BACK,
    Happened.BOUNCED: "came_back",
    Happened.RESTED: "put_to_rest",
    Happened.CLIMBED: _climbed,  # hour_gone, from 100 % on
    Happened.BROKEN: "promise_broken",
    Happened.RENEGOTIATED: "new_hour",
    Happened.GIVEN: "given",
    Happened.REPEATED: "same_again",
    Happened.REMINDED: "reminded",
    Happened.ASKED: "asked_if_solved",
    Happened.SAID_NOT_YET: "not_yet",
    Happened.ENDED: _ended,  # ended/white, ended/black, ended/no_word
    Happened.REOPENED: REOPENED,
}
"""Event kind: activity, or how it follows from the facts."""

NAMES: Final[dict[str, str | Lazy]] = {
    WROTE: _("they wrote"),
    "wrote/form": _("they wrote by form"),
    "wrote/email": _("they wrote by e-mail"),
    "wrote/phone": _("they rang"),
    "wrote/letter": _("they wrote a letter"),
    "wrote/fax": _("they sent a fax"),
    "wrote/visit": _("they came by"),
    "wrote/post": _("they posted in public"),
    "wrote/survey": _("they answered a survey"),
    "wrote/chat": _("they wrote in the chat"),
    "wrote/sms": _("they sent a text message"),
    "wrote/api": _("their word came by a program"),
    HANDED_ON: _("somebody else took it over"),
    "acknowledged": _("acknowledged"),
    ANSWERED: _("answered"),
    ASKED_BACK: _("we asked back"),
    SIGN_OF_LIFE: _("a sign of life"),
    TAKEN_BACK: _("taken back before it went"),
    "came_back": _("our mail came back"),
    "put_to_rest": _("needed no answer"),
    "hour_gone": _("the hour passed"),
    "promise_broken": _("a promise was broken"),
    "new_hour": _("a new hour was agreed"),
    "given": _("we gave something"),
    "same_again": _("the same thing again"),
    "reminded": _("reminded"),
    "asked_if_solved": _("asked whether it is solved"),
    "not_yet": _("they said: not yet"),
    ENDED: _("it ended"),
    "ended/white": _("ended happy"),
    "ended/black": _("ended not happy"),
    "ended/no_word": _("ended without a word"),
    REOPENED: _("it went on"),
}
"""What people read for an activity; one without an entry is shown as it is."""

NEEDS_FACTS: Final = frozenset(kind for kind, step in STEPS.items() if callable(step))
"""Kinds whose activity depends on their facts."""


def step(kind: str, facts: Facts, *, has_begun: bool) -> str:
    """The activity that this Event is on its case's way, or nothing. A way begins with their first word: whoever has the
    matter by then was given it, whoever has it later took it over."""
    called = STEPS.get(kind, "")
    activity = called(facts) if callable(called) else called
    return activity if has_begun or activity.startswith(WROTE) else ""


def in_words(activity: str) -> str:
    """As a person reads it."""
    return str(NAMES.get(activity, activity))
