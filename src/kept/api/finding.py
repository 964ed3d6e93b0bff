"""Find a row by the id the outside knows, among what this token may see."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from kept.api.entering import token_of
from kept.api.problems import Wrong
from kept.cases.models import Case, CaseQuerySet, Message
from kept.people.models import Identity
from kept.promises.models import Promise

Row = TypeVar("Row", bound=Model)
IDENTITIES = Prefetch("customer__identities", Identity.objects.order_by("id"))


def visible_cases(request: HttpRequest) -> CaseQuerySet:
    """The cases that this token's employee sees; without one, all."""
    cases = CaseQuerySet(Case)
    employee = token_of(request).employee
    return cases.visible_to(employee) if employee else cases


def shown_cases(request: HttpRequest) -> QuerySet[Case]:
    """The visible cases with all that their JSON needs."""
    return visible_cases(request).select_related("customer", "owner").prefetch_related(IDENTITIES)


def find_case(request: HttpRequest, id: str) -> Case:
    """The case, fresh from the database; 404 where there is none for this token."""
    return by_public_id(shown_cases(request).select_related("policy__calendar", "account"), id)


def find_message(request: HttpRequest, id: str) -> Message:
    """A message on a visible case; 404 otherwise."""
    messages = Message.objects.filter(case__in=visible_cases(request), taken_back_at__isnull=True)
    return by_public_id(messages.select_related("case__owner", "case__policy__calendar"), id)


def find_promise(request: HttpRequest, id: str) -> Promise:
    """A promise on a visible case; 404 otherwise."""
    promises = Promise.objects.filter(case__in=visible_cases(request))
    return by_public_id(promises.select_related("case__owner", "by", "said_in"), id)


def by_public_id(rows: QuerySet[Row], id: str) -> Row:
    """The row with this id. Raises Http404, also for what is no id at all."""
    try:
        found = rows.filter(public_id=uuid.UUID(id)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def named(rows: QuerySet[Row], id: str, *, field: str) -> Row:
    """The row that `field` of the request's body names. Raises Wrong when there is none."""
    try:
        return by_public_id(rows, id)
    except Http404:
        raise Wrong(field, _("there is none with this id")) from None


def last_word(case: Case) -> Message | None:
    """The customer's newest word on the case."""
    return Message.objects.filter(case=case, is_theirs=True).order_by("-id").first()
