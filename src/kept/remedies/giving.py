"""Something that puts it right is given to one customer: at once within the limits, beyond them once a manager says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.hours import add_working
from kept.lib.refusal import Refusal
from kept.lib.wording import moment_in_words
from kept.people.models import Employee
from kept.people.presence import house, manager_of, stand_in_for
from kept.people.telling import tell
from kept.promises.making import promise
from kept.remedies.leeway import Left
from kept.remedies.limits import week_of, what_is_left
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.wording import gift_in_words
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def give(
    case: Case, remedy: Remedy, *, amount: Decimal, by: Employee, now: datetime, why: str = "", saw: int | None = None
) -> Gift:
    """It is given and promised to the customer; or, beyond a limit, one named manager is asked, once, by a due time.

    Whoever would be asked gives on their own word. The remedy's row is locked: two who give at once cannot both have the rest.
    `saw`: how many gifts its giver saw on the case; where there are others now nothing is given: pressing twice gives once.
    """
    remedy, why = _locked(remedy), why.strip()[:300]
    _refuse_what_cannot_be(case, remedy, amount, by=by)
    if saw is not None and saw != Gift.objects.filter(case=case).count():
        raise Refusal(_("Something was given or asked for here meanwhile. Look at it, then press once more."))
    [left] = what_is_left(Remedy.objects.filter(pk=remedy.pk), case=case, by=by, now=now)
    asked = whom_to_ask(remedy, by=by, at=now)
    if left.allows(amount):
        return promise_it(_made(case, remedy, amount, by=by, now=now, why=why), by=by, now=now)
    if asked.pk == by.pk:
        gift = _made(case, remedy, amount, by=by, now=now, why=why)
        gift.decided_by, gift.decided_at, gift.decided_why = by, now, why
        return promise_it(gift, by=by, now=now)
    return _ask(_made(case, remedy, amount, by=by, now=now, why=why), left=left, asked=asked, now=now)


def _locked(remedy: Remedy) -> Remedy:
    return Remedy.objects.select_for_update(of=("self",)).select_related("asks__manager", "asks__stand_in").get(pk=remedy.pk)


def _refuse_what_cannot_be(case: Case, remedy: Remedy, amount: Decimal, *, by: Employee) -> None:
    if not (by.answers or by.leads_others):
        raise Refusal(_("Only somebody who answers customers, or leads those who do, can do this."))
    if remedy.retired_at is not None:
        raise Refusal(_("“%(name)s” is no longer given. Choose something else.") % {"name": remedy.name})
    if amount <= 0:
        raise Refusal(_("Write how much, such as 12.50."))
    if not remedy.currency and amount != amount.to_integral_value():
        raise Refusal(_("This is given in whole pieces: write 1, 2 or 3."))
    if amount != round(amount, 2) or amount >= 10**8:
        raise Refusal(_("Write how much, such as 12.50."))
    if not case.is_open:
        raise Refusal(_("It has ended; a new promise needs it to be open again."))


def whom_to_ask(remedy: Remedy, *, by: Employee, at: datetime) -> Employee:
    """The manager it names, whoever stands in for them while they are away, or who is above; nobody is asked by themself."""
    acting = stand_in_for(remedy.asks, at=at)
    if acting is not None and (acting.pk != by.pk or acting.pk == remedy.asks_id):
        return acting
    return manager_of(by, of_house=house(), at=at) or remedy.asks


def _made(case: Case, remedy: Remedy, amount: Decimal, *, by: Employee, now: datetime, why: str) -> Gift:
    monday = week_of(now, case.policy.calendar.zone)
    return Gift(remedy=remedy, case=case, amount=amount, why=why, by=by, at=now, week_on=monday)


def promise_it(gift: Gift, *, by: Employee, now: datetime) -> Gift:
    """It is given: promised to the customer, in the ledger and on their page, by the working time that the remedy says."""
    case, remedy = gift.case, gift.remedy
    with translation.override(case.account.brand.language):
        what = gift_in_words(remedy, gift.amount)
    within = timedelta(minutes=remedy.done_within_minutes)
    keeper = gift.by if gift.by.is_active else case.owner
    gift.promise = promise(case, what, by=keeper, due_at=add_working(case.policy.calendar.hours, now, within), now=now)
    gift.state = GiftState.GIVEN
    gift.save()
    record(case.about, Happened.GIVEN, at=now, by=by, what=what, gift=str(gift.public_id), why=gift.why)
    return gift


def _ask(gift: Gift, *, left: Left, asked: Employee, now: datetime) -> Gift:
    case, remedy = gift.case, gift.remedy
    waiting = Gift.objects.filter(case=case, remedy=remedy, state=GiftState.ASKED).select_related("asked_of").first()
    if waiting is not None and waiting.asked_of is not None:
        raise Refusal(_("%(name)s is asked already; wait for that word.") % {"name": waiting.asked_of.first_name})
    if not gift.why:
        why = _("Say why, for %(name)s to decide by.") % {"name": asked.first_name}
        raise Refusal(f"{left.says(asked)} {why}")
    hours, zone = case.policy.calendar.hours, case.policy.calendar.zone
    gift.state, gift.asked_of = GiftState.ASKED, asked
    gift.answer_due_at = add_working(hours, now, timedelta(minutes=remedy.answer_within_minutes))
    gift.save()
    what = gift_in_words(remedy, gift.amount)
    says = _("%(by)s asks you: may %(customer)s have %(what)s? “%(why)s” Your word is due by %(hour)s.") % {
        "by": gift.by.first_name,
        "customer": case.customer.known_as,
        "what": what,
        "why": gift.why,
        "hour": moment_in_words(gift.answer_due_at, zone, now),
    }
    tell(asked, says, about=case.about, kind="gift_asked", at=now)
    record(case.about, Happened.GIFT_ASKED, at=now, by=gift.by, what=what, asked=asked.known_as, gift=str(gift.public_id))
    return gift
