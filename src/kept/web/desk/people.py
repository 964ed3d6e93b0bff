"""Who works here: add somebody, change them, let them in, send them off with their cases handed on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.cases.assigning import unanswered_by_owner
from kept.cases.leaving import change, leave
from kept.lib.address import base_url
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.adding import add_employee
from kept.people.changing import change_employee
from kept.people.inviting import make_sign_in_link
from kept.people.models import Employee, Role, Team
from kept.people.presence import house
from kept.places.models import Place
from kept.recognition.leading import may_see_page_of
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, for_admins, for_managers, in_house_time, show, worker

NOBODY = gettext_lazy("Nobody")
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class When(forms.DateTimeInput):
    """A day and an hour as browsers let one pick them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=FORMATS[0])


class Person(forms.Form):
    """What is known of somebody who works here."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, error_messages={"required": gettext_lazy("Say the person’s name")}
    )
    email = forms.EmailField(label=gettext_lazy("E-mail (for signing in)"), required=False)
    public_name = forms.CharField(label=gettext_lazy("Name for customers"), required=False, max_length=120)
    job = forms.CharField(label=gettext_lazy("What they do, as customers read it"), required=False, max_length=160)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.EMPLOYEE)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"), queryset=Team.objects.order_by("name"), required=False, empty_label=gettext_lazy("None")
    )
    manager = forms.ModelChoiceField(
        label=gettext_lazy("Manager"),
        queryset=Employee.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=NOBODY,
    )
    stand_in = forms.ModelChoiceField(
        label=gettext_lazy("Stand-in"),
        queryset=Employee.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=NOBODY,
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Place.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("Not at a certain place"),
    )
    nicknames = forms.CharField(
        label=gettext_lazy("Other names customers use"),
        help_text=gettext_lazy("With commas between: Mira, Ami."),
        required=False,
        max_length=200,
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("Customers may choose them from a list when they say a good word"), required=False, initial=True
    )
    answers = forms.BooleanField(label=gettext_lazy("Answers customers"), required=False, initial=True)
    follow_ups_a_week = forms.IntegerField(
        label=gettext_lazy("Survey answers they can follow up in a week"),
        help_text=gettext_lazy(
            "Only as many customers are asked how it was as can be answered. What already waits for them counts."
        ),
        required=False,
        min_value=0,
        max_value=500,
        error_messages={
            "invalid": gettext_lazy("Write a whole number, such as 20"),
            "min_value": gettext_lazy("Write 0 if they take on none"),
            "max_value": gettext_lazy("Nobody can follow up that many; write at most 500"),
        },
    )
    away_from = forms.DateTimeField(label=gettext_lazy("Away from"), required=False, input_formats=FORMATS, widget=When)
    away_until = forms.DateTimeField(label=gettext_lazy("Away until"), required=False, input_formats=FORMATS, widget=When)

    def clean_follow_ups_a_week(self) -> int:
        """Left empty, they take on none."""
        return self.cleaned_data["follow_ups_a_week"] or 0


@desk
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by name; no figures beside anybody but what waits for them now, which only managers see."""
    me = worker(request)
    everybody = Employee.objects.select_related("team", "manager", "stand_in").order_by("-is_active", "name")
    context = {"people": list(everybody), "load": unanswered_by_owner() if me.leads_others else {}, "can_change": me.is_admin}
    return show(request, "desk/people.html", context, here="people")


@for_admins
@in_house_time
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody is added; with an address they get a sign-in link to pass on."""
    form = Person(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return show(request, "desk/person_form.html", {"form": form, "person": None}, here="people", status=status)
    try:
        employee = _add(form.cleaned_data, by=worker(request))
    except Refusal as refusal:
        context = {"form": form, "person": None, "refusal": refusal}
        return show(request, "desk/person_form.html", context, here="people", status=409)
    return HttpResponseRedirect(reverse("person", args=[employee.public_id]))


@transaction.atomic
def _add(typed: dict[str, Any], *, by: Employee) -> Employee:
    employee = add_employee(typed["name"], now=now(), email=typed["email"], role=typed["role"], by=by)
    change_employee(employee, typed, by=by, now=now())
    return employee


@for_managers
@in_house_time
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """One person; admins may change everything, managers look."""
    employee, me = get_object_or_404(Employee, public_id=person_id), worker(request)
    known = {name: getattr(employee, name) for name in Person.base_fields}
    form = Person(request.POST, initial=known) if request.method == "POST" else Person(initial=known)
    leads = may_see_page_of(employee, me, now=now())
    context = {"form": form, "person": employee, "can_change": me.is_admin, "leads": leads}
    if request.method != "POST":
        return show(request, "desk/person_form.html", context, here="people")
    if not me.is_admin:
        return show(
            request, "desk/person_form.html", {**context, "refusal": _("Only admins change people.")}, here="people", status=403
        )
    if not form.is_valid():
        return show(request, "desk/person_form.html", context, here="people", status=422)
    try:
        change(employee, form.cleaned_data, by=me, of_house=house(), now=now())
    except Refusal as refusal:
        return show(request, "desk/person_form.html", {**context, "refusal": refusal}, here="people", status=409)
    messages.success(request, _("%(name)s is changed.") % {"name": employee.name})
    return HttpResponseRedirect(reverse("person", args=[employee.public_id]))


@for_admins
@in_house_time
@require_POST
def let_in(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """A one-time link for them, shown once, here."""
    employee = get_object_or_404(Employee, public_id=person_id, is_active=True)
    link = f"{base_url()}{reverse('sign_in_link', args=[make_sign_in_link(employee, now=now())])}"
    known = {name: getattr(employee, name) for name in Person.base_fields}
    context = {"form": Person(initial=known), "person": employee, "can_change": True, "link": link}
    return show(request, "desk/person_form.html", context, here="people")


@for_admins
@require_POST
def send_off(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """They have left: no sign-in, and whatever they owned has another owner."""
    employee = get_object_or_404(Employee, public_id=person_id)
    handed = leave(employee, by=worker(request), of_house=house(), now=now())
    messages.success(request, _("%(name)s has left; %(count)d cases were handed on.") % {"name": employee.name, "count": handed})
    return HttpResponseRedirect(reverse("people"))


@desk
@require_POST
def theme(request: HttpRequest) -> HttpResponse:  # no event: how somebody likes their own screen
    """Light, dark, or as the device says."""
    me = worker(request)
    chosen = request.POST.get("theme", "")
    me.theme = chosen if chosen in {"light", "dark"} else "follow"
    me.save(update_fields=["theme"])
    return HttpResponseRedirect(way_back(request) or reverse("inbox"))
