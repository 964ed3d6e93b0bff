"""The settings of the whole house: who is asked, when it is open, how soon it answers, what the public sees."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kept.accounts.models import Calendar, SlaPolicy
from kept.accounts.policies import default_calendar
from kept.accounts.timing import change_hours, change_policy
from kept.lib.clock import now
from kept.lib.opening_times import WEEKDAYS
from kept.lib.refusal import Refusal
from kept.people.changing import HOUSE_CHANGEABLE, change_house
from kept.people.models import Employee
from kept.people.presence import house
from kept.places.models import Brand
from kept.places.naming import name_public_pages, rename
from kept.web.desk.house_form import OurHouse, Times
from kept.web.desk.workroom import for_admins, show, worker

IN_PUBLIC = "post"
"""The answer times of what others read along: those alone may run day and night."""


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The page; on POST all of it is kept, or none with what to mend."""
    calendar, policies = default_calendar(), list(SlaPolicy.objects.select_related("calendar").order_by("pk"))
    typed = request.POST if request.method == "POST" else None
    form = OurHouse(typed, initial=_known(calendar))
    times = [(policy, _times(policy, typed, worker(request))) for policy in policies]
    context: dict[str, object] = {"form": form, "times": times, "days": [form[f"open_{day}"] for day in WEEKDAYS]}
    if typed is None:
        return show(request, "desk/house.html", context, here="house")
    if not all([form.is_valid(), *(one.is_valid() for _policy, one in times)]):
        return show(request, "desk/house.html", context, here="house", status=422)
    try:
        _keep(form, times, calendar, by=worker(request))
    except Refusal as refusal:
        return show(request, "desk/house.html", {**context, "refusal": refusal}, here="house", status=409)
    messages.success(request, _("The house is changed."))
    return HttpResponseRedirect(reverse("house"))


def _times(policy: SlaPolicy, typed: QueryDict | None, me: Employee) -> Times:
    form = Times(typed, prefix=policy.name, initial=_known_of(policy))
    form.offer(me, chosen=policy.began_with)
    if policy.name != IN_PUBLIC:
        del form.fields["never_rests"]
    return form


def _known(calendar: Calendar) -> dict[str, object]:
    ours, brand = house(), Brand.objects.order_by("pk").first()
    days = {f"open_{day}": ", ".join(f"{opens}-{closes}" for opens, closes in calendar.week.get(day, ())) for day in WEEKDAYS}
    return {
        **{name: getattr(ours, name) for name in HOUSE_CHANGEABLE},
        "brand_name": brand.name if brand else ours.name,
        "brand_address": brand.address if brand else "",
        "public_pages": "\n".join(f"{page['name']} {page['url']}" for page in brand.public_pages) if brand else "",
        "zone": calendar.zone,
        "country": calendar.country,
        "closed_on": ", ".join(calendar.closed_on),
        **days,
    }


def _known_of(policy: SlaPolicy) -> dict[str, object]:
    return {**_hours_of(policy), "began_with": policy.began_with, "never_rests": not policy.calendar.week}


def _hours_of(policy: SlaPolicy) -> dict[str, Decimal]:
    minutes = {
        "first": policy.first_answer_minutes,
        "following": policy.next_answer_minutes,
        "update": policy.update_every_minutes,
    }
    return {name: Decimal(f"{round(count / 60, 2):g}") for name, count in minutes.items()}


@transaction.atomic
def _keep(form: OurHouse, times: list[tuple[SlaPolicy, Times]], calendar: Calendar, *, by: Employee) -> None:
    said, moment = form.cleaned_data, now()
    change_house(house(), said, by=by, now=moment)
    if (brand := Brand.objects.order_by("pk").first()) is not None:
        rename(brand, name=said["brand_name"], address=said["brand_address"], by=by, now=moment)
        name_public_pages(brand, said["public_pages"], by=by, now=moment)
    week = {day: said[f"open_{day}"] for day in WEEKDAYS if said[f"open_{day}"]}
    if form.has_changed() and {*form.changed_data} & {"zone", "country", "closed_on", *(f"open_{day}" for day in WEEKDAYS)}:
        change_hours(
            calendar,
            zone=said["zone"],
            week=week,
            country=said["country"].upper(),
            closed_on=said["closed_on"],
            by=by,
            now=moment,
        )
    for policy, one in times:
        if one.has_changed():
            said = one.cleaned_data
            change_policy(
                policy,
                first_answer_minutes=round(said["first"] * 60),
                next_answer_minutes=round(said["following"] * 60),
                update_every_minutes=round(said["update"] * 60),
                began_with=said["began_with"],
                never_rests=said.get("never_rests"),
                by=by,
                now=moment,
            )
