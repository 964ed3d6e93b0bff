"""What a customer's page shows: everything through a mailed link, only owner and hour through a receipt's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.cases.models import Case, Message, MessageKind, Rung
from kept.intake.filing import understand
from kept.people.presence import house, manager_of
from kept.promises.models import Promise
from kept.replies.addressing import SPOKEN
from kept.replies.on_paper import PAPER
from kept.replies.owning_up import owning_up
from kept.web.customer.asking import question_for
from kept.web.customer.good_words import good_words_on
from kept.web.customer.opening import Opened
from kept.web.customer.own_stories import stories_of
from kept.web.customer.taking_words import form_token_for

SHOWN_OF_OURS = {
    *(MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK),
    *(MessageKind.ACKNOWLEDGEMENT, MessageKind.REMINDER, MessageKind.FIXED),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, for the customer's own page."""

    at: datetime
    medium: str
    is_theirs: bool
    who: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    """One promise as the customer sees it. `margin`: by how much it was early, or late."""

    made: Promise
    state: str
    margin: timedelta | None


def shown(opened: Opened, *, now: datetime) -> dict[str, object]:
    """The context of customer/page.html, customer/receipt.html and customer/thanks.html."""
    case = opened.case
    owner = case.owner if case else None
    context: dict[str, object] = {
        "token": opened.token,
        "form_token": form_token_for(opened),
        "brand": opened.brand,
        "case": case,
        "owner": owner,
        "manager": manager_of(owner, of_house=house(), at=now) if owner else None,
        "name": _first_name(opened),
        "hour": case.answer_due_at if case else None,
        "is_late": bool(case and case.is_late(now)),
        "was_told": bool(case and was_told(case)),
        "zone": case.policy.calendar.zone if case else opened.arrival.account.policy.calendar.zone if opened.arrival else "UTC",
        "received_at": opened.arrival.reached_us_at if opened.arrival else None,
        "was_mailed": opened.was_mailed,
        "may_go_on_by_mail": opened.identity is not None and opened.identity.kind != "email",
        "now": now,
    }
    if case is None or not opened.shows_words:
        return context
    owns_up = owning_up(case) if case.is_open else ""
    more = {
        "promises": promises_to_show(case, now=now),
        "steps": steps(case),
        "owns_up": owns_up,
        "own_stories": stories_of(case.customer),
    }
    return {**context, **more, **good_words_on(case, now=now), **question_for(case, now=now)}


def was_told(case: Case) -> bool:
    """The rung on which the manager hears of it was really climbed for this silence: a page claims nothing else."""
    since = case.silent_since
    return since is not None and Rung.objects.filter(case=case, clock="answer", since=since, level__gte=100).exists()


def _first_name(opened: Opened) -> str:
    """As they are greeted. A receipt knows only what was typed there, never whose address it was: anybody can type any."""
    name = opened.case.customer.name if opened.case and opened.shows_words else ""
    if opened.arrival and not opened.arrival.body_file:
        contacts, _trouble = understand(opened.arrival)
        name = contacts[0].name
    return name.split()[0] if name.strip() else ""


def promises_to_show(case: Case, *, now: datetime) -> list[Word]:
    """What we promised them, as far as it is really said; what took another's place stands for both."""
    binding = Promise.objects.binding().filter(case=case, renegotiated_at__isnull=True).select_related("by", "standing")
    return [_word(made, now=now) for made in binding.order_by("made_at", "id")]


def _word(made: Promise, *, now: datetime) -> Word:
    """Past its hour it is broken for whoever waits, whether or not our clock has noted it yet."""
    margin = abs(made.due_at - made.kept_at) if made.due_at and made.kept_at else None
    state = "broken" if made.is_open and made.is_past(now) else made.state
    return Word(made, state, margin if margin and margin >= timedelta(minutes=1) else None)


def steps(case: Case) -> list[Step]:
    """Their words and ours in order: nothing held, nothing taken back, no note."""
    messages = Message.objects.filter(case=case, is_held=False, taken_back_at__isnull=True)
    shown = [
        _step(message)
        for message in messages.select_related("author").order_by("at", "id")
        if message.is_theirs or (message.kind in SHOWN_OF_OURS and not message.failed_at)
    ]
    return sorted(shown, key=lambda step: step.at)


def _when(message: Message) -> datetime:
    """When it was said; a letter of ours, on the day on which it was posted."""
    is_posted = not message.is_theirs and message.medium in PAPER and message.delivered_at is not None
    return message.delivered_at if is_posted and message.delivered_at else message.at


def _step(message: Message) -> Step:
    """What one of us wrote about a talk is a note of it, not words that reached the customer: only that we talked is shown."""
    is_note = not message.is_theirs and message.medium in SPOKEN
    return Step(
        at=_when(message),
        medium=message.medium,
        is_theirs=message.is_theirs,
        who=message.author.known_as if message.author and not message.is_theirs else "",
        text="" if is_note else message.text,
        kind=message.kind,
    )
