"""What stands in our way: the list of roots, and one root on one screen with everybody whom it hurt."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, Message
from kept.causes.drawing import compared, people_of, weeks_around
from kept.causes.models import Cause, CauseQuerySet, CauseState, Gathered
from kept.causes.telling_customers import hearers
from kept.causes.themes import NAMES, in_words
from kept.lib.clock import now
from kept.observations.remembering import seen_before_these
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.replies.sending import UNDO_WINDOW
from kept.timeline.happenings import Audience
from kept.timeline.reading import history
from kept.web.desk.beginnings import stories_of, to_choose
from kept.web.desk.workroom import desk, show, worker

MOST, MOST_HELD = 50, 10
MOST_PEOPLE = 200
MOST_SEEN = 5
FIRST_WORDS = 240
ALL = frozenset({Audience.CUSTOMER, Audience.DESK, Audience.MANAGERS, Audience.ADMINS})
WHYS = {
    "by_hand": gettext_lazy("by hand"),
    "stood_in_my_way": gettext_lazy("stood in the way of whoever answered"),
    "touchpoint": gettext_lazy("same touchpoint, like words"),
    "product": gettext_lazy("same product"),
    "theme": gettext_lazy("same theme"),
    "words": gettext_lazy("the same rare words"),
}


@desk
@require_safe
def causes(request: HttpRequest) -> HttpResponse:
    """The roots in five parts: late and back first, then open, watched, held; on top what only looks alike so far."""
    return show_causes(request)


def show_causes(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    """The list, with whatever a refused action adds to it."""
    me, today = worker(request), now().astimezone(default_calendar().hours.tz).date()
    found = Cause.objects.visible_to(me).select_related("owner", "touchpoint").annotate(people=_how_many())
    unmended = found.filter(state=CauseState.OPEN)
    parts = (
        ("alike", _("These look alike. Is there one root?"), found.filter(state=CauseState.PROPOSED).order_by("-id")),
        ("late", _("Late"), unmended.filter(fix_due_on__lt=today).order_by("fix_due_on", "id")),
        ("back", _("It came back"), found.filter(state=CauseState.BACK).order_by("-checked_at", "-id")),
        ("open", _("Open"), unmended.exclude(fix_due_on__lt=today).order_by("fix_due_on", "id")),
        ("watched", _("Mended, and being watched"), found.filter(state=CauseState.WATCHED).order_by("check_due_at", "id")),
        ("held", _("It held"), _before(found.filter(state=CauseState.HELD), request.GET.get("before", "")).order_by("-id")),
    )
    shown = [(key, title, list(rows[: MOST_HELD + 1 if key == "held" else MOST])) for key, title, rows in parts]
    more_held = shown[-1][2][MOST_HELD - 1].pk if len(shown[-1][2]) > MOST_HELD else None
    del shown[-1][2][MOST_HELD:]
    counted = {key: len(rows) for key, _title, rows in shown}
    context = {"parts": shown, "counted": counted, "more_held": more_held, "zone": default_calendar().zone, "typed": {}, **more}
    return show(request, "desk/causes.html", context, here="causes", status=status)


def _before(held: CauseQuerySet, key: str) -> CauseQuerySet:
    """Those that held, opened before the one with this key."""
    return held.filter(pk__lt=int(key)) if key.isdecimal() and len(key) < 19 else held


def _how_many() -> Count:
    return Count(
        "gathered", filter=Q(gathered__refused_at__isnull=True) & (Q(gathered__by__isnull=False) | Q(state=CauseState.PROPOSED))
    )


def find_cause(request: HttpRequest, cause_id: uuid.UUID) -> Cause:
    """The root, as far as this employee may see it. Raises Http404."""
    rows = Cause.objects.visible_to(worker(request)).select_related("owner", "touchpoint", "place")
    return get_object_or_404(rows, public_id=cause_id)


@desk
@require_safe
def cause(request: HttpRequest, cause_id: uuid.UUID) -> HttpResponse:
    """One root; `week` opens one week of the drawing onto its people."""
    return show_cause(request, find_cause(request, cause_id))


def show_cause(request: HttpRequest, found: Cause, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of one root, with whatever a refused action adds to it."""
    me, moment, zone = worker(request), now(), default_calendar().zone
    rows = _gathered(found, me)
    people = [one for one in rows if one.by_id is not None]
    weeks = weeks_around(found, me, now=moment) if found.is_decided else []
    to_tell = hearers(found) if found.stands_in_our_way else []
    employees = list(Employee.objects.order_by("name"))
    context = {
        "cause": found,
        "may_change": found.may_change(me),
        "is_late": found.is_late(moment),
        "people": people,
        "proposals": [one for one in rows if one.by_id is None],
        "most_people": MOST_PEOPLE,
        "whys": WHYS,
        "hearers": to_tell,
        "weeks": weeks,
        "tallest": max((week.count for week in weeks), default=0),
        "compared": compared(weeks) if found.fixed_at else None,
        **_week(request, found, me, moment),
        "can_be_taken_back": _can_be_taken_back(found, moment),
        "seen_before": list(
            seen_before_these([one.case_id for one in people], touchpoint=found.touchpoint, began=found.opened_at, reader=me)[
                :MOST_SEEN
            ]
        ),
        "history": history(found.about, audiences=ALL, names={f"employee:{one.pk}": one.name for one in employees}),
        "colleagues": [one for one in employees if one.is_active],
        "touchpoints": list(Touchpoint.objects.order_by("name")),
        "places": list(Place.objects.order_by("name")),
        "themes": NAMES,
        "began": stories_of([found.began_with], me).get(found.began_with),
        "beginnings": to_choose(me, chosen=found.began_with) if found.may_change(me) else [],
        "about": in_words(found.theme),
        "zone": zone,
        "today": moment.astimezone(default_calendar().hours.tz).date(),
        "typed": {},
        "ticked": None,
        **more,
    }
    return show(request, "desk/cause.html", context, here="causes", status=status)


def _gathered(found: Cause, me: Employee) -> list[Gathered]:
    """Everybody gathered or proposed, the newest first, with the first words they said."""
    first = Message.objects.filter(case=OuterRef("case"), is_theirs=True).order_by("id")
    words = Subquery(first.annotate(begin=Left("text", FIRST_WORDS)).values("begin")[:1])
    rows = Gathered.objects.filter(cause=found, refused_at__isnull=True, case__in=Case.objects.visible_to(me))
    related = rows.select_related("case__customer", "case__owner", "by", "promise", "told_in").annotate(words=words)
    return list(related.order_by("-case__opened_at", "-id")[:MOST_PEOPLE])


def _can_be_taken_back(found: Cause, moment: datetime) -> bool:
    """Nothing that tells them has left yet."""
    if found.state != CauseState.WATCHED or found.fixed_at is None:
        return False
    return moment < found.fixed_at + UNDO_WINDOW


def _week(request: HttpRequest, found: Cause, me: Employee, moment: datetime) -> dict[str, object]:
    """The people behind the week that was opened, if one was."""
    chosen = request.GET.get("week", "")
    if not chosen.lstrip("-").isdecimal() or len(chosen) > 4:
        return {"week_open": None, "week_people": []}
    number = int(chosen)
    rows: QuerySet[Case] = people_of(found, me, number, now=moment).select_related("customer", "owner")
    return {"week_open": number, "week_people": list(rows.order_by("-opened_at", "-id")[:MOST_PEOPLE])}
