"""What stood in my way: one key on a case, and the root that it names."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.causes.gathering import STOOD_IN_MY_WAY, gather, say_what_stood_in_the_way
from kept.causes.models import Cause
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.web.desk.acting import on_a_case
from kept.web.desk.workroom import worker


@on_a_case("cause")
def say_it(request: HttpRequest, case: Case) -> None:
    """The root that was picked, or the one that was typed, has this case."""
    me, picked, typed = worker(request), request.POST.get("cause", ""), request.POST.get("title", "")
    if typed.strip():
        gathered = say_what_stood_in_the_way(case, typed, by=me, now=now())
    elif picked:
        known = _picked(picked, me)
        if known is None:
            raise Refusal(_("Choose one of them, or type what stood in your way."))
        gathered = gather(known, case, by=me, now=now(), why=STOOD_IN_MY_WAY)
    else:
        raise Refusal(_("Choose one of them, or type what stood in your way."))
    undo = f"{reverse('gathered_let_go', args=[gathered.pk])}?from=case"
    messages.success(request, _("Noted: %(title)s") % {"title": gathered.cause.title}, extra_tags=undo)


def _picked(key: str, me: Employee) -> Cause | None:
    try:
        return Cause.objects.visible_to(me).decided().filter(public_id=uuid.UUID(key)).first()
    except ValueError:
        return None
