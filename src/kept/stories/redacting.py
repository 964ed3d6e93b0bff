"""What is known of everybody concerned is marked in the words, and a person sees them as they will be shown (R12, R15)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Participant
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, Identity
from kept.people.telling import has_seen
from kept.stories.models import Story
from kept.stories.sharing import share_if_ready
from kept.text.redacting import KnownOfThem, Private, cover, find_private
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_PARTICIPANTS = 50
LEFT_OUT = "left_out"
"""What a person covered besides, shown as […]."""


def known_of(case: Case | None, customer: Customer | None) -> KnownOfThem:
    """Names and addresses of everybody on the case, of the customer, and of all of us; and the numbers known of them."""
    people = {customer.pk: customer} if customer else {}
    if case is not None:
        taking_part = Participant.objects.filter(case=case).select_related("customer")[:MOST_PARTICIPANTS]
        people |= {case.customer_id: case.customer, **{one.customer_id: one.customer for one in taking_part}}
    names = [one.name for one in people.values()]
    for name, public_name, nicknames in Employee.objects.values_list("name", "public_name", "nicknames"):
        names += [name, public_name, nicknames]
    addresses = Identity.objects.filter(customer__in=people).values_list("value", flat=True)
    numbers = [str(value) for one in people.values() for value in one.facts.values() if any(map(str.isdigit, str(value)))]
    return KnownOfThem(tuple(filter(None, names)), tuple(addresses), tuple(numbers))


def marked_in(words: str, *, case: Case | None, customer: Customer | None) -> list[Private]:
    """The places in these words that could tell who it is; for a person to look at."""
    return find_private(words, known_of(case, customer))


def cover_as_proposed(story: Story, words: str) -> Story:  # no event: whoever chooses, or takes it in, records it
    """The story says these words with every place covered that could tell who it is; nothing is saved yet."""
    places = marked_in(words, case=story.case, customer=story.customer)
    story.covered, story.words = _written(places), cover(words, places, called())
    return story


def _written(places: list[Private]) -> list[list[int | str]]:
    return [[one.start, one.end, one.what] for one in places]


def called() -> dict[str, str]:
    """What stands in place of what was covered."""
    return {
        "name": _("name"),
        "handle": _("name"),
        "email": _("e-mail address"),
        "phone": _("phone number"),
        "address": _("address"),
        "number": _("number"),
        "link": _("link"),
        LEFT_OUT: "…",
    }


@transaction.atomic
def see(story: Story, words: str, *, by: Employee, now: datetime) -> None:
    """`by` read these very words as they will be shown, and stands for them."""
    now_so = Story.objects.select_for_update().get(pk=story.pk)
    if words.replace("\r\n", "\n").strip() != now_so.words.strip():
        raise Refusal(
            _("These are not the words as they would be shown. Read them once more; leave out what must not stand there.")
        )
    story.words, story.redacted_by, story.redacted_at = now_so.words, by, now
    story.save(update_fields=["redacted_by", "redacted_at"])
    record(story.line, Happened.STORY_SEEN, at=now, by=by, story=story.pk)
    has_seen(by, about=story.about, at=now)
    share_if_ready(story, now=now)
