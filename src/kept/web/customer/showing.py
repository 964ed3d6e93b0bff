"""What a customer's page shows: everything through a mailed link, only owner and hour through a receipt's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kept.cases.models import Case, Message, MessageKind
from kept.people.presence import house, manager_of
from kept.promises.models import Promise
from kept.web.customer.opening import Opened


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, for the customer's own page."""

    at: datetime
    medium: str
    is_theirs: bool
    who: str
    text: str
    kind: str


def shown(opened: Opened, *, now: datetime) -> dict[str, object]:
    """The context of customer/page.html and customer/receipt.html."""
    case = opened.case
    owner = case.owner if case else None
    context: dict[str, object] = {
        "token": opened.token,
        "case": case,
        "owner": owner,
        "manager": manager_of(owner, of_house=house(), at=now) if owner else None,
        "name": case.customer.name.split()[0] if case and case.customer.name else "",
        "hour": case.answer_due_at if case else None,
        "zone": case.policy.calendar.zone if case else "UTC",
        "received_at": opened.arrival.reached_us_at if opened.arrival else None,
        "was_mailed": opened.was_mailed,
        "now": now,
    }
    if case is None or not opened.shows_words:
        return context
    return {**context, "promises": promises_to_show(case), "steps": steps(case), "silent_since": case.silent_since}


def promises_to_show(case: Case) -> list[Promise]:
    """What we promised them, as far as it is really said."""
    return list(
        Promise.objects.binding().filter(case=case, renegotiated_at__isnull=True).select_related("by").order_by("made_at", "id")
    )


def steps(case: Case) -> list[Step]:
    """Their words and ours in order: nothing held, nothing taken back, no note."""
    messages = (
        Message.objects.filter(case=case, is_held=False, taken_back_at__isnull=True).select_related("author").order_by("at", "id")
    )
    ours = {MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK, MessageKind.ACKNOWLEDGEMENT}
    return [
        Step(
            at=message.at,
            medium=message.medium,
            is_theirs=message.is_theirs,
            who="" if message.is_theirs else (message.author.known_as if message.author else ""),
            text=message.text,
            kind=message.kind,
        )
        for message in messages
        if message.is_theirs or (message.kind in ours and not message.failed_at)
    ]
