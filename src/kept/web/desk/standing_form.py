"""What an admin fills in about one promise to everybody."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.people.models import Employee
from kept.places.models import Place
from kept.promises.models import SaidWhere, StandingPromise
from kept.promises.standing import Terms
from kept.web.desk.beginnings import BeganWith
from kept.web.media import Words

KINDS: Final[dict[str, Words]] = {
    "question": _("Question"),
    "problem": _("Problem"),
    "complaint": _("Complaint"),
    "praise": _("Praise"),
    "idea": _("Idea"),
    "request": _("Request"),
}


class StandingForm(forms.Form):
    """What it says and where, whether it names an hour, whom it is about, from when until when, and why."""

    says = forms.CharField(
        label=_("What is promised"),
        max_length=300,
        help_text=_("As everybody can read it: “A hot pizza, or your money back”."),
        error_messages={"required": _("Write what is promised, as everybody can read it")},
    )
    said_in = forms.ChoiceField(label=_("Where it is said"), choices=SaidWhere.choices)
    where = forms.CharField(
        label=_("Where exactly"), required=False, max_length=200, help_text=_("The menu, page 1; the name of the map.")
    )
    within = forms.DecimalField(
        label=_("Within (hours)"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=8760,
        decimal_places=2,
        help_text=_("By the clock, from their first word on a matter. Empty: it names no hour."),
    )
    place = forms.ModelChoiceField(label=_("At"), required=False, queryset=Place.objects.none(), empty_label=_("every place"))
    kind = forms.ChoiceField(label=_("For"), required=False)
    since_on = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    began_with = BeganWith()

    def __init__(self, *args: Any, me: Employee, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("every kind")), *KINDS.items()]  # type: ignore[attr-defined]
        self.fields["began_with"].offer(me, chosen=chosen)  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """What was filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "within"}
        within = self.cleaned_data["within"]
        return Terms(**said, within_minutes=round(within * 60) if within else None)


def known(standing: StandingPromise) -> dict[str, object]:
    """As the form shows it."""
    names = ("says", "said_in", "where", "place", "kind", "since_on", "until_on", "began_with")
    within = Decimal(f"{round(standing.within_minutes / 60, 2):g}") if standing.within_minutes else None
    return {**{name: getattr(standing, name) for name in names}, "within": within}
