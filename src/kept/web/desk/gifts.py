"""Giving what puts it right, at the desk: give it, decide about it beyond a limit, say that they have it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case
from kept.cases.repeating import unlink_repeat
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.remedies.deciding import decide
from kept.remedies.doing import do
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.wording import amount_typed, gift_in_words
from kept.web.desk.acting import on_a_case
from kept.web.desk.case import find, show_case
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, worker


@on_a_case("give")
def give_it(request: HttpRequest, case: Case) -> None:
    """It is given and promised, or a manager is asked; refused, what was typed is still there."""
    chosen = request.POST.get("remedy", "")
    remedy = Remedy.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None
    if remedy is None:
        raise Refusal(_("Choose what they are given."))
    typed = request.POST.get("amount", "").strip()
    amount = amount_typed(typed or ("" if remedy.currency else "1"))
    seen, why = request.POST.get("seen", ""), request.POST.get("why", "")
    saw = int(seen) if seen.isdecimal() and len(seen) < 6 else None
    gift = give(case, remedy, amount=amount, by=worker(request), now=now(), why=why, saw=saw)
    what = gift_in_words(remedy, amount)
    if gift.state == GiftState.ASKED and gift.asked_of is not None:
        asked = {"name": gift.asked_of.known_as, "what": what}
        messages.success(request, _("%(name)s is asked and was told: %(what)s.") % asked)
    else:
        messages.success(request, _("Given, and promised on their page: %(what)s.") % {"what": what})


@desk
@require_POST
def decide_it(request: HttpRequest, gift_id: uuid.UUID) -> HttpResponse:
    """Yes or no to what goes beyond a limit."""
    gift, said = _find(request, gift_id), request.POST.get("said", "")
    try:
        if said not in {"yes", "no"}:
            raise Refusal(_("Say yes or no."))
        decide(gift, yes=said == "yes", by=worker(request), now=now(), why=request.POST.get("why", ""))
    except Refusal as refusal:
        case = find(request, gift.case.public_id)
        return show_case(request, case, status=409, refusal=refusal, typed=request.POST, deciding=gift.pk)
    messages.success(request, _("Decided, and %(name)s was told.") % {"name": gift.by.known_as})
    return HttpResponseRedirect(way_back(request) or reverse("case", args=[gift.case.public_id]))


@desk
@require_POST
def do_it(request: HttpRequest, gift_id: uuid.UUID) -> HttpResponse:
    """They have it."""
    gift = _find(request, gift_id)
    try:
        do(gift, by=worker(request), now=now())
    except Refusal as refusal:
        return show_case(request, find(request, gift.case.public_id), status=409, refusal=refusal)
    messages.success(request, _("They have it: %(what)s.") % {"what": gift_in_words(gift.remedy, gift.amount)})
    return HttpResponseRedirect(way_back(request) or reverse("case", args=[gift.case.public_id]))


def _find(request: HttpRequest, gift_id: uuid.UUID) -> Gift:
    gifts = Gift.objects.filter(case__in=Case.objects.visible_to(worker(request))).select_related("case", "remedy", "by")
    return get_object_or_404(gifts, public_id=gift_id)


@on_a_case("repeat")
def not_a_repeat(request: HttpRequest, case: Case) -> None:
    """A person looked: it is not the same thing again."""
    unlink_repeat(case, by=worker(request), now=now())
    messages.success(request, _("It counts as the first time now."))
