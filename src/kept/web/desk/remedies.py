"""What we may give without asking: the managers' page of it, and the report of what was given."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, CaseQuerySet
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.places.models import Place
from kept.remedies.limits import week_of
from kept.remedies.models import Gift, Remedy
from kept.remedies.reporting import COLUMNS, ENDINGS, WEEKS, behind, gifts_between, report, weeks_until
from kept.remedies.setting_up import add_remedy, change_remedy, retire, use_again
from kept.web.desk.beginnings import stories_of
from kept.web.desk.remedy_form import RemedyForm, known
from kept.web.desk.workroom import for_managers, show, worker

PAGE = 50
BY = {"remedy": gettext_lazy("By what was given"), "week": gettext_lazy("By week"), "place": gettext_lazy("By place")}


@for_managers
@require_safe
def remedies(request: HttpRequest) -> HttpResponse:
    """Everything that may be given, with its limits; what is retired last."""
    found = Remedy.objects.select_related("asks").order_by("name", "id")
    in_order = sorted(found, key=lambda remedy: remedy.retired_at is not None)
    began = stories_of([remedy.began_with for remedy in in_order], worker(request))
    return show(request, "desk/remedies.html", {"remedies": in_order, "began": began}, here="remedies")


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One more thing that may be given."""
    return _form(request, None)


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def remedy(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """One remedy and its terms."""
    return _form(request, get_object_or_404(Remedy.objects.select_related("asks"), pk=remedy_id))


def _form(request: HttpRequest, found: Remedy | None) -> HttpResponse:
    me = worker(request)
    typed = request.POST if request.method == "POST" else None
    form = RemedyForm(typed, initial=known(found) if found else {"asks": me.pk}, me=me, chosen=found.began_with if found else "")
    context: dict[str, object] = {"form": form, "remedy": found}
    if typed is None:
        return show(request, "desk/remedy_form.html", context, here="remedies")
    if not form.is_valid():
        return show(request, "desk/remedy_form.html", context, here="remedies", status=422)
    try:
        if found is None:
            found = add_remedy(form.terms, by=me, now=now())
            messages.success(request, _("%(name)s may be given now.") % {"name": found.name})
        else:
            change_remedy(found, form.terms, by=me, now=now())
            messages.success(request, _("%(name)s is changed.") % {"name": found.name})
    except Refusal as refusal:
        return show(request, "desk/remedy_form.html", {**context, "refusal": refusal}, here="remedies", status=409)
    return HttpResponseRedirect(reverse("remedies"))


@for_managers
@require_POST
def put_away(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """Nobody may give it any more; or, with `again`, it may be given again."""
    found = get_object_or_404(Remedy, pk=remedy_id)
    if "again" in request.POST:
        use_again(found, by=worker(request), now=now())
        messages.success(request, _("%(name)s may be given now.") % {"name": found.name})
    else:
        retire(found, by=worker(request), now=now())
        messages.success(request, _("%(name)s is no longer given.") % {"name": found.name})
    return HttpResponseRedirect(reverse("remedies"))


@for_managers
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """Thirteen weeks of what was given, and how those cases ended; each figure leads to the people behind it."""
    by = request.GET.get("by", "remedy")
    by, zone = by if by in BY else "remedy", default_calendar().zone
    this_week = week_of(now(), zone)
    since, until = weeks_until(_day(request.GET.get("until", "")) or this_week)
    lines = report(gifts_between(since, until, cases=_cases(request)), by=by)
    later = until + timedelta(weeks=WEEKS)
    context = {
        "by": by,
        "views": BY,
        "lines": lines,
        "endings": ENDINGS,
        "since": since,
        "until": until,
        "last_day": until + timedelta(days=6),
        "earlier": since - timedelta(weeks=1),
        "later": min(later, this_week) if until < this_week else None,
        "gifts": sum(line.gifts for line in lines),
        "zone": zone,
    }
    return show(request, "desk/given.html", context, here="remedies")


@for_managers
@require_safe
def behind_it(request: HttpRequest) -> HttpResponse:
    """The people behind one figure of the report, the newest first."""
    by, ended = request.GET.get("by", ""), request.GET.get("ended", "")
    if by not in COLUMNS or ended not in {"", *ENDINGS}:
        raise Http404
    zone = default_calendar().zone
    since, until = weeks_until(_day(request.GET.get("until", "")) or week_of(now(), zone))
    key = _key(by, request.GET.get("key", ""))
    gifts = behind(gifts_between(since, until, cases=_cases(request)), by=by, key=key, ended=ended)
    found = list(_after(gifts, request.GET.get("after", ""))[: PAGE + 1])
    context = {
        "gifts": found[:PAGE],
        "next": _place_of(found[PAGE - 1]) if len(found) > PAGE else "",
        "by": by,
        "key": "" if key is None else key,
        "ended": ended,
        "until": until,
        "title": _title(by, key),
        "zone": zone,
    }
    return show(request, "desk/given_to.html", context, here="remedies")


def _cases(request: HttpRequest) -> CaseQuerySet:
    return CaseQuerySet(Case).visible_to(worker(request))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(by: str, text: str) -> int | date | None:
    """What a line is about: an id, a Monday, or None for no place at all. Raises Http404 for anything else."""
    if by == "place" and not text:
        return None
    key = _day(text) if by == "week" else int(text) if text.isdecimal() and len(text) < 18 else None
    if key is None:
        raise Http404
    return key


def _title(by: str, key: int | date | None) -> str | date:
    if by == "remedy":
        return str(get_object_or_404(Remedy, pk=key).name)
    if by == "place":
        return _("No place said") if key is None else str(get_object_or_404(Place, pk=key).name)
    return key if isinstance(key, date) else ""


def _place_of(gift: Gift) -> str:
    return urlsafe_b64encode(f"{gift.at.isoformat()}|{gift.pk}".encode()).decode()


def _after(gifts: QuerySet[Gift], place: str) -> QuerySet[Gift]:
    try:
        moment, _bar, pk = urlsafe_b64decode(place).decode().partition("|")
        at, key = datetime.fromisoformat(moment), int(pk[:18])
    except ValueError:
        return gifts
    return gifts.filter(Q(at__lt=at) | Q(at=at, pk__lt=key)) if at.tzinfo else gifts
