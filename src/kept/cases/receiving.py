"""The customer spoke: their words stand on the case and the silence clock knows of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.assigning import unanswered_of
from kept.cases.matching import subject_without_re
from kept.cases.models import Attached, Case, Message, Participant, Posted, Role
from kept.cases.reach import Counted, take_reading
from kept.cases.silence import hour_by_policy, recount
from kept.cases.wording import snippet_of
from kept.channels.base import Incoming
from kept.files import keeping
from kept.people.models import Customer, Employee, Identity
from kept.people.presence import house, manager_of
from kept.people.telling import tell
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
    told: datetime | None = None,
    written_down_by: Employee | None = None,
) -> Message:
    """Their message is on the case, and the silence clock runs from it unless it ran already.

    `unanswered`: how many cases wait on the owner, this one among them; counted where the caller does not know. `told`: the hour
    that the customer was shown before they spoke.
    """
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
    _take_note_of(case, incoming, fixed_subject=account.settings.get("subject_line", ""))
    what = {"medium": incoming.medium, "message": message.pk}
    record(case.about, Happened.RECEIVED, at=now, by=customer, customer=customer.known_as, **what)
    if before and before[-1] != incoming.medium:
        record(case.about, Happened.MATCHED, at=now, medium=incoming.medium, message=message.pk)
    was_silent = case.is_silent
    load = unanswered_of(case.owner_id) + 1 if unanswered is None and not was_silent else unanswered
    recount(case, now=now, unanswered=load, told=told, first=None if before else message)
    if not was_silent:
        _say_if_it_takes_longer(case, now=now)
    _note_the_views(case, message, incoming, by=written_down_by, now=now)
    return message


def _note_the_views(case: Case, message: Message, incoming: Incoming, *, by: Employee | None, now: datetime) -> None:
    """How many had seen it when we were told is its first reading."""
    if incoming.public_place is not None and incoming.public_place.views is not None:
        take_reading(message, Counted(views=incoming.public_place.views), by=by, now=now)
        case.refresh_from_db(fields=["reach"])


def _say_if_it_takes_longer(case: Case, *, now: datetime) -> None:
    """The customer is told the true hour; where that is later than the policy's, the manager is told now (R4)."""
    if case.silent_since is None or case.answer_due_at is None or case.answer_due_at <= hour_by_policy(case):
        return
    manager = manager_of(case.owner, of_house=house(), at=now)
    if manager is not None:
        says = _("%(owner)s has too much to answer this in time: %(case)s") % {"owner": case.owner.first_name, "case": case}
        tell(manager, says, about=case.about, kind="late_hour", at=now)


def _take_note_of(case: Case, incoming: Incoming, *, fixed_subject: str) -> None:  # no event: RECEIVED tells it
    media = case.media.split()
    if not media or media[-1] != incoming.medium:
        media.append(incoming.medium)
    case.media = " ".join(media[-14:])
    case.last_word_at = max(case.last_word_at, incoming.began_at)
    case.last_snippet = snippet_of(incoming.text, 200)
    case.asked_at = case.asking_due_at = None
    case.wish = case.wish or incoming.wish
    case.bare_subject = case.bare_subject or subject_without_re(incoming, fixed_subject=fixed_subject)
    case.save(update_fields=["media", "last_word_at", "last_snippet", "asked_at", "asking_due_at", "wish", "bare_subject"])


def attach(message: Message, incoming: Incoming) -> None:  # no event: RECEIVED tells it
    """Every file lies in files/, synced, before its row names it; where it stands in public is known."""
    if (there := incoming.public_place) is not None:
        Posted.objects.create(message=message, place=there.name, url=there.url, stars=there.stars, said_at=there.said_at)
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
