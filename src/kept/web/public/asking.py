"""The fields of the public form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Contact(forms.Form):
    """What a customer may tell us; only their words are needed, and an address if they want an answer there."""

    name = forms.CharField(label=_("Your name"), required=False, max_length=200)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write the address as in name@example.org")},
    )
    phone = forms.CharField(label=_("Your phone number"), required=False, max_length=40)
    message = forms.CharField(
        label=_("What happened?"),
        max_length=50_000,
        widget=forms.Textarea,
        error_messages={"required": _("Say what happened, in your own words")},
    )
    wish = forms.CharField(label=_("What would put it right?"), required=False, max_length=5_000, widget=forms.Textarea)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, widget=forms.TextInput)
    """Nobody sees this field; a robot that fills in everything fills it in too."""
