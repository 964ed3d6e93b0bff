"""It was not posted after all: somebody mistyped, and takes it back on the same day. Everything is as it was before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message, MessageKind
from kept.cases.reopening_duties import undo_duties
from kept.cases.silence import recount
from kept.letters.posting import day_at, locked_with_its_case
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.binding import remind
from kept.promises.models import Promise
from kept.promises.unsaying import unsay
from kept.replies.models import Letter
from kept.replies.on_paper import TO_ACKNOWLEDGE
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def take_back_posting(letter: Letter, *, by: Employee, now: datetime) -> None:
    """It lies ready again, its promises are held, its duty is to be done, and the clock runs on from the old moment."""
    letter, case = locked_with_its_case(letter)
    message, said_at = letter.message, letter.said_at
    if said_at is None or letter.posted_on is None:
        raise Refusal(_("Nobody has said yet that this letter is in the post."))
    if day_at(case, said_at) != day_at(case, now):
        raise Refusal(_("This can be taken back only on the day on which it was said. Write to them again if it never went."))
    letter.is_waiting, letter.posted_on, letter.said_at, letter.said_by = True, None, None, None
    letter.save(update_fields=["is_waiting", "posted_on", "said_at", "said_by"])
    record(case.about, Happened.POSTING_TAKEN_BACK, at=now, by=by, message=message.pk)
    _hold_its_promises(message)
    _has_not_reached(message, case, now=now)
    reached_at, message.delivered_at = message.delivered_at, None
    kinds = undo_duties(case, done_at=[moment for moment in (said_at, reached_at) if moment])
    if TO_ACKNOWLEDGE in kinds and message.kind != MessageKind.ACKNOWLEDGEMENT:
        _acknowledgement_is_needed_again(case)


def _hold_its_promises(message: Message) -> None:  # no event: POSTING_TAKEN_BACK tells it
    """What its words promise is not said yet; the hour that a sign of life moved by arriving is moved anew when it arrives."""
    said = Promise.objects.filter(said_in=message, is_open=True, broken_at__isnull=True, kept_at__isnull=True)
    said = said.exclude(is_next_word=True) if message.kind == MessageKind.SIGN_OF_LIFE else said
    said.update(is_held=True, rung_due_at=None)


def _has_not_reached(message: Message, case: Case, *, now: datetime) -> None:  # no event: POSTING_TAKEN_BACK tells it
    """As with words that bounced: clock and ledger are as they would be without them."""
    Message.objects.filter(pk=message.pk).update(delivered_at=None, is_held=True)
    if message.kind == MessageKind.ACKNOWLEDGEMENT:
        remind(case)
        return
    case.asked_at = case.asking_due_at = None
    case.save(update_fields=["asked_at", "asking_due_at"])
    recount(case, now=now)
    unsay(message, case=case, now=now)


def _acknowledgement_is_needed_again(case: Case) -> None:  # no event: POSTING_TAKEN_BACK tells it
    """The last one that was never posted lies there again."""
    never = Letter.objects.filter(message__case=case, message__kind=MessageKind.ACKNOWLEDGEMENT, posted_on__isnull=True)
    last = never.filter(message__taken_back_at__isnull=True).order_by("-id").first()
    if last is not None:
        last.is_waiting = True
        last.save(update_fields=["is_waiting"])
