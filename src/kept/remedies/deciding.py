"""Beyond a limit a named manager decides; when that word does not come, somebody above is told, once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee, House
from kept.people.presence import house
from kept.people.telling import has_seen, tell
from kept.remedies.giving import promise_it
from kept.remedies.models import Gift, GiftState
from kept.remedies.wording import gift_in_words
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200
WITH_ALL = ("remedy__asks", "case__owner", "case__customer", "case__account__brand", "case__policy__calendar", "by", "asked_of")


@transaction.atomic
def decide(gift: Gift, *, yes: bool, by: Employee, now: datetime, why: str = "") -> Gift:
    """Yes: it is given, as if no limit stood in the way. No: it is not, with the reason, and whoever asked has been told."""
    gift, why = _locked(gift), why.strip()[:300]
    _refuse_what_cannot_be(gift, yes=yes, by=by, why=why)
    gift.decided_by, gift.decided_at, gift.decided_why = by, now, why
    what = gift_in_words(gift.remedy, gift.amount)
    if yes:
        promise_it(gift, by=by, now=now)
        says = _("%(by)s says yes: %(customer)s gets %(what)s.")
    else:
        gift.state = GiftState.REFUSED
        gift.save(update_fields=["state", "decided_by", "decided_at", "decided_why"])
        record(gift.case.about, Happened.GIFT_REFUSED, at=now, by=by, what=what, why=why, gift=str(gift.public_id))
        says = _("%(by)s says no: %(customer)s does not get %(what)s.")
    told = says % {"by": by.first_name, "customer": gift.case.customer.known_as, "what": what}
    for person in {one.pk: one for one in (gift.by, gift.case.owner) if one.pk != by.pk}.values():
        tell(person, f"{told} {why}".strip(), about=gift.case.about, kind="gift_decided", at=now)
    has_seen(by, about=gift.case.about, at=now)
    return gift


def _locked(gift: Gift) -> Gift:
    return Gift.objects.select_for_update(of=("self",)).select_related(*WITH_ALL).get(pk=gift.pk)


def _refuse_what_cannot_be(gift: Gift, *, yes: bool, by: Employee, why: str) -> None:
    if gift.state != GiftState.ASKED:
        raise Refusal(_("It is decided already; nothing has changed."))
    if not may_decide(gift, by=by):
        asked = gift.asked_of or gift.remedy.asks
        raise Refusal(_("%(name)s was asked, and decides.") % {"name": asked.known_as})
    if not yes and not why:
        raise Refusal(_("Say why not, for %(name)s to tell the customer.") % {"name": gift.by.first_name})


def may_decide(gift: Gift, *, by: Employee) -> bool:
    """Whoever was asked, whom the remedy names, or another manager; never the one who asked."""
    return by.pk != gift.by_id and (by.leads_others or by.pk in {gift.asked_of_id, gift.remedy.asks_id})


def tell_of_gifts_without_a_word(now: datetime) -> int:  # no event: _tell_above records it
    """Whoever is above hears of each question whose answer did not come in time, once. Returns how many there were."""
    due = Gift.objects.filter(state=GiftState.ASKED, told_above_at__isnull=True, answer_due_at__lte=now)
    if not due.exists():
        return 0  # asked every five seconds, and mostly so
    told, of_house = 0, None
    for gift in due.select_related(*WITH_ALL).order_by("answer_due_at", "id")[:BATCH]:
        of_house = of_house or house()
        try:
            _tell_above(gift, of_house=of_house, now=now)
            told += 1
        except Exception:
            log.exception("Nobody could be told of gift %s; it is tried again in an hour.", gift.pk)
            Gift.objects.filter(pk=gift.pk).update(answer_due_at=now + timedelta(hours=1))
    return told


@transaction.atomic
def _tell_above(gift: Gift, *, of_house: House, now: datetime) -> None:
    if not Gift.objects.filter(pk=gift.pk, state=GiftState.ASKED, told_above_at__isnull=True).update(told_above_at=now):
        return
    asked = gift.asked_of or gift.remedy.asks
    above = _above(asked, of_house=of_house, at=now)
    what = gift_in_words(gift.remedy, gift.amount)
    says = _("%(asked)s has not said whether %(customer)s may have %(what)s; the hour for it has passed.")
    told = says % {"asked": asked.first_name, "customer": gift.case.customer.known_as, "what": what}
    tell(above, told, about=gift.case.about, kind="rung", at=now)
    facts = {"what": what, "asked": asked.known_as, "told": above.known_as, "gift": str(gift.public_id)}
    record(gift.case.about, Happened.GIFT_WITHOUT_A_WORD, at=now, **facts)


def _above(asked: Employee, *, of_house: House, at: datetime) -> Employee:
    """The duty manager, else the head, who is here; in a house where there is no other, whoever was asked hears it again."""
    others = (one for one in (of_house.duty_manager, of_house.head) if one is not None and one.pk != asked.pk)
    return next((one for one in others if not one.is_away(at)), asked)
