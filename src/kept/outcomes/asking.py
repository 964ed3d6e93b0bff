"""Is it solved? Asked when nothing is owed; without a word after all askings it ends "no word" (R8)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty
from kept.cases.models import Case, Message, MessageKind, Outcome
from kept.lib.refusal import Refusal
from kept.outcomes.ending import QUIET_FOR, end
from kept.outcomes.models import Reason, Verdict
from kept.outcomes.reminding import wait_for_them
from kept.people.models import Employee
from kept.promises.models import Promise
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.replies.models import Delivery
from kept.replies.reaching import askings_since_their_last_word
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
MOST = 2
BATCH = 100
BY_ITSELF = (MessageKind.ASKING, MessageKind.REMINDER)


@transaction.atomic
def ask(case: Case, *, by: Employee | None, now: datetime) -> Message:
    """“Is it solved?” is on its way in the owner's name. It counts once delivered. Refused while we owe them anything."""
    if not case.is_open:
        raise Refusal(_("It has ended already."))
    if case.silent_since is not None:
        raise Refusal(_("They wait for an answer; answer first, then ask."))
    if Promise.objects.owed().filter(case=case).exists():
        raise Refusal(_("A promise to them is still open; keep it first, then ask."))
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None:
        raise Refusal(_("We know no address to ask at; ask them by phone or letter and write down what they say."))
    if not account.is_open:
        raise Refusal(_("%(name)s only listens so far. Open it, and this can go.") % {"name": account.name})
    with translation.override(account.brand.language):
        text = _("Is it solved? Only you can say. Until you do, it stays open and with me.")
    asking = mail(case, MessageKind.ASKING, text, to=identity, through=account, now=now)
    record(case.about, Happened.ASKED, at=now, by=by, message=asking.pk)
    return asking


def ask_how_it_ended(now: datetime) -> int:  # no event: ask and end record what happens
    """Every case whose time has come was asked, asked again, or has ended without a word. Returns how many ended."""
    due = Case.objects.open().filter(asking_due_at__lte=now)
    if not due.exists():
        return 0
    told = due.select_related("customer", "owner", "account__brand", "policy__calendar")
    ended = 0
    for case in told.order_by("asking_due_at", "id")[:BATCH]:
        try:
            ended += go_on(case, now=now)
        except Exception:
            log.exception("%s could not be asked; it is tried again tomorrow.", case.about)
            Case.objects.filter(pk=case.pk).update(asking_due_at=now + timedelta(days=1))
    return ended


@transaction.atomic
def go_on(case: Case, *, now: datetime) -> bool:  # no event: ask, remind_of and end record what happens
    """The next step of reminding or asking for this case. True when it ended without a word."""
    owed = case.silent_since is not None or Promise.objects.owed().filter(case=case).exists()
    under_way = Delivery.objects.filter(message__case=case, message__kind__in=BY_ITSELF, next_try_at__isnull=False)
    if owed or under_way.exists():
        _look_again(case, now + timedelta(days=1))
        return False
    if (look_again_at := wait_for_them(case, now=now)) is not None:
        _look_again(case, look_again_at)
        return False
    asked = askings_since_their_last_word(case)
    by_the_foot = asked == 0 and not case.went_wrong
    if case.asked_at is not None and (asked >= MOST or by_the_foot):
        return _end_without_a_word(case, now=now)
    _look_again(case, now + timedelta(days=1))
    try:
        ask(case, by=None, now=now)
    except Refusal as why:
        give_duty(case, "ask_by_hand", str(why), due_at=now + timedelta(days=5), now=now)
    return False


def _end_without_a_word(case: Case, *, now: datetime) -> bool:  # no event: end records it
    assert case.asked_at is not None  # noqa: S101 - the caller saw to it
    if now - case.asked_at < QUIET_FOR:
        _look_again(case, case.asked_at + QUIET_FOR)
        return False
    end(case, verdict=Verdict.objects.create(case=case, outcome=Outcome.NO_WORD, reason=Reason.NO_WORD, said_at=now), now=now)
    return True


def _look_again(case: Case, at: datetime) -> None:  # no event: when to ask is derived
    case.asking_due_at = at
    case.save(update_fields=["asking_due_at"])
