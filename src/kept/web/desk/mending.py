"""What is done about one root: each a POST that leads back to it; refused, the page comes again with everything typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kept.causes.checking import judge
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import decide
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import change_cause, open_cause, refuse_others, take_up, turn_down
from kept.causes.taking_back import take_back_fix
from kept.causes.themes import NAMES
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.telling import has_seen
from kept.places.models import Place, Touchpoint
from kept.web.desk.beginnings import stories_of
from kept.web.desk.causes import find_cause, show_cause, show_causes
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, worker

Act = Callable[[HttpRequest, Cause], HttpResponse | None]
Found = TypeVar("Found", bound=Model)


def on_a_cause(form: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A view for one action on one root: done, it leads back; refused, the page shows `form` again as it was typed."""

    def as_view(act: Act) -> Callable[..., HttpResponse]:
        @desk
        @require_POST
        @wraps(act)
        def view(request: HttpRequest, cause_id: uuid.UUID) -> HttpResponse:
            cause = find_cause(request, cause_id)
            try:
                shown = act(request, cause)
            except Refusal as refusal:
                cause = find_cause(request, cause_id)
                typed = {"typed": request.POST, "ticked": _ticked(request)}
                return show_cause(request, cause, status=409, refusal=refusal, refused_form=form, **typed)
            return shown or HttpResponseRedirect(way_back(request) or reverse("cause", args=[cause.public_id]))

        return view

    return as_view


def _ticked(request: HttpRequest) -> set[str]:
    return {*request.POST.getlist("tell"), *request.POST.getlist("proposal")}


@desk
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Somebody says what stands in our way without any case; they look after it until they hand it on."""
    me = worker(request)
    try:
        cause = open_cause(request.POST.get("title", ""), owner=me, by=me, now=now())
    except Refusal as refusal:
        return show_causes(request, status=409, refusal=refusal, typed=request.POST)
    return HttpResponseRedirect(reverse("cause", args=[cause.public_id]))


@on_a_cause("change")
def change(request: HttpRequest, cause: Cause) -> None:
    """What is known of it, and who looks after it."""
    typed = request.POST
    change_cause(
        cause,
        {
            "title": typed.get("title", ""),
            "root": typed.get("root", "").strip(),
            "owner": _chosen(Employee.objects.filter(is_active=True), typed.get("owner", "")) or cause.owner,
            "touchpoint": _chosen(Touchpoint.objects.all(), typed.get("touchpoint", "")),
            "place": _chosen(Place.objects.all(), typed.get("place", "")),
            "theme": typed.get("theme", "") if typed.get("theme", "") in NAMES else "",
            "product": typed.get("product", "").strip()[:80],
            "watch_weeks": _weeks(typed.get("watch_weeks", ""), cause.watch_weeks),
            "began_with": _beginning(typed.get("began_with", cause.began_with), cause, worker(request)),
        },
        by=worker(request),
        now=now(),
    )
    messages.success(request, _("It is written down."))


def _chosen(rows: QuerySet[Found], key: str) -> Found | None:
    """The row that was picked from the list; None for "none"."""
    return rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


def _beginning(key: str, cause: Cause, me: Employee) -> str:
    """The story that was picked, if they may read it or it stands there already; none for "none yet"."""
    return key if key == cause.began_with or key in stories_of([key], me) else ""


def _weeks(typed: str, before: int) -> int:
    if not typed.strip():
        return before
    if not typed.strip().isdecimal() or not 1 <= int(typed) <= 26:
        raise Refusal(_("It can be watched for 1 to 26 weeks."))
    return int(typed)


@on_a_cause("promise")
def promise(request: HttpRequest, cause: Cause) -> None:
    """It is promised how and by which day it is mended; another day needs a reason."""
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        raise Refusal(_("Say by which day.")) from None
    typed = request.POST
    promise_fix(cause, typed.get("fix", ""), on=on, by=worker(request), now=now(), why=typed.get("why", ""))
    messages.success(request, _("The day stands. If it passes, you and your manager are told."))


@on_a_cause("fix")
def mend(request: HttpRequest, cause: Cause) -> HttpResponse | None:
    """First shown as everybody would read it; then, on a second press, it is mended and they are told."""
    me, told_text = worker(request), request.POST.get("told_text", "")
    if request.POST.get("do") != "tell":
        refuse_others(cause, me)
        return show_cause(request, cause, preview=told_text, typed=request.POST, ticked=_ticked(request))
    wanted = {int(key) for key in request.POST.getlist("tell") if key.isdecimal() and len(key) < 19}
    offered = Gathered.objects.taken().filter(cause=cause).values_list("case__customer", flat=True)
    told = fix(cause, told_text=told_text, by=me, now=now(), untold=set(offered) - wanted)
    says = ngettext("Mended. One person is told.", "Mended. %(num)d people are told.", len(told)) % {"num": len(told)}
    messages.success(request, says, extra_tags=reverse("cause_fix_back", args=[cause.public_id]))
    return None


@on_a_cause("")
def take_back(request: HttpRequest, cause: Cause) -> None:
    """It is not mended after all: what has not left is stopped."""
    take_back_fix(cause, by=worker(request), now=now())
    messages.success(request, _("Taken back. Nobody was told."))


@on_a_cause("decide")
def decide_proposals(request: HttpRequest, cause: Cause) -> None:
    """The ticked proposals belong here, or do not; or what looked alike is one root, or is not."""
    me, yes = worker(request), request.POST.get("do") == "yes"
    keys = {int(key) for key in request.POST.getlist("proposal") if key.isdecimal() and len(key) < 19}
    chosen = Gathered.objects.proposed().filter(cause=cause, pk__in=keys).select_related("case")
    if cause.state != CauseState.PROPOSED:
        if not keys:
            raise Refusal(_("Tick at least one of them."))
        refuse_others(cause, me)
        decide(cause, list(chosen), yes=yes, by=me, now=now())
    elif yes:
        take_up(cause, title=request.POST.get("title", ""), cases=[one.case_id for one in chosen], by=me, now=now())
    else:
        turn_down(cause, by=me, now=now())
        messages.success(request, _("They are not asked about together again."))


@on_a_cause("judge")
def say_whether_it_held(request: HttpRequest, cause: Cause) -> None:
    """It held, or it came back, in one sentence."""
    verdict: Any = request.POST.get("verdict")
    if verdict not in {"held", "back"}:
        raise Refusal(_("Say whether it held or came back."))
    judge(cause, held=verdict == "held", says=request.POST.get("says", ""), by=worker(request), now=now())


@desk
@require_POST
def seen(request: HttpRequest, cause_id: uuid.UUID) -> HttpResponse:
    """What they were told about it is read."""
    found = find_cause(request, cause_id)
    has_seen(worker(request), about=found.about, at=now())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(way_back(request) or reverse("cause", args=[found.public_id]))
