"""The fields of the public form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.accounts.models import ChannelAccount


class Contact(forms.Form):
    """What a customer may tell us; only their words are needed, and an address if they want an answer there."""

    message = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words, as long or as short as you like."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Say what happened, in your own words"),
            "max_length": _("Say it in fewer than %(limit_value)d letters, or send the rest as a file"),
        },
    )
    wish = forms.CharField(
        label=_("What would put it right?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Say it in fewer than %(limit_value)d letters")},
    )
    subject = forms.CharField(label=_("What is it about, in a few words?"), required=False, max_length=200)
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Where you hear from us. Without it, keep the link to your page: we answer there."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address as in name@example.org")},
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"max_length": _("Write the number alone")},
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, widget=forms.TextInput)
    """Nobody sees this field; a robot that fills in everything fills it in too."""

    def asked_by(self, account: ChannelAccount) -> list[forms.BoundField]:
        """The fields that this account asks for, in order."""
        left_out = {"form_token", "website"}
        if account.settings.get("asks_wish") == "no":
            left_out.add("wish")
        if account.settings.get("subject_line"):
            left_out.add("subject")
        return [self[name] for name in self.fields if name not in left_out]
