"""A person picks what a customer said as a story. Nobody else sees it before it was read as shown, and its customer said yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, Message
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee
from kept.places.models import Place, Touchpoint
from kept.recognition.models import Recognition
from kept.stories.models import Consent, Scope, Story, StoryState
from kept.stories.redacting import proposed
from kept.surveys.models import Response
from kept.text.splitting import split_reply
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 20_000
SMALL, KEPT = "small", "kept"
"""What a story may stand for beside an ending: a small thing, a promise beaten."""
SAID_ALREADY = ("name", "anon")
"""What a survey's or a good word's writer answered to "who may read it?": everybody here, with or without the name."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a customer that a person may choose, and what is known around them."""

    key: str
    words: str
    at: datetime
    case: Case | None
    customer: Customer | None
    place: Place | None = None
    touchpoint: Touchpoint | None = None
    consent: str = ""


def said_in(source: Message | Response | Recognition) -> Said:
    """What was said there. Refuses words of ours, and what holds no words."""
    if isinstance(source, Message):
        if not source.is_theirs:
            raise Refusal(_("A story is told in the customer’s words; these are ours."))
        words = split_reply(source.text).new or source.text
        case = source.case
        said = Said(f"message:{source.pk}", words, source.at, case, source.customer, case.place, case.touchpoint)
    elif isinstance(source, Response):
        said = Said(
            f"response:{source.pk}", source.words, source.first_at, source.case or source.after_case, source.customer,
            source.place, source.touchpoint, source.consent,
        )  # fmt: skip
    else:
        said = Said(
            f"recognition:{source.pk}", source.words, source.said_at, source.case, source.customer, source.place,
            consent=source.consent,
        )  # fmt: skip
    if not said.words.strip():
        raise Refusal(_("Nothing was said there in words."))
    return said


@transaction.atomic
def choose(source: Message | Response | Recognition, *, title: str, by: Employee, now: datetime, outcome: str = "") -> Story:
    """The words wait as a story, what is known of its customer covered as a proposal. The same words are chosen once."""
    said, title = said_in(source), title.strip()
    if not title:
        raise Refusal(_("Give the story a title."))
    if (before := Story.objects.filter(source_key=said.key).first()) is not None:
        if before.state in {StoryState.REFUSED, StoryState.WITHDRAWN}:
            raise Refusal(_("They do not want others to read these words."))
        return before
    story = Story.objects.create(
        title=title[:160],
        words=proposed(said.words[:LONGEST].strip(), case=said.case, customer=said.customer),
        source_key=said.key,
        case=said.case,
        customer=said.customer,
        outcome=outcome or (said.case.outcome if said.case else ""),
        touchpoint=said.touchpoint or (said.case.touchpoint if said.case else None),
        place=said.place or (said.case.place if said.case else None),
        happened_on=_day(said.at),
        chosen_by=by,
        chosen_at=now,
    )
    _as_they_said_already(story, said)
    record(story.line, Happened.STORY_CHOSEN, at=now, by=by, title=story.title, story=story.pk)
    return story


def _as_they_said_already(story: Story, said: Said) -> None:  # no event: choose records it
    """Who answered "everybody here may read it" has consented to that, and to no more."""
    if said.consent in SAID_ALREADY:
        Consent.objects.create(
            story=story,
            words_shown=said.words[:LONGEST],
            scope=Scope.INSIDE,
            with_name=said.consent == "name",
            said_at=said.at,
            says_yes=True,
        )


def _day(at: datetime) -> date:
    return at.astimezone(default_calendar().hours.tz).date()


@transaction.atomic
def tell_our_side(story: Story, *, ours: str, different: str, by: Employee, now: datetime) -> None:
    """A story has two sides: what happened at ours, and what should have been different."""
    story.ours, story.different = ours.strip(), different.strip()
    story.save(update_fields=["ours", "different"])
    record(story.line, Happened.STORY_SIDES, at=now, by=by, title=story.title, story=story.pk)
