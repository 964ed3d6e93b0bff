"""The fields of a survey's page, and what must be mended in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.channels.handles import phone_number
from kept.surveys.measures import Scale

LONGEST = 50_000
CONSENTS = (
    ("name", _("Everyone who works here, with my name")),
    ("anon", _("Everyone who works here, without my name")),
    ("one", _("Only the person who looks after it")),
)


class AnswerForm(forms.Form):
    """One question, and everything else if they like. `knows_phone`, `knows_email`: we have one that they may choose."""

    score = forms.CharField(required=False, max_length=2)
    why = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"max_length": _("Say it in fewer than %(limit_value)d letters")},
    )
    contact = forms.ChoiceField(required=False, choices=[(one, one) for one in ("phone", "email", "no")])
    phone = forms.CharField(
        label=_("Your phone number"), required=False, max_length=40, error_messages={"max_length": _("Write the number alone")}
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write the address as in name@example.org")},
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=200)
    who = forms.CharField(required=False, max_length=300, error_messages={"max_length": _("Name them in fewer letters")})
    consent = forms.ChoiceField(required=False, choices=CONSENTS)

    def __init__(
        self, *typed: Any, scale: Scale, region: str = "", knows_phone: bool = False, knows_email: bool = False, **more: Any
    ) -> None:
        super().__init__(*typed, **more)
        self.scale, self.region, self.knows_phone, self.knows_email = scale, region, knows_phone, knows_email

    def clean_score(self) -> int | None:
        """A number of the scale, or none."""
        written = self.cleaned_data["score"].strip()
        if not written:
            return None
        if not (written.isascii() and written.isdecimal() and self.scale.has(int(written))):
            low, high = self.scale.lowest, self.scale.highest
            raise forms.ValidationError(_("Choose a number from %(low)d to %(high)d") % {"low": low, "high": high})
        return int(written)

    def clean_phone(self) -> str:
        """A number that can be rung, or none."""
        typed: str = self.cleaned_data["phone"].strip()
        if typed and not phone_number(typed, region=self.region):
            raise forms.ValidationError(_("Write the number with its country in front, such as +44 7700 900461"))
        return typed

    def clean(self) -> dict[str, Any]:
        """There is something in it, and a way to reach whoever wants to be reached."""
        said = super().clean() or self.cleaned_data
        wants, says_something = said.get("contact"), said.get("score") is not None or str(said.get("why", "")).strip()
        if not self.errors and not says_something and wants not in {"phone", "email"}:
            self.add_error("score", _("Choose a number, or say what happened"))
        if wants == "phone" and not said.get("phone") and "phone" not in self.errors and not self.knows_phone:
            self.add_error("phone", _("Write the number that we should ring"))
        if wants == "email" and not said.get("email") and "email" not in self.errors and not self.knows_email:
            self.add_error("email", _("Write the address that we should write to"))
        return said
