"""What an owner of a form fills in about it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WebformSettings(forms.Form):
    """The form's settings; all may stay empty."""

    subject_line = forms.CharField(
        label=_("Subject of everything this form brings"),
        required=False,
        max_length=200,
        help_text=_("Empty: customers write their own."),
    )
    region = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("Country of phone numbers without +"), required=False, help_text=_("Two letters, such as GB.")
    )
    asks_wish = forms.ChoiceField(
        label=_("Ask what would put it right"), required=False, initial="yes", choices=[("yes", _("Yes")), ("no", _("No"))]
    )

    def clean_asks_wish(self) -> str:
        """Yes unless told otherwise."""
        return self.cleaned_data["asks_wish"] or "yes"
