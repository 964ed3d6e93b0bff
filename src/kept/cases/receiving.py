"""The customer spoke: their words stand on the case and the silence clock knows of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.accounts.models import ChannelAccount
from kept.cases.models import Attached, Case, Message, Participant, Role
from kept.cases.silence import recount
from kept.cases.wording import snippet_of
from kept.channels.base import Incoming
from kept.files import keeping
from kept.people.models import Customer, Employee, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def receive(
    case: Case,
    incoming: Incoming,
    *,
    customer: Customer,
    identity: Identity | None,
    account: ChannelAccount,
    arrival_id: int | None,
    now: datetime,
    unanswered: int | None = None,
    written_down_by: Employee | None = None,
) -> Message:
    """Their message is on the case, and the silence clock runs from it unless it ran already."""
    message = Message.objects.create(
        case=case,
        is_theirs=True,
        medium=incoming.medium,
        customer=customer,
        author=written_down_by,
        identity=identity,
        account=account,
        arrival_id=arrival_id,
        subject=incoming.subject[:998],
        text=incoming.text,
        html=incoming.html,
        wish=incoming.wish,
        at=incoming.began_at,
        external_id=incoming.external_id[:998],
        content_hash=incoming.content_hash,
        was_proven=any(handle.proven for handle in incoming.sender),
    )
    attach(message, incoming)
    before = case.media.split()
    _take_note_of(case, incoming)
    record(
        case.about, Happened.RECEIVED, at=now, by=customer, medium=incoming.medium, message=message.pk, customer=customer.known_as
    )
    if before and before[-1] != incoming.medium:
        record(case.about, Happened.MATCHED, at=now, medium=incoming.medium, message=message.pk)
    recount(case, now=now, unanswered=unanswered if case.silent_since is None else None)
    return message


def _take_note_of(case: Case, incoming: Incoming) -> None:  # no event: RECEIVED tells it
    media = case.media.split()
    if not media or media[-1] != incoming.medium:
        media.append(incoming.medium)
    case.media = " ".join(media[-14:])
    case.last_word_at = max(case.last_word_at, incoming.began_at)
    case.last_snippet = snippet_of(incoming.text, 200)
    case.asked_at = case.asking_due_at = None
    case.wish = case.wish or incoming.wish
    if not case.bare_subject and incoming.subject:
        case.bare_subject = next((key.value for key in incoming.thread_keys if key.kind == "subject"), "")[:200]
    case.save(update_fields=["media", "last_word_at", "last_snippet", "asked_at", "asking_due_at", "wish", "bare_subject"])


def attach(message: Message, incoming: Incoming) -> None:  # no event: RECEIVED tells it
    """Every file lies in files/, synced, before its row names it."""
    for file in incoming.attachments:
        Attached.objects.create(
            message=message,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.content),
            content=keeping.keep(file.content),
        )


def take_part(
    case: Case, customer: Customer, *, is_confirmed: bool, role: str = Role.WRITER
) -> Participant:  # no event: RECEIVED tells it
    """The customer takes part in the case; `is_confirmed` False: gets no history until a person says yes."""
    return Participant.objects.get_or_create(case=case, customer=customer, defaults={"role": role, "is_confirmed": is_confirmed})[
        0
    ]
