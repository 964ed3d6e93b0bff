"""A story that a customer tells themselves, as it is filed: does it ask for somebody, and who reads it before others do?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.models import Message
from kept.channels.on_our_pages import OwnStory
from kept.people.models import Customer, Employee, Identity
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.places.models import Place
from kept.stories.models import Consent, Story
from kept.stories.redacting import cover_as_proposed
from kept.text.questions import find_questions
from kept.text.trouble import speaks_of_trouble
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

NOTICE = "story"
TITLE = 60
_ENDS = {"well": "white", "badly": "black"}


def asks_for_somebody(told: OwnStory, *, wish: str = "") -> bool:
    """Something is asked or wished there, or went wrong and nobody says that it ended well: it is somebody's to answer."""
    if wish or told.different or told.ending == "badly" or find_questions(told.words):
        return True
    return told.ending != "well" and speaks_of_trouble(told.words)


def who_reads(place: Place | None) -> Employee | None:
    """Who is told that a story came: whoever leads the place where it was, else who is asked when nobody else is there."""
    ours = house()
    return (place.manager if place and place.manager and place.manager.is_active else None) or ours.duty_manager or ours.head


@transaction.atomic
def take_in_story(
    told: OwnStory, *, customer: Customer, identity: Identity | None, message: Message | None, arrival_id: int, now: datetime
) -> Story:
    """It waits to be read as it would be shown, what is known covered; what they said about others reading it is kept."""
    place = Place.objects.select_related("manager").filter(slug=told.place).first() if told.place else None
    case = message.case if message else None
    story = Story(
        source_key=f"arrival:{arrival_id}",
        case=case,
        customer=customer,
        outcome=_ENDS.get(told.ending, ""),
        place=place or (case.place if case else None),
        happened_on=told.happened_on or now.astimezone(default_calendar().hours.tz).date(),
        chosen_at=now,
    )
    cover_as_proposed(story, told.words)
    story.different = cover_as_proposed(Story(case=case, customer=customer), told.different).words
    story.title = title_of(story.words)
    story.save(force_insert=True)
    Consent.objects.create(
        story=story,
        asked_at=now,
        identity=identity if identity and identity.proven_at else None,  # whoever presses a button there proves it
        words_shown=told.words,
        scope=told.scope,
        with_name=told.with_name and bool(told.scope),
        said_at=now if told.scope else None,
        says_yes=True if told.scope else None,
    )
    record(story.line, Happened.STORY_TOLD, at=now, by=customer, story=story.pk)
    if (reader := _first_reader(case.owner if case else None, place, now=now)) is not None:
        tell(
            reader,
            _("A customer told a story of their own. Read it before anybody else does"),
            about=story.about,
            kind=NOTICE,
            at=now,
        )
    return story


def _first_reader(owner: Employee | None, place: Place | None, *, now: datetime) -> Employee | None:
    """Stories that nobody chose are read by whoever leads: of a matter, its owner's manager."""
    return (manager_of(owner, of_house=house(), at=now) if owner and not owner.leads_others else owner) or who_reads(place)


def title_of(words: str) -> str:
    """Its first words, until a person gives it a name."""
    line = " ".join(words.split())
    if len(line) <= TITLE:
        return line
    return f"{line[:TITLE].rsplit(' ', 1)[0].rstrip(' .,;:-')}…"
