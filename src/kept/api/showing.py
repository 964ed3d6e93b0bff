"""Our rows as the shapes of schemas.py."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from kept.accounts.describing import OUTSIDE
from kept.accounts.models import ChannelAccount
from kept.api.in_public import posted_out, reading_out, readings_of
from kept.api.schemas import (
    AccountOut,
    CaseDetail,
    CaseOut,
    CustomerOut,
    CustomerRef,
    Delivered,
    EmployeeOut,
    MessageOut,
    Named,
    PromiseOut,
)  # fmt: skip
from kept.cases.models import Case, Message, Note
from kept.intake.models import Arrival
from kept.lib.address import base_url
from kept.lib.links import page_token
from kept.people.models import Customer, Employee
from kept.promises.models import Promise


def named(employee: Employee) -> Named:
    """Id and name."""
    return Named(id=str(employee.public_id), name=employee.name)


def customer_ref(customer: Customer) -> CustomerRef:
    """Needs `identities` prefetched, or asks for them."""
    identities = [(identity.kind, identity.value) for identity in customer.identities.all()]
    return CustomerRef(id=str(customer.public_id), name=customer.name, identities=identities)


def case_out(case: Case) -> CaseOut:
    """A case as every list shows it."""
    return CaseOut.model_validate(_case(case))


def _case(case: Case) -> dict[str, object]:
    return {
        "id": str(case.public_id),
        "subject": case.subject,
        "kind": case.kind or None,
        "wish": case.wish or None,
        "danger": case.danger or None,
        "state": case.state,
        "outcome": case.outcome or None,
        "outcome_reason": case.outcome_reason or None,
        "customer": customer_ref(case.customer),
        "owner": named(case.owner),
        "media": list(dict.fromkeys(case.media.split())),
        "silent_since": case.silent_since,
        "last_word_at": case.last_word_at,
        "answer_due_at": case.answer_due_at,
        "next_due_at": case.next_due_at,
        "deadline_at": None,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "repeats": case.repeats,
        "reach": case.reach,
    }


def case_detail(case: Case) -> CaseDetail:
    """The case with its words and promises."""
    promises = Promise.objects.filter(case=case, taken_back_at__isnull=True).select_related("by", "said_in").order_by("id")
    return CaseDetail.model_validate(
        {
            **_case(case),
            "messages": _words(case),
            "promises": [promise_out(made, case=case) for made in promises],
            "readings": [reading_out(reading) for reading in readings_of(case)] if case.reach is not None else [],
            "page": _page(case),
        }
    )


def _page(case: Case) -> str:
    """The link that the customer's first contact got with its receipt."""
    theirs = Message.objects.filter(case=case, is_theirs=True, arrival_id__isnull=False).order_by("id")
    arrival = Arrival.objects.filter(pk__in=theirs.values("arrival_id")[:1]).values_list("receipt", flat=True).first()
    token = (
        page_token("receipt", arrival, case.page_version) if arrival else page_token("case", case.public_id, case.page_version)
    )
    return f"{base_url()}/c/{token}"


def _words(case: Case) -> list[MessageOut]:
    messages = (
        Message.objects.filter(case=case, taken_back_at__isnull=True)
        .select_related("author", "customer", "posted")
        .order_by("id")
    )
    notes = Note.objects.filter(case=case).select_related("author").order_by("id")
    spoken = [*map(message_out, messages), *map(note_out, notes)]
    return sorted(spoken, key=lambda one: one.at)


def message_out(message: Message) -> MessageOut:
    """Words to or from the customer."""
    if message.is_theirs:
        author = message.customer.name if message.customer else ""
    else:
        author = message.author.name if message.author else ""
    return MessageOut.model_validate(
        {
            "id": str(message.public_id),
            "direction": "in" if message.is_theirs else "out",
            "kind": message.kind or None,
            "medium": message.medium,
            "author": author or None,
            "text": message.text,
            "at": message.at,
            "delivery": message.delivery_state,
            "posted": posted_out(message.posted) if hasattr(message, "posted") else None,
        }
    )


def note_out(note: Note) -> MessageOut:
    """Words only for us, among the others."""
    return MessageOut.model_validate(
        {
            "id": str(note.public_id),
            "direction": "out",
            "kind": "note",
            "medium": None,
            "author": note.author.name,
            "text": note.text,
            "at": note.at,
            "delivery": None,
        }
    )


def delivery_of(message: Message) -> Delivered:
    """How far a message of ours has come."""
    return cast(Delivered, message.delivery_state or "waiting")


def promise_out(made: Promise, *, case: Case) -> PromiseOut:
    """A promise as the ledger and its case show it."""
    return PromiseOut.model_validate(
        {
            "id": str(made.public_id),
            "case": str(case.public_id),
            "what": made.what,
            "quote": made.quote,
            "kind": made.kind,
            "is_next_word": made.is_next_word,
            "by": named(made.by),
            "due_at": made.due_at,
            "made_at": made.made_at,
            "state": made.state,
            "kept_at": made.kept_at,
            "broken_at": made.broken_at,
            "said_in": str(made.said_in.public_id) if made.said_in else None,
        }
    )


def customer_out(customer: Customer) -> CustomerOut:
    """A customer."""
    return CustomerOut(
        **customer_ref(customer).model_dump(),
        language=customer.language or None,
        first_seen_at=customer.first_seen_at,
        usual_owner=named(customer.usual_owner) if customer.usual_owner else None,
    )


def employee_out(employee: Employee, *, now: datetime) -> EmployeeOut:
    """One of us."""
    return EmployeeOut.model_validate(
        {
            **named(employee).model_dump(),
            "public_name": employee.known_as,
            "job": employee.job,
            "role": employee.role,
            "team": employee.team.name if employee.team else None,
            "answers": employee.answers,
            "is_away": employee.is_away(now),
        }
    )


def account_out(account: ChannelAccount) -> AccountOut:
    """A way in or out."""
    return AccountOut(
        id=str(account.public_id),
        kind=OUTSIDE.get(account.kind, account.kind),
        name=account.name,
        slug=account.slug,
        address=account.address or None,
        page=f"/to/{account.slug}" if account.kind == "webform" else None,
        is_open=account.is_open,
        trouble=account.trouble or None,
        start_line_at=account.start_line_at,
        heard_at=account.heard_at,
    )
