"""A person picks what a customer said as a story. Nobody else sees it before it was read as shown, and its customer said yes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.stories.models import Consent, Scope, Story, StoryState
from kept.stories.redacting import cover_as_proposed
from kept.stories.sources import Said, Source, said_in
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

SAID_ALREADY = ("name", "anon")
"""What a survey's or a good word's writer answered to "who may read it?": everybody here, with or without the name."""


def told_already(source: Source) -> Story | None:
    """The story that these words are."""
    return Story.objects.filter(source_key=said_in(source).key).first()


@transaction.atomic
def choose(source: Source, *, title: str, by: Employee, now: datetime, outcome: str = "") -> Story:
    """The words wait as a story, what is known of its customer covered as a proposal. The same words are one story, once."""
    said, title = said_in(source), title.strip()
    if not title:
        raise Refusal(_("Give the story a title."))
    _refuse_twice(said)
    story = Story(
        title=title[:160],
        source_key=said.key,
        case=said.case,
        customer=said.customer,
        ours=said.ours,
        outcome=outcome or said.outcome or (said.case.outcome if said.case else ""),
        touchpoint=said.touchpoint or (said.case.touchpoint if said.case else None),
        place=said.place or (said.case.place if said.case else None),
        happened_on=_day(said.at),
        chosen_by=by,
        chosen_at=now,
    )
    cover_as_proposed(story, said.words)
    try:
        with transaction.atomic():
            story.save(force_insert=True)
    except IntegrityError:
        _refuse_twice(said)
        raise
    _as_they_said_already(story, said)
    record(story.line, Happened.STORY_CHOSEN, at=now, by=by, story=story.pk)
    return story


def _refuse_twice(said: Said) -> None:
    before = Story.objects.filter(source_key=said.key).first()
    if before is not None and before.state in {StoryState.REFUSED, StoryState.WITHDRAWN}:
        raise Refusal(_("They do not want others to read these words."))
    if before is not None:
        raise Refusal(_("These words are a story already: “%(title)s”.") % {"title": before.title})


def _as_they_said_already(story: Story, said: Said) -> None:  # no event: choose records it
    """Who answered "everybody here may read it" has consented to that, and to no more."""
    if said.consent in SAID_ALREADY:
        Consent.objects.create(
            story=story,
            words_shown=said.words,
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
    record(story.line, Happened.STORY_SIDES, at=now, by=by, story=story.pk)


@transaction.atomic
def name_it(story: Story, title: str, *, by: Employee, now: datetime) -> None:
    """The story is called so; one that a customer told themselves begins without a name of its own."""
    title = " ".join(title.split())[:160]
    if not title:
        raise Refusal(_("Give the story a title."))
    if title != story.title:
        story.title = title
        story.save(update_fields=["title"])
        record(story.line, Happened.STORY_SIDES, at=now, by=by, story=story.pk)
