"""Our words leave the house: claimed, sent outside any transaction, and then what is true of them is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.translating import channel_of
from kept.cases.minding import do_duty, give_duty
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.cases.silence import recount
from kept.channels.base import MaybeSent, TryLater, Undeliverable
from kept.due.claiming import LeaseLost, claim, finish, try_again
from kept.lib.hours import add_working, add_working_days, round_up_to_quarter
from kept.people.telling import tell
from kept.promises.keeping import hear_the_next_word, move_the_next_word
from kept.promises.making import bind
from kept.promises.models import Promise
from kept.replies.composing import compose
from kept.replies.models import Delivery
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
AT_ONCE = 16
ENDS_AFTER = timedelta(days=14)
ASKED_AGAIN_AFTER = timedelta(days=7)


def deliver_what_waits(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every delivery due by now was tried once. Returns how many were accepted."""
    waiting = Delivery.objects.select_related(
        "account__brand", "identity", "message__author", "message__case__customer", "message__case__policy__calendar"
    )
    accepted = 0
    for delivery in claim(waiting, now=now, limit=AT_ONCE):
        if should_stop():
            break
        try:
            accepted += deliver(delivery, now=now)
        except LeaseLost:
            log.warning("Delivery %s went to another worker meanwhile.", delivery.pk)
        except Exception:
            log.exception("Delivery %s could not be tried.", delivery.pk)
            try_again(delivery, now=now, trouble="our own fault, see the log")
    return accepted


def deliver(delivery: Delivery, *, now: datetime) -> bool:
    """Tried once. True when the next hop has accepted it."""
    if not delivery.account.is_open:
        try_again(delivery, now=now, trouble="the account only listens", after=60)
        return False
    set_off(delivery, now=now)
    try:
        outgoing = compose(delivery, now=now)
        channel_of(delivery.account).send(outgoing)
    except TryLater as trouble:
        _wait(delivery, trouble, now=now)
        return False
    except Undeliverable as trouble:
        _fail(delivery, str(trouble), now=now)
        return False
    arrive(delivery, now=now)
    return True


@transaction.atomic
def set_off(delivery: Delivery, *, now: datetime) -> None:
    """From here on it cannot be taken back: the words and what they promise are said."""
    if delivery.claimed_at is not None:
        return
    delivery.claimed_at = now
    delivery.save(update_fields=["claimed_at"])
    if not delivery.message.is_held:
        return
    delivery.message.is_held = False
    delivery.message.save(update_fields=["is_held"])
    for made in Promise.objects.filter(said_in=delivery.message_id, is_held=True).select_related("case__policy__calendar"):
        bind(made, now=now)


def _wait(delivery: Delivery, trouble: TryLater, *, now: datetime) -> None:
    twice = delivery.may_be_twice or isinstance(trouble, MaybeSent)
    with transaction.atomic():
        first = delivery.attempts == 0
        parked = try_again(delivery, now=now, trouble=str(trouble), after=trouble.after, may_be_twice=twice)
        if parked:
            _has_failed(delivery, str(trouble), now=now)
        elif first and delivery.message.kind != MessageKind.ACKNOWLEDGEMENT:
            _tell_owner(delivery, _("Your words to %(name)s did not go out yet: %(why)s. Kept tries again."), str(trouble), now)


@transaction.atomic
def _fail(delivery: Delivery, why: str, *, now: datetime) -> None:
    finish(delivery, failed_at=now)
    _has_failed(delivery, why, now=now)


def _has_failed(delivery: Delivery, why: str, *, now: datetime) -> None:
    message = delivery.message
    message.failed_at, message.failure = now, why
    message.save(update_fields=["failed_at", "failure"])
    case = message.case
    record(case.about, Happened.NOT_DELIVERED, at=now, address=delivery.identity.value, why=why, message=message.pk)
    _tell_owner(delivery, _("Your words to %(name)s did not go out: %(why)s. They are safe; reach them another way."), why, now)
    says = _("Reach %(name)s another way: %(address)s did not take our words") % {
        "name": case.customer.known_as,
        "address": delivery.identity.value,
    }
    give_duty(case, "another_way", says, due_at=case.answer_due_at or now + timedelta(days=1), now=now)


def _tell_owner(delivery: Delivery, says: str, why: str, now: datetime) -> None:
    case = delivery.message.case
    tell(case.owner, says % {"name": case.customer.known_as, "why": why}, about=case.about, kind="delivery", at=now)


@transaction.atomic
def arrive(delivery: Delivery, *, now: datetime) -> None:
    """The next hop took it: recorded, and the clock, the ledger and the askings know."""
    finish(delivery, accepted_at=now)
    message = delivery.message
    message.case = (
        Case.objects.select_for_update().select_related("policy__calendar", "customer", "owner").get(pk=message.case_id)
    )
    record(message.case.about, Happened.DELIVERED, at=now, address=delivery.identity.value, message=message.pk)
    has_reached(message, now=now)


def has_reached(message: Message, *, now: datetime) -> None:  # no event: the caller recorded how it reached them
    """The customer has these words: an answer stops the clock and keeps the next word, a sign of life moves only the next word."""
    case = message.case
    message.delivered_at = now
    message.save(update_fields=["delivered_at"])
    by_hand = Duty.objects.filter(case=case, kind="acknowledge_by_hand", done_at__isnull=True)
    if message.kind in {MessageKind.ANSWER, MessageKind.ASKS_BACK}:
        recount(case, now=now)
        hear_the_next_word(case, now=now)
        for duty in by_hand.select_related("case"):
            do_duty(duty, by=message.author, now=now)
        _look_ahead(case, message, now=now)
    elif message.kind == MessageKind.SIGN_OF_LIFE and message.author is not None:
        hours = case.policy.calendar.hours
        to = message.next_word_at or round_up_to_quarter(add_working(hours, now, case.policy.update_within))
        move_the_next_word(case, to=to, by=message.author, said_in=message, now=now)
    elif message.kind == MessageKind.ASKING:
        _count_the_asking(case, now=now)
    case.refresh_from_db(fields=["promise_due_at", "duty_due_at", "next_due_at", "answer_due_at"])


def _look_ahead(case: Case, message: Message, *, now: datetime) -> None:  # no event: when to ask is derived
    """After an answer: a separate asking where something went wrong or is promised, else the link at its foot was the asking."""
    if case.silent_since is not None:
        return
    owes = (
        case.promise_due_at is not None
        or case.went_wrong
        or Promise.objects.binding().filter(case=case, is_next_word=False).exists()
    )
    if owes or message.kind == MessageKind.ASKS_BACK:
        case.asking_due_at = add_working_days(case.policy.calendar.hours, now, 3)
    elif message.medium == "email":
        case.asked_at, case.asking_due_at = now, now + ENDS_AFTER
    else:
        case.asking_due_at = add_working_days(case.policy.calendar.hours, now, 3)
    case.save(update_fields=["asked_at", "asking_due_at"])


def _count_the_asking(case: Case, *, now: datetime) -> None:  # no event: DELIVERED tells it
    """Only a delivered asking counts: asked again 7 days later, and 14 days after the second it ends without a word."""
    if case.silent_since is not None or case.promise_due_at is not None:
        return
    case.asked_at = now
    case.asking_due_at = now + (ASKED_AGAIN_AFTER if askings_since_their_last_word(case) < 2 else ENDS_AFTER)
    case.save(update_fields=["asked_at", "asking_due_at"])


def askings_since_their_last_word(case: Case) -> int:
    """How many separate askings reached them since they last spoke."""
    askings = Message.objects.filter(case=case, kind=MessageKind.ASKING, delivered_at__isnull=False, failed_at__isnull=True)
    return askings.filter(at__gt=case.last_word_at).count()
