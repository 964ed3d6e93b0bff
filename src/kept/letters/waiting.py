"""The letters that lie there to be printed and posted, the first due first; what their readers wrote since stands beside them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kept.cases.models import Case, Message, MessageKind
from kept.people.models import Employee
from kept.replies.models import Letter


def waiting_for(me: Employee, *, whose: str = "all") -> QuerySet[Letter]:
    """What `me` may see of them; `whose` "mine": of the cases that are theirs. Each knows the `newer` word that overtook it."""
    found = Letter.objects.filter(is_waiting=True, message__case__in=Case.objects.visible_to(me))
    found = found.filter(message__case__owner=me) if whose == "mine" else found
    related = found.select_related("message__case__customer", "message__case__policy__calendar", "message__author")
    return related.annotate(newer=Subquery(_newer().values("text")[:1])).order_by("due_at", "id")


def _newer() -> QuerySet[Message]:
    """Words of theirs that its writer had not seen."""
    theirs = Message.objects.filter(case=OuterRef("message__case"), is_theirs=True)
    return theirs.filter(id__gt=Coalesce(OuterRef("message__answers_up_to"), 0)).order_by("-id")


def to_print(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Those that say what is still to be said; an acknowledgement answers nothing, so that nothing overtakes it."""
    return letters.filter(Q(newer__isnull=True) | Q(message__kind=MessageKind.ACKNOWLEDGEMENT))


def after(letters: QuerySet[Letter], last: Letter) -> QuerySet[Letter]:
    """The rest of them, beyond that one."""
    return letters.filter(Q(due_at=last.due_at, pk__gt=last.pk) | Q(due_at__gt=last.due_at))


def posted_since(me: Employee, moment: datetime) -> QuerySet[Letter]:
    """What was said to be posted since then, the last first: it can still be taken back."""
    found = Letter.objects.filter(said_at__gte=moment, message__case__in=Case.objects.visible_to(me))
    return found.select_related("message__case__customer", "said_by").order_by(F("said_at").desc(), "-id")
