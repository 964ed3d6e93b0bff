"""What this case was given, and what whoever looks at it may still give: for the panel beside the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.people.models import Employee
from kept.people.presence import stand_in_for
from kept.remedies.deciding import may_decide
from kept.remedies.doing import as_it_stands
from kept.remedies.leeway import Left
from kept.remedies.limits import what_is_left
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.wording import gift_in_words


@dataclass(frozen=True, slots=True)
class Shown:
    """One gift as the panel shows it."""

    gift: Gift
    what: str
    may_decide: bool
    """Whoever looks at it may say yes or no."""
    due_at: datetime | None
    """By when they were promised it, as it stands after a new hour was agreed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One remedy as the form shows it: `says` what is left, and who is asked beyond."""

    remedy: Remedy
    says: str


def given_on(case: Case, *, me: Employee) -> list[Shown]:
    """Everything given on this case or asked for, the newest first; one query."""
    gifts = Gift.objects.filter(case=case).select_related("remedy", "by", "asked_of", "decided_by", "promise__replaced_by")
    return [_shown(gift, me=me) for gift in gifts.order_by("-id")]


def _shown(gift: Gift, *, me: Employee) -> Shown:
    is_open_question = gift.state == GiftState.ASKED and may_decide(gift, by=me)
    due_at = as_it_stands(gift.promise).due_at if gift.promise else None
    return Shown(gift, gift_in_words(gift.remedy, gift.amount), is_open_question, due_at)


def on_offer(case: Case, *, me: Employee, now: datetime) -> list[Offer]:
    """What they may give here, by name; nothing to somebody who answers nobody, nor on what has ended. One query."""
    if not case.is_open or not (me.answers or me.leads_others):
        return []
    remedies = Remedy.objects.filter(retired_at__isnull=True).select_related("asks__stand_in").order_by("name", "id")
    return [_offer(left, me=me, now=now) for left in what_is_left(remedies, case=case, by=me, now=now)]


def _offer(left: Left, *, me: Employee, now: datetime) -> Offer:
    asked = stand_in_for(left.remedy.asks, at=now) or left.remedy.asks
    return Offer(left.remedy, _("Beyond every limit you decide yourself.") if asked.pk == me.pk else left.says(asked))


def asked_of(me: Employee) -> list[Shown]:
    """What waits for the word of this manager, the most urgent first."""
    if not me.leads_others:
        return []
    gifts = Gift.objects.filter(state=GiftState.ASKED, asked_of=me, case__in=Case.objects.visible_to(me))
    waiting = gifts.select_related("remedy", "by", "case__customer").order_by("answer_due_at", "id")[:20]
    return [_shown(gift, me=me) for gift in waiting]
