"""Cards to print about one of us: a good word for somebody without a screen, “did I do well?” for somebody's pocket."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.people.linking import about_link
from kept.people.presence import house, manager_of
from kept.places.models import Brand
from kept.recognition.leading import may_see_page_of
from kept.recognition.models import Recognition
from kept.recognition.passing_on import printed
from kept.web.desk.person_page import page_of
from kept.web.desk.workroom import desk, show, worker
from kept.web.qr import qr


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def praise_card(request: HttpRequest, praise_id: uuid.UUID) -> HttpResponse:
    """The customer's words on a card; POST notes that it was printed for them."""
    me = worker(request)
    found = Recognition.objects.select_related("employee__manager", "employee__team__manager", "manager", "customer")
    praise = get_object_or_404(found, public_id=praise_id, state="passed_on")
    if praise.employee is None or not may_see_page_of(praise.employee, me, now=now()):
        raise Http404
    if request.method == "POST":
        printed(praise, by=me, now=now())
        return HttpResponseRedirect(reverse("recognition_card", args=[praise.public_id]))
    back = f"{reverse('person_praise', args=[praise.employee.public_id])}#p-{praise.public_id}"
    return show_card(request, "praise", back=back, praise=praise, person=praise.employee)


@desk
@require_safe
def person_card(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """“Did I do well, or not? Tell my manager.”, with the way there."""
    person = page_of(request, person_id)
    link = about_link(person)
    manager = manager_of(person, of_house=house(), at=now())
    back = reverse("person_praise", args=[person.public_id])
    return show_card(request, "person", back=back, person=person, manager=manager, link=link)


def show_card(request: HttpRequest, kind: str, *, back: str, **drawn: object) -> HttpResponse:
    """The page around a card. The card itself speaks the language of the brand: it is for a pocket, a counter, a wall."""
    brand, zone = Brand.objects.order_by("pk").first(), default_calendar().zone
    with translation.override(brand.language if brand else None):
        context = {"brand": brand, "zone": zone, "now": now(), "qr": qr, **drawn}
        card = Markup(render_to_string(f"cards/{kind}.html", context))  # noqa: S704 - our own template, escaped there
    context = {"card": card, "kind": kind, "back": back, "praise": drawn.get("praise"), "zone": zone}
    return show(request, "desk/card.html", context, here="recognition")
