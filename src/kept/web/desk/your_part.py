"""“What part do you play?”: where somebody shapes what customers live through, and what these say of it; for each of us."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.observations.remembering import noticed_by
from kept.people.changing import LONGEST_PART, say_own_part
from kept.people.models import Employee
from kept.recognition.remembering import said_about
from kept.recognition.wall import month_of
from kept.web.desk.heard_there import matters_at, shaped_by, voices_at
from kept.web.desk.workroom import desk, show, worker

MOST_NOTICED, MOST_PRAISES, MOST_PEOPLE = 6, 3, 60


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def your_part(request: HttpRequest) -> HttpResponse:
    """One's own page, for everybody who works here; POST keeps one's part in one's own words."""
    if request.method != "POST":
        return _show(request)
    words = request.POST.get("part", "")
    try:
        say_own_part(worker(request), words, now=now())
    except Refusal as refusal:
        return _show(request, status=409, refusal=refusal, typed=words)
    messages.success(request, _("Your part stands here, in your own words."))
    return HttpResponseRedirect(reverse("your_part"))


def _show(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    me, zone = worker(request), default_calendar().zone
    month, points = month_of(now(), zone), list(shaped_by(me))
    context = {
        "points": points,
        "voices": voices_at(points, me, month=month) if points else [],
        "matters": matters_at(points, me, month=month),
        "praises": said_about(me)[:MOST_PRAISES],
        "noticed": list(noticed_by(me)[:MOST_NOTICED]),
        "longest": LONGEST_PART,
        "typed": me.part,
        "zone": zone,
        **more,
    }
    return show(request, "desk/your_part.html", context, here="your_part", status=status)


@desk
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """For the talk in the team, on paper: our touchpoints, words that all of us may read, each one's part, three questions."""
    me, zone = worker(request), default_calendar().zone
    month, points = month_of(now(), zone), list(shaped_by(me))
    team = Q(manager=me) | Q(team__manager=me) | Q(pk=me.pk)
    people = Employee.objects.filter(team, is_active=True).distinct().order_by("name", "pk")
    context = {
        "points": points,
        "voices": voices_at(points, me, month=month, only_shared=True) if points else [],
        "people": list(people[:MOST_PEOPLE]),
        "zone": zone,
    }
    return show(request, "desk/your_part_sheet.html", context, here="your_part")
