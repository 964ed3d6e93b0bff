"""A person's words are on their way, with what they promise; both are held until they are really going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.locking import locked
from kept.cases.models import Attached, Case, Message, MessageKind, Participant
from kept.channels.base import Attachment
from kept.due import ringing
from kept.files import keeping
from kept.lib.ids import new_id
from kept.lib.refusal import Doubt, Refusal
from kept.people.models import Employee, Identity
from kept.promises.making import promise
from kept.promises.models import PromiseKind
from kept.replies.addressing import BY_HAND, SPOKEN, best_address, sender_for
from kept.replies.checking import overtaken, read_back
from kept.replies.composing import message_id
from kept.replies.models import Delivery, Draft
from kept.replies.on_paper import PAPER, lay_ready, post_by, window
from kept.replies.posting import public_way, refuse_what_is_too_long
from kept.replies.reaching import has_reached
from kept.text.promises import FoundPromise
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

UNDO_WINDOW = timedelta(seconds=20)
KINDS = (MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK)


@dataclass(frozen=True, slots=True)
class Said:
    """One promise as the writer confirmed it."""

    what: str
    due_at: datetime | None
    by: Employee | None = None
    quote: str = ""
    kind: str = PromiseKind.FIRM


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wants to say. `promises` None: those found with a firm date go into the ledger."""

    text: str
    kind: str = MessageKind.ANSWER
    saw_up_to: Message | None = None
    saw_ours_up_to: int | None = None
    medium: str = ""
    to: Identity | None = None
    promises: tuple[Said, ...] | None = None
    files: Sequence[Attachment] = field(default=())
    address: str = ""
    """Where a letter goes, as far as we did not know it."""
    is_out: bool = False
    """A letter or fax by their own hand, and gone already: Kept only writes it down."""

    @property
    def is_for_paper(self) -> bool:
        """Somebody has to print and post it."""
        return self.medium in PAPER and not self.is_out


@transaction.atomic
def reply(case: Case, said: Reply, *, by: Employee, now: datetime, despite: frozenset[str] = frozenset()) -> Message:
    """The words are on their way and can be taken back for 20 s. The silence clock still runs: it derives from delivered answers.

    Refuses with the doubts that `despite` (their codes, or "all") does not name.
    """
    case = locked(case.pk)
    _refuse_what_cannot_go(case, said)
    doubts = overtaken(case, by=by, saw_up_to=said.saw_up_to, saw_ours_up_to=said.saw_ours_up_to)
    found = read_back(
        case, said.text, kind=said.kind, now=now, has_files=bool(said.files), up_to=said.saw_up_to,
        is_spoken=said.medium in SPOKEN,
    )  # fmt: skip
    _refuse_doubts((*doubts, *found.doubts), despite)
    message = _write_down(case, said, by=by, now=now)
    promises = said.promises if said.promises is not None else _firm_ones(found.promises)
    for one in promises:
        promise(case, one.what, by=one.by or by, due_at=one.due_at, now=now, said_in=message, quote=one.quote, kind=one.kind)
    Draft.objects.filter(case=case, author=by).delete()
    _record_it(case, message, said, by=by, now=now, despite=despite)
    if message.is_held:
        ringing.wake(Delivery)
    elif _nobody_answered(said):
        message.failed_at, message.failure = now, _("no answer")
        message.save(update_fields=["failed_at", "failure"])  # no event: CALLED tells it
    else:
        has_reached(message, now=now)
    return message


def _nobody_answered(said: Reply) -> bool:
    """A call of ours that is a sign of life reached nobody: whoever speaks with them answers or asks back."""
    return said.kind == MessageKind.SIGN_OF_LIFE and said.medium == "phone"


def _record_it(case: Case, message: Message, said: Reply, *, by: Employee, now: datetime, despite: frozenset[str]) -> None:
    facts: dict[str, object] = {"message": message.pk, "sort": said.kind, "medium": message.medium, "despite": sorted(despite)}
    if said.is_for_paper:
        facts["to_post"] = True
    if said.medium == "phone":
        result = _("no answer") if _nobody_answered(said) else _("spoke with them")
        record(case.about, Happened.CALLED, at=now, by=by, result=result, **facts)
    else:
        record(case.about, Happened.REPLIED, at=now, by=by, **facts)


def _refuse_what_cannot_go(case: Case, said: Reply) -> None:
    if said.kind not in KINDS:
        raise Refusal(_("Say whether this answers, is a sign of life, or asks back."))
    if not said.text.strip():
        raise Refusal(_("Write something first."))
    if case.joined_into_id:
        raise Refusal(_("This was joined into another case; answer there."))
    if said.to is not None and not _takes_part(said.to, case):
        raise Refusal(_("%(address)s takes no part in this matter.") % {"address": said.to.value})
    if said.kind == MessageKind.ASKS_BACK and case.asked_back_at is not None:
        raise Refusal(_("A question back stops the clock once in a matter, and that was used; send it as a sign of life."))


def _takes_part(address: Identity, case: Case) -> bool:
    if address.customer_id == case.customer_id:
        return True
    return Participant.objects.filter(case=case, customer=address.customer_id, is_confirmed=True).exists()


def _refuse_doubts(doubts: tuple[Doubt, ...], despite: frozenset[str]) -> None:
    left = () if "all" in despite else tuple(doubt for doubt in doubts if doubt.code not in despite)
    if left:
        raise Refusal.because(left)


def _write_down(  # no event: reply() records it
    case: Case, said: Reply, *, by: Employee, now: datetime
) -> Message:
    if said.is_for_paper:
        identity, address = window(case, said.medium, typed=said.address, by=by, now=now)
        message = _as_message(case, said, by=by, now=now, medium=said.medium, identity=identity, is_held=True)
        lay_ready(message, address, case=case, due_at=post_by(case, now), now=now)
        return message
    way = public_way(case, said.medium)
    if said.medium in BY_HAND and way is None:
        return _as_message(case, said, by=by, now=now, medium=said.medium)
    if way is not None:
        refuse_what_is_too_long(said.text, said.medium, way, by=by)
    identity = _that_takes_it(way.identity if way else said.to or best_address(case))
    account = _that_may_send(way.account if way else sender_for(case.account))
    medium = said.medium if way else "email"
    message = _as_message(case, said, by=by, now=now, medium=medium, identity=identity, account=account, is_held=True)
    Delivery.objects.create(message=message, account=account, identity=identity, made_at=now, next_try_at=now + UNDO_WINDOW)
    return message


def _that_takes_it(identity: Identity | None) -> Identity:
    if identity is None:
        raise Refusal(_("We know no address to send this to. Answer by phone or letter, or write their address down first."))
    return identity


def _that_may_send(account: ChannelAccount | None) -> ChannelAccount:
    if account is None:
        raise Refusal(_("No mailbox of ours can send yet: add an e-mail account first. Your words are kept as a draft."))
    if not account.is_open:
        raise Refusal(_("%(name)s only listens so far. Open it, and this can go.") % {"name": account.name})
    return account


def _as_message(  # no event: reply() records it
    case: Case,
    said: Reply,
    *,
    by: Employee,
    now: datetime,
    medium: str,
    identity: Identity | None = None,
    account: ChannelAccount | None = None,
    is_held: bool = False,
) -> Message:
    message = Message.objects.create(
        case=case,
        is_theirs=False,
        kind=said.kind,
        medium=medium,
        author=by,
        identity=identity,
        account=account,
        text=said.text,
        at=now,
        external_id="" if account is None else message_id(new_id(), account),
        answers_up_to=said.saw_up_to,
        is_held=is_held,
    )
    for file in said.files:
        Attached.objects.create(
            message=message, name=file.name[:255], content_type=file.content_type[:120], size=len(file.content),
            content=keeping.keep(file.content),
        )  # fmt: skip
    return message


def _firm_ones(found: Sequence[FoundPromise]) -> tuple[Said, ...]:
    return tuple(
        Said(what=one.what, due_at=one.due_at, quote=one.quote) for one in found if one.kind == "firm" and one.due_at is not None
    )
