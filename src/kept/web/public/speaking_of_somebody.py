"""The fields of the pages on which customers speak about one of us."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

SHOWN = [
    ("name", _("Yes, with my first name")),
    ("anon", _("Yes, without my name")),
    ("no", _("No, only to them and their manager")),
]
WENT = [("well", _("It was good")), ("badly", _("It was not good"))]
LONGEST = 20_000


class GoodWord(forms.Form):
    """What somebody did for them. Only their words are needed."""

    who = forms.CharField(required=False, max_length=40)
    hint = forms.CharField(
        label=_("How would we know them?"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Say it in fewer than %(limit_value)d letters")},
    )
    words = forms.CharField(
        label=_("What did they do?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Say what they did, in your own words"),
            "max_length": _("Say it in fewer than %(limit_value)d letters"),
        },
    )
    show = forms.ChoiceField(required=False, choices=SHOWN)
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Where a line back may go. It is not shown to anybody else."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address as in name@example.org")},
    )


class AboutOne(GoodWord):
    """How somebody did, well or not, for their manager to hear."""

    went = forms.ChoiceField(choices=WENT, error_messages={"required": _("Say whether it was good or not")})
    words = forms.CharField(
        label=_("What happened?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Say what happened, in your own words"),
            "max_length": _("Say it in fewer than %(limit_value)d letters"),
        },
    )
