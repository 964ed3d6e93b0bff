"""The places of the house and the points where customers meet us, for admins: names, short names, who leads them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.places.placing import add_place, add_touchpoint, change_place, change_touchpoint
from kept.web.desk.workroom import for_admins, show, worker

NOBODY = gettext_lazy("Nobody")
WHAT_IT_IS_CALLED = gettext_lazy("Say what it is called")


class _Led(forms.Form):
    """What a place and a touchpoint have in common."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, error_messages={"required": WHAT_IT_IS_CALLED})
    manager = forms.ModelChoiceField(
        label=gettext_lazy("Manager"), queryset=Employee.objects.none(), required=False, empty_label=NOBODY
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = Employee.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]


class PlaceForm(_Led):
    """A shop, a kitchen, a region."""

    slug = forms.CharField(
        label=gettext_lazy("Short name in links and on cards"),
        help_text=gettext_lazy("Left empty: made from the name. Cards already printed keep the old one."),
        required=False,
        max_length=60,
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Part of"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing larger"),
    )
    field_order = ("name", "slug", "parent", "manager")

    def __init__(self, *args: Any, of: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Place.objects.exclude(pk=of.pk) if of else Place.objects.all()
        self.fields["parent"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class TouchpointForm(_Led):
    """The delivery, the counter, the bill."""

    key = forms.CharField(
        label=gettext_lazy("As programs and lists call it"),
        help_text=gettext_lazy("Such as: delivered. Left empty: made from the name."),
        required=False,
        max_length=60,
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Where"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not at a certain place"),
    )
    customers_report = forms.BooleanField(
        label=gettext_lazy("Customers, too, may report small things here"),
        required=False,
    )
    field_order = ("name", "key", "place", "manager", "customers_report")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by("name")  # type: ignore[attr-defined]


@for_admins
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every place and every touchpoint."""
    context = {
        "places": list(Place.objects.select_related("parent", "manager").order_by("name")),
        "touchpoints": list(Touchpoint.objects.select_related("place", "manager").order_by("name")),
    }
    return show(request, "desk/places.html", context, here="places")


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: HttpRequest) -> HttpResponse:
    """One more place."""
    form = PlaceForm(request.POST or None)
    return _keep(request, form, lambda said: add_place(**said, by=worker(request), now=now()), title=_("Add a place"))


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Its name, what it is part of, who leads it."""
    found = get_object_or_404(Place, pk=place_id)
    known = {"name": found.name, "slug": found.slug, "parent": found.parent_id, "manager": found.manager_id}
    form = PlaceForm(request.POST or None, initial=known, of=found)
    return _keep(request, form, lambda said: change_place(found, **said, by=worker(request), now=now()), title=found.name)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_new(request: HttpRequest) -> HttpResponse:
    """One more point where customers meet us."""
    form = TouchpointForm(request.POST or None)
    return _keep(request, form, lambda said: add_touchpoint(**said, by=worker(request), now=now()), title=_("Add a touchpoint"))


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint(request: HttpRequest, touchpoint_id: int) -> HttpResponse:
    """Its name, where it is, who leads it."""
    found = get_object_or_404(Touchpoint, pk=touchpoint_id)
    known = {
        "name": found.name, "key": found.key, "place": found.place_id, "manager": found.manager_id,
        "customers_report": found.customers_report,
    }  # fmt: skip
    form = TouchpointForm(request.POST or None, initial=known)
    return _keep(request, form, lambda said: change_touchpoint(found, **said, by=worker(request), now=now()), title=found.name)


def _keep(request: HttpRequest, form: forms.Form, act: Any, *, title: str) -> HttpResponse:
    """The form; on POST what it says is so, or it comes back with everything typed."""
    context: dict[str, object] = {"form": form, "title": title}
    if request.method != "POST":
        return show(request, "desk/place_form.html", context, here="places")
    if not form.is_valid():
        return show(request, "desk/place_form.html", context, here="places", status=422)
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        return show(request, "desk/place_form.html", {**context, "refusal": refusal}, here="places", status=409)
    messages.success(request, _("%(name)s is kept.") % {"name": form.cleaned_data["name"]})
    return HttpResponseRedirect(reverse("places"))
