"""What an admin may fill in about the house: names, people, opening hours, answer times."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.lib.opening_times import WEEKDAYS
from kept.people.models import Employee
from kept.web.desk.beginnings import BeganWith

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


class PublicPages(forms.CharField):
    """Pages as people write them, one a line: "Town guide https://guide.example/marlow". Cleans to (name, address) pairs."""

    def clean(self, value: object) -> list[tuple[str, str]]:
        """The pairs in order. Raises ValidationError with a sentence."""
        pairs = []
        for line in str(value or "").splitlines():
            name, _space, url = line.strip().rpartition(" ")
            if line.strip() and not (name.strip() and url.startswith(("https://", "http://"))):
                raise forms.ValidationError(_("Write each as its name, a space, and an address that begins with https://"))
            if line.strip():
                pairs.append((name.strip(), url))
        return pairs


class OurHouse(forms.Form):
    """Everything about the house that an admin may change."""

    name = forms.CharField(label=gettext_lazy("Name of the house"), max_length=120)
    brand_name = forms.CharField(label=gettext_lazy("Name customers know you by"), max_length=120)
    brand_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Stands at the foot of mails."),
    )
    public_pages = PublicPages(
        label=gettext_lazy("Where people speak of us in public"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: its name, then its address. Offered to everybody, whatever they said."),
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
    heard_is_public = forms.BooleanField(
        label=gettext_lazy("Show everybody what we heard and what we did about it, at /heard"), required=False
    )
    stories_are_public = forms.BooleanField(
        label=gettext_lazy("Show everybody the stories that customers let anybody read, at /stories, and take theirs at /story"),
        required=False,
    )
    told_if_good = forms.IntegerField(label=gettext_lazy("People told of a good ending"), min_value=0, max_value=1000)
    told_if_bad = forms.IntegerField(label=gettext_lazy("People told of a bad ending"), min_value=0, max_value=1000)
    told_source = forms.CharField(
        label=gettext_lazy("Where these two are from"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Stands beside the estimate. Empty: a survey of 2017 in the United States, with 11 and 15."),
    )
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
    never_rests = forms.BooleanField(label=gettext_lazy("Day and night: the clock of public posts never rests"), required=False)
    began_with = BeganWith()

    def offer(self, me: Employee, *, chosen: str) -> None:
        """The stories that this employee may choose."""
        self.fields["began_with"].offer(me, chosen=chosen)  # type: ignore[attr-defined]
