"""What is being said in public now: who waits past their hour first, then the furthest-reaching; and what lately ended."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kept.cases.models import Case, Message, Posted, ReachReading
from kept.cases.reach import Counted, growth, write_reach
from kept.lib.clock import now
from kept.people.models import Employee
from kept.web.desk.rows import Row, row
from kept.web.desk.workroom import desk, show, worker

MOST, LATELY = 60, 10
SEEN_WITHIN = timedelta(hours=3)
"""Growth is worked out from the readings of this time."""


class ReachForm(forms.Form):
    """What a person read off a post that Kept cannot look at."""

    followers = forms.IntegerField(label=gettext_lazy("Followers of who wrote it"), required=False, min_value=0)
    reposts = forms.IntegerField(label=gettext_lazy("Passed on"), required=False, min_value=0)
    views = forms.IntegerField(label=gettext_lazy("Views"), required=False, min_value=0)


@dataclass(frozen=True, slots=True)
class Voice:
    """One matter as it stands in public: its row, its last post, how many more people an hour."""

    row: Row
    post: Message | None
    an_hour: int
    posted: Posted | None


@desk
@require_safe
def said_in_public(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    me, moment = worker(request), now()
    cases = list(_open(me)[:MOST])
    context = {
        "voices": list(_voices(cases, now=moment)),
        "ended": _ended(me),
        "form": ReachForm(auto_id=False),
        **more,
    }
    return show(request, "desk/said_in_public.html", context, here="said_in_public", status=status)


def _open(me: Employee) -> list[Case]:
    """Danger first, then whoever has waited past their hour, then by what falls due; reach decides among equals."""
    seen = Case.objects.visible_to(me).open().filter(media__contains="post").select_related(*ROW)
    in_order = seen.order_by(F("next_due_at").asc(nulls_last=True), F("reach").desc(nulls_last=True), "id")[: MOST * 2]
    return sorted(in_order, key=lambda case: not case.danger)


ROW = ("customer", "owner", "policy__calendar", "place")


def _ended(me: Employee) -> list[Case]:
    ended = Case.objects.visible_to(me).filter(ended_at__isnull=False, reach__isnull=False)
    return list(ended.select_related("customer", "owner").order_by("-ended_at", "-id")[:LATELY])


def _voices(cases: list[Case], *, now: datetime) -> Iterable[Voice]:
    """Two questions for the whole page: their last posts, and the readings of the last hours."""
    posts: dict[int, Message] = {}
    for post in Message.objects.filter(case__in=cases, is_theirs=True, medium="post").select_related("posted").order_by("id"):
        posts[post.case_id] = post
    readings: dict[int, list[ReachReading]] = defaultdict(list)
    recent = ReachReading.objects.filter(message__in=posts.values(), at__gt=now - SEEN_WITHIN).order_by("-id")
    for reading in recent:
        readings[reading.message_id].append(reading)
    for case in cases:
        its = posts.get(case.pk)
        an_hour = growth(readings[its.pk], now=now) if its else 0
        yield Voice(row(case, now=now), its, an_hour, getattr(its, "posted", None))


@desk
@require_POST
def post_reach(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """How far it reaches stands on the matter, as somebody read it off the post; a mistake comes back with what was typed."""
    me = worker(request)
    posts = Message.objects.filter(case__in=Case.objects.visible_to(me)).select_related("case")
    post = get_object_or_404(posts, public_id=message_id)
    form = ReachForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, status=422, mistaken=post.pk, form=form)
    write_reach(post, Counted(**form.cleaned_data), by=me, now=now())
    messages.success(request, _("Written down."))
    return HttpResponseRedirect(reverse("said_in_public"))
