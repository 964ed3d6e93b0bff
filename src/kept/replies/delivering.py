"""Our words leave the house: claimed, sent outside any transaction, and then what is true of them is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kept.accounts.translating import channel_of
from kept.cases.locking import locked
from kept.cases.minding import give_duty
from kept.cases.models import MessageKind
from kept.channels.base import MaybeSent, NotSetUp, TryLater, Undeliverable
from kept.due.claiming import LeaseLost, claim, finish, put_off, try_again
from kept.lib.ready import ready
from kept.people.telling import tell
from kept.promises.binding import bind
from kept.promises.models import Promise
from kept.promises.unsaying import unsay
from kept.replies.calling_off import call_off, is_pointless
from kept.replies.composing import compose
from kept.replies.models import Delivery
from kept.replies.posting import compose_post
from kept.replies.reaching import NOTHING_FOLLOWS, has_reached
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Each may wait 30 s for a slow server, and all of them must be through before their lease of 2 minutes is over."""
UNDER_WAY = "under way"
"""Stands in `trouble` while the next hop has it; whoever finds it there later knows that a try broke off half-way."""
WHILE_LISTENING = timedelta(minutes=1)
WHILE_NOT_SET_UP = timedelta(minutes=1)


def deliver_what_waits(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every delivery due by now was tried once. Returns how many were accepted."""
    accepted = 0
    while batch := claim(Delivery.objects.all(), now=now, limit=AT_ONCE, read=_leased):
        for delivery in batch:
            accepted += _deliver_or_wait(delivery, now=now, should_stop=should_stop)
        if len(batch) < AT_ONCE or should_stop():
            break
    return accepted


@ready
def _leased(pk: int, lease: str) -> QuerySet[Delivery]:
    author = ("message__author__team__manager", "message__author__manager")
    owner = ("message__case__owner__team__manager", "message__case__owner__manager")
    of_case = ("message__case__customer", "message__case__policy__calendar", *owner)
    related = ("account__brand", "identity__customer", "message__answers_up_to", *author, *of_case)
    return Delivery.objects.select_related(*related).filter(pk=pk, lease=lease)


@ready
def _held_with(message: int) -> QuerySet[Promise]:
    return Promise.objects.filter(said_in=message, is_held=True).select_related("case__policy__calendar")


def _deliver_or_wait(delivery: Delivery, *, now: datetime, should_stop: Callable[[], bool]) -> bool:
    try:
        if should_stop():
            put_off(delivery, until=now, trouble=delivery.trouble)
            return False
        return deliver(delivery, now=now)
    except LeaseLost:
        log.warning("Delivery %s went to another worker meanwhile.", delivery.pk)
    except Exception:
        log.exception("Delivery %s could not be tried.", delivery.pk)
        with suppress(LeaseLost):
            _wait(delivery, TryLater(_("a fault of our own; the log says more")), now=now)
    return False


def deliver(delivery: Delivery, *, now: datetime) -> bool:
    """Tried once. True when the next hop has accepted it."""
    if delivery.account.closed_at is not None:
        set_off(delivery, now=now)
        _fail(delivery, _("%(account)s was closed before it went") % {"account": delivery.account.name}, now=now)
        return False
    if is_pointless(delivery):
        call_off(delivery, now=now)
        return False
    if not delivery.account.is_open:
        put_off(delivery, until=now + WHILE_LISTENING, trouble=_("the account only listens"))
        return False
    set_off(delivery, now=now)
    try:
        channel = channel_of(delivery.account)
        outgoing = compose_post(delivery) if channel.is_public else compose(delivery, now=now)
        known_as = channel.send(outgoing)
    except NotSetUp as trouble:
        put_off(delivery, until=now + WHILE_NOT_SET_UP, trouble=str(trouble))
        return False
    except TryLater as trouble:
        _wait(delivery, trouble, now=now)
        return False
    except Undeliverable as trouble:
        _fail(delivery, str(trouble), now=now)
        return False
    _arrive_or_say_that_it_may_come_twice(delivery, known_as=known_as if channel.has_own_ids else "", now=now)
    return True


@transaction.atomic
def set_off(delivery: Delivery, *, now: datetime) -> None:  # no event: REPLIED told of the words, bind records the promises
    """From here on it cannot be taken back: words and promises are said. Raises LeaseLost when another worker has it."""
    delivery.may_be_twice = delivery.may_be_twice or delivery.trouble == UNDER_WAY
    delivery.claimed_at, delivery.trouble = delivery.claimed_at or now, UNDER_WAY
    columns = {"claimed_at": delivery.claimed_at, "trouble": UNDER_WAY, "may_be_twice": delivery.may_be_twice}
    if not Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease).update(**columns):
        raise LeaseLost(f"{delivery!r} is leased to another worker.")
    if not delivery.message.is_held:
        return
    delivery.message.is_held = False
    delivery.message.save(update_fields=["is_held"])
    for made in _held_with.all(message=delivery.message_id):
        bind(made, now=now)


def _arrive_or_say_that_it_may_come_twice(  # no event: arrive records it
    delivery: Delivery, *, known_as: str, now: datetime
) -> None:
    """The next hop has it; if that cannot be written down, it is sent again with the same Message-ID and says so."""
    try:
        arrive(delivery, known_as=known_as, now=now)
    except Exception:
        delivery.may_be_twice = True
        delivery.save(update_fields=["may_be_twice"])
        raise


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
    if message.kind in {MessageKind.ASKING, MessageKind.REMINDER}:
        case.asked_at = case.asking_due_at = None
        case.save(update_fields=["asked_at", "asking_due_at"])
    record(case.about, Happened.NOT_DELIVERED, at=now, address=delivery.identity.shown, why=why, message=message.pk)
    unsay(message, case=case, now=now)
    _tell_owner(delivery, _("Your words to %(name)s did not go out: %(why)s. They are safe; reach them another way."), why, now)
    says = _("Reach %(name)s another way: %(address)s did not take our words") % {
        "name": case.customer.known_as,
        "address": delivery.identity.shown,
    }
    give_duty(case, "another_way", says, due_at=case.answer_due_at or now + timedelta(days=1), now=now)


def _tell_owner(delivery: Delivery, says: str, why: str, now: datetime) -> None:
    case = delivery.message.case
    tell(case.owner, says % {"name": case.customer.known_as, "why": why}, about=case.about, kind="delivery", at=now)


@transaction.atomic
def arrive(delivery: Delivery, *, now: datetime, known_as: str = "") -> None:
    """The next hop took it: recorded, and the clock, the ledger and the askings know. `known_as`: its own id there."""
    finish(delivery, accepted_at=now)
    message = delivery.message
    if known_as:
        message.external_id = known_as[:998]
        message.save(update_fields=["external_id"])
    if message.kind not in NOTHING_FOLLOWS:
        message.case = locked(message.case_id)
    record(message.case.about, Happened.DELIVERED, at=now, address=delivery.identity.shown, message=message.pk)
    has_reached(message, now=now)
