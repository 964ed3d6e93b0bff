"""The settings of the whole house: who is asked, when it is open, how soon it answers, what the public sees."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.models import Calendar, SlaPolicy
from kept.accounts.policies import default_calendar
from kept.accounts.timing import change_hours, change_policy
from kept.lib.clock import now
from kept.lib.opening_times import WEEKDAYS
from kept.lib.refusal import Refusal
from kept.people.changing import change_house
from kept.people.models import Employee
from kept.people.presence import house
from kept.places.models import Brand
from kept.places.naming import rename
from kept.web.desk.workroom import for_admins, show, worker

SPAN = re.compile(r"^\s*(\d{1,2}):?(\d{2})?\s*(?:-|–|to|bis)\s*(\d{1,2}):?(\d{2})?\s*$")
DAYS = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}


class Spans(forms.CharField):
    """Opening times as people write them: "9:00-12:00, 13:00-17:00"; empty is closed. Cleans to [["09:00", "12:00"], ...]."""

    def clean(self, value: object) -> list[list[str]]:
        """The spans of that day. Raises ValidationError with a sentence."""
        written = [part for part in re.split(r"[,;]", str(value or "")) if part.strip()]
        found = [SPAN.match(part) for part in written]
        if not all(found):
            raise forms.ValidationError(_("Write it as 9:00-17:00, or leave it empty for a closed day"))
        return [[f"{int(one[1]):02}:{one[2] or '00'}", f"{int(one[3]):02}:{one[4] or '00'}"] for one in found if one]


class Settings(forms.Form):
    """Everything about the house that an admin may change."""

    name = forms.CharField(label=gettext_lazy("Name of the house"), max_length=120)
    brand_name = forms.CharField(label=gettext_lazy("Name customers know you by"), max_length=120)
    brand_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Stands at the foot of mails."),
    )
    duty_owner = forms.ModelChoiceField(
        label=gettext_lazy("Has it when nobody else is there"), queryset=Employee.objects.none(), empty_label=None
    )
    duty_manager = forms.ModelChoiceField(
        label=gettext_lazy("Is told when an answer is half as late again"), queryset=Employee.objects.none(), empty_label=None
    )
    head = forms.ModelChoiceField(
        label=gettext_lazy("Is told when it takes twice as long"), queryset=Employee.objects.none(), empty_label=None
    )
    audit_is_public = forms.BooleanField(label=gettext_lazy("Show the audit’s sum to everybody, at /audit"), required=False)
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    country = forms.RegexField(
        "^[A-Za-z]{2}$",
        label=gettext_lazy("Public holidays of"),
        required=False,
        help_text=gettext_lazy("Two letters, such as GB."),
    )
    closed_on = forms.CharField(
        label=gettext_lazy("Also closed on"),
        required=False,
        help_text=gettext_lazy("Days such as 2026-12-24, with commas between."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        here = Employee.objects.filter(is_active=True).order_by("name")
        for name in ("duty_owner", "duty_manager", "head"):
            self.fields[name].queryset = here  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(zone, zone) for zone in sorted(available_timezones())]  # type: ignore[attr-defined]
        for day in WEEKDAYS:
            self.fields[f"open_{day}"] = Spans(label=DAYS[day], required=False)

    def clean_closed_on(self) -> list[str]:
        """The days in order. Raises ValidationError with a sentence."""
        try:
            return sorted(
                {date.fromisoformat(day).isoformat() for day in re.split(r"[,;\s]+", self.cleaned_data["closed_on"]) if day}
            )
        except ValueError:
            raise forms.ValidationError(_("Write each day as year-month-day, such as 2026-12-24")) from None


class Times(forms.Form):
    """How soon one kind of way in is answered, in working hours."""

    first = forms.DecimalField(label=gettext_lazy("First answer within (hours)"), min_value=0, decimal_places=2)
    following = forms.DecimalField(label=gettext_lazy("Each next answer within (hours)"), min_value=0, decimal_places=2)
    update = forms.DecimalField(label=gettext_lazy("A word at least every (hours)"), min_value=0, decimal_places=2)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The page; on POST all of it is kept, or none with what to mend."""
    calendar, policies = default_calendar(), list(SlaPolicy.objects.order_by("pk"))
    typed = request.POST if request.method == "POST" else None
    form = Settings(typed, initial=_known(calendar))
    times = [(policy, Times(typed, prefix=policy.name, initial=_hours_of(policy))) for policy in policies]
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


def _known(calendar: Calendar) -> dict[str, object]:
    ours, brand = house(), Brand.objects.order_by("pk").first()
    days = {f"open_{day}": ", ".join(f"{opens}-{closes}" for opens, closes in calendar.week.get(day, ())) for day in WEEKDAYS}
    return {
        **{name: getattr(ours, name) for name in ("name", "duty_owner", "duty_manager", "head", "audit_is_public")},
        "brand_name": brand.name if brand else ours.name,
        "brand_address": brand.address if brand else "",
        "zone": calendar.zone,
        "country": calendar.country,
        "closed_on": ", ".join(calendar.closed_on),
        **days,
    }


def _hours_of(policy: SlaPolicy) -> dict[str, Decimal]:
    minutes = {
        "first": policy.first_answer_minutes,
        "following": policy.next_answer_minutes,
        "update": policy.update_every_minutes,
    }
    return {name: Decimal(f"{round(count / 60, 2):g}") for name, count in minutes.items()}


@transaction.atomic
def _keep(form: Settings, times: list[tuple[SlaPolicy, Times]], calendar: Calendar, *, by: Employee) -> None:
    said, moment = form.cleaned_data, now()
    change_house(house(), said, by=by, now=moment)
    if (brand := Brand.objects.order_by("pk").first()) is not None:
        rename(brand, name=said["brand_name"], address=said["brand_address"], by=by, now=moment)
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
            hours = {name: round(value * 60) for name, value in one.cleaned_data.items()}
            change_policy(
                policy,
                first_answer_minutes=hours["first"],
                next_answer_minutes=hours["following"],
                update_every_minutes=hours["update"],
                by=by,
                now=moment,
            )
