"""What a manager fills in about one remedy."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.people.models import Employee, Role
from kept.remedies.models import Remedy
from kept.remedies.setting_up import Terms
from kept.web.desk.beginnings import BeganWith


class RemedyForm(forms.Form):
    """Its name, its limits, who is asked beyond them, and how long that and the doing may take."""

    name = forms.CharField(
        label=_("What is given"),
        help_text=_("As the customer reads it: “your money back”, “a new pizza”, “a call from the manager”."),
        max_length=120,
        error_messages={"required": _("Say what is given, as the customer reads it")},
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        help_text=_("Three letters, such as GBP. Empty: it has no price and is counted in pieces."),
    )
    limit_per_case = forms.DecimalField(
        label=_("In one case, up to"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    limit_per_employee = forms.DecimalField(
        label=_("By one of us in a week, up to"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    limit_per_week = forms.DecimalField(
        label=_("By all of us in a week, up to"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("Set at least one of the three. With 0 it is always asked for."),
    )
    asks = forms.ModelChoiceField(label=_("Who is asked beyond that"), queryset=Employee.objects.none(), empty_label=None)
    answer_within = forms.DecimalField(
        label=_("Their word within (working hours)"), min_value=0, max_value=2000, decimal_places=2, initial=4
    )
    done_within = forms.DecimalField(
        label=_("Done within (working hours)"),
        min_value=0,
        max_value=2000,
        decimal_places=2,
        initial=40,
        help_text=_("The customer is promised the hour that this comes to."),
    )

    began_with = BeganWith()

    def __init__(self, *args: object, me: Employee, chosen: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["began_with"].offer(me, chosen=chosen)  # type: ignore[attr-defined]
        managers = Employee.objects.filter(is_active=True, role__in=[Role.MANAGER, Role.ADMIN]).order_by("name")
        self.fields["asks"].queryset = managers  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """What was filled in."""
        said = self.cleaned_data
        return Terms(
            name=said["name"],
            asks=said["asks"],
            currency=said["currency"].strip().upper(),
            limit_per_case=said["limit_per_case"],
            limit_per_employee=said["limit_per_employee"],
            limit_per_week=said["limit_per_week"],
            answer_within_minutes=round(said["answer_within"] * 60),
            done_within_minutes=round(said["done_within"] * 60),
            began_with=said["began_with"],
        )


def known(remedy: Remedy) -> dict[str, object]:
    """As the form shows it."""
    names = ("name", "currency", "limit_per_case", "limit_per_employee", "limit_per_week", "asks", "began_with")
    hours = {"answer_within": remedy.answer_within_minutes, "done_within": remedy.done_within_minutes}
    return {
        **{name: getattr(remedy, name) for name in names},
        **{name: Decimal(f"{round(minutes / 60, 2):g}") for name, minutes in hours.items()},
    }
