"""Where a story comes from: words to us, a survey, a good word, a small thing, a promise beaten, their own telling."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.lib.refusal import Refusal
from kept.observations.models import Observation
from kept.people.models import Customer
from kept.places.models import Place, Touchpoint
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.stories.models import Consent, Story
from kept.surveys.models import Response
from kept.text.splitting import split_reply

Source: TypeAlias = Message | Response | Recognition | Observation | Promise
LONGEST = 20_000
SMALL, KEPT = "small", "kept"
"""What a story may stand for beside an ending: a small thing, a promise beaten."""
_RELATED = ("case__customer", "customer")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a customer that a person may choose, and what is known around them."""

    key: str
    words: str
    at: datetime
    case: Case | None = None
    customer: Customer | None = None
    place: Place | None = None
    touchpoint: Touchpoint | None = None
    consent: str = ""
    outcome: str = ""
    ours: str = field(default="")
    """What of our side is known already."""


def said_in(source: Source) -> Said:
    """What was said there. Refuses words of ours, and what holds no words."""
    said = _said_in(source)
    if not said.words.strip():
        raise Refusal(_("Nothing was said there in words."))
    return replace(said, words=said.words[:LONGEST].strip())


def _said_in(source: Source) -> Said:
    match source:
        case Message():
            return _in_message(source)
        case Response():
            return Said(
                f"response:{source.pk}", source.words, source.first_at, source.case or source.after_case, source.customer,
                source.place, source.touchpoint, source.consent,
            )  # fmt: skip
        case Recognition():
            return Said(
                f"recognition:{source.pk}", source.words, source.said_at, source.case, source.customer, source.place,
                consent=source.consent,
            )  # fmt: skip
        case Observation():
            place, point = source.place, source.touchpoint
            return Said(
                f"observation:{source.pk}",
                source.says,
                source.seen_at,
                None,
                source.customer,
                place,
                point,
                outcome=SMALL,
                ours=source.became,
            )
        case Promise():
            return _at_promise(source)


def _in_message(message: Message) -> Said:
    if not message.is_theirs:
        raise Refusal(_("A story is told in the customer’s words; these are ours."))
    case = message.case
    words = split_reply(message.text).new or message.text
    return Said(f"message:{message.pk}", words, message.at, case, message.customer, case.place, case.touchpoint)


def _at_promise(made: Promise) -> Said:
    """What they said once it was kept, else what they had asked for: a promise beaten is told in their words, too."""
    if made.kept_at is None or made.due_at is None or made.kept_at >= made.due_at:
        raise Refusal(_("Only a promise kept before its hour is told like this."))
    theirs = Message.objects.filter(case=made.case, is_theirs=True).select_related(*_RELATED).order_by("at", "id")
    message = theirs.filter(at__gte=made.kept_at).first() or theirs.last()
    if message is None:
        raise Refusal(_("Nothing was said there in words."))
    ours = _("We promised “%(what)s”, and kept it before its hour.") % {"what": made.what}
    return replace(_in_message(message), outcome=KEPT, ours=ours)


def as_said(story: Story) -> str:
    """The words before anything was covered; empty where they are gone, such as a post that was taken back."""
    kind, _colon, key = story.source_key.partition(":")
    if kind == "arrival":
        first = Consent.objects.filter(story=story).order_by("id").first()
        return first.words_shown if first else ""
    models: dict[str, type[Source]] = {
        "message": Message,
        "response": Response,
        "recognition": Recognition,
        "observation": Observation,
    }
    found = models[kind].objects.filter(pk=int(key)).first() if kind in models else None
    try:
        return said_in(found).words if found is not None else ""
    except Refusal:
        return ""
