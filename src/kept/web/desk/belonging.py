"""Who this is, and what belongs together: customers who are one person, matters that are one. Seen first, and undone (R2)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.cases.confirming import one_person
from kept.cases.models import Case, Participant
from kept.channels.cleaning import clean_line
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.outcomes.joining import Preview, join, part, preview
from kept.people import joining as customers
from kept.people.models import Customer, Identity, Joining
from kept.web.desk.case import find
from kept.web.desk.chosen import id_in
from kept.web.desk.workroom import desk, show, worker

MOST = 10


@dataclass(frozen=True, slots=True)
class Other:
    """Another customer who may be the same person: their addresses, and how many matters would come along."""

    customer: Customer
    addresses: list[str]
    matters: int


@dataclass(frozen=True, slots=True)
class Matter:
    """Another open matter of theirs, and what joining would do, or why it cannot be."""

    case: Case
    would: Preview | None
    why_not: str = ""


@desk
@require_safe
def belonging(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The page; `address` looks for whoever is known by it."""
    return _page(request, find(request, case_id))


def _page(request: HttpRequest, found: Case, *, status: int = 200, **more: object) -> HttpResponse:
    looked_for = clean_line(request.GET.get("address", ""), limit=320)
    context = {
        "case": found,
        "identities": list(found.customer.identities.order_by("id")),
        "looked_for": looked_for,
        "others": _others(found, looked_for),
        "matters": _matters(request, found),
        "joined": _joined(found),
        **more,
    }
    return show(request, "desk/belonging.html", context, here="inbox", status=status)


def _others(found: Case, address: str) -> list[Other]:
    """Whoever wrote on this matter and is not known, and whoever is known by the address that somebody typed."""
    waiting = Participant.objects.filter(case=found, is_confirmed=False).exclude(customer=found.customer_id)
    named = Identity.objects.filter(value__iexact=address) if address else Identity.objects.none()
    either = Q(pk__in=waiting.values("customer")) | Q(pk__in=named.values("customer"))
    people = Customer.objects.filter(either, identities__isnull=False).exclude(pk=found.customer_id).distinct()
    people = people.prefetch_related("identities").order_by("pk")[:MOST]
    return [
        Other(one, [identity.shown for identity in one.identities.all()], Case.objects.filter(customer=one).count())
        for one in people
    ]


def _matters(request: HttpRequest, found: Case) -> list[Matter]:
    cases = Case.objects.visible_to(worker(request)).filter(customer=found.customer_id, is_open=True)
    others = cases.exclude(pk=found.pk).select_related("owner", "customer").order_by("-id")[:MOST]
    return [_matter(found, other) for other in others] if found.is_open else []


def _matter(found: Case, other: Case) -> Matter:
    try:
        return Matter(other, preview(found, other))
    except Refusal as refusal:
        return Matter(other, None, str(refusal))


def _joined(found: Case) -> list[tuple[Joining, str]]:
    """What was joined to this matter or its customer, with a name for each."""
    standing = Joining.objects.filter(into__in=[found.about, f"customer:{found.customer_id}"], undone_at__isnull=True)
    rows = list(standing.order_by("-id")[:MOST])
    cases = {case.about: str(case) for case in Case.objects.filter(joined_into=found)}
    addresses = {row.pk: row.moved.get("kept.identity.customer", []) for row in rows}
    moved = Identity.objects.filter(pk__in=[pk for keys in addresses.values() for pk in keys])
    values = {identity.pk: identity.shown for identity in moved}
    return [(row, cases.get(row.gone) or ", ".join(values.get(pk, "") for pk in addresses[row.pk])) for row in rows]


@desk
@require_POST
def join_matter(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Two matters are one, on the elder."""
    found, me = find(request, case_id), worker(request)
    other = Case.objects.visible_to(me).filter(public_id=id_in(request.POST.get("other", ""))).first()
    try:
        if other is None:
            raise Refusal(_("Say which other matter is meant."))
        into = join(found, other, by=me, now=now())
    except Refusal as refusal:
        return _page(request, found, status=409, refusal=refusal)
    messages.success(request, _("It is one matter now, with one clock."))
    return HttpResponseRedirect(reverse("case", args=[into.public_id]))


@desk
@require_POST
def same_person(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Two customers are one person."""
    found = find(request, case_id)
    chosen = id_in(request.POST.get("customer", ""))
    looked_at = _others(found, request.POST.get("address", ""))
    try:
        other = next((one.customer for one in looked_at if one.customer.public_id == chosen), None)
        if other is None:
            raise Refusal(_("Look for them by their address first."))
        one_person(other, found.customer, by=worker(request), now=now())
    except Refusal as refusal:
        return _page(request, found, status=409, refusal=refusal)
    messages.success(request, _("They are one person from now on."))
    return _back(found)


@desk
@require_POST
def take_apart(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """It was a mistake: exactly what was moved goes back."""
    found, me, moment = find(request, case_id), worker(request), now()
    mine = [row for row, _name in _joined(found) if str(row.pk) == request.POST.get("joining", "")]
    try:
        for row in mine:
            if row.gone.startswith("case:"):
                part(row, by=me, now=moment)
            else:
                customers.part(row, by=me, now=moment)
    except Refusal as refusal:
        return _page(request, found, status=409, refusal=refusal)
    if mine:
        messages.success(request, _("They are apart again, each with what was theirs."))
    return _back(found)


def _back(found: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_belonging", args=[found.public_id]))
