"""The fields of the page on which customers tell a story of their own. Only what happened is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.places.models import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 20_000
MOST_PLACES = 60
ENDINGS = [("well", _("It ended well")), ("badly", _("It ended badly")), ("", _("Neither, or it goes on"))]
FAR = [
    ("inside", _("Everybody who works here")),
    ("team_mail", _("Everybody who works here, also in our team’s mail")),
    ("public", _("Anybody")),
    ("", _("Only the person who looks after it")),
]
_TOO_LONG = _("Say it in fewer than %(limit_value)d letters")


def _words(label: StrOrPromise, rows: int, *, required: StrOrPromise = "", hint: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": _TOO_LONG},
    )


class Telling(forms.Form):
    """What somebody lived through with us, and how far it may be told on."""

    words = _words(
        _("What happened?"),
        8,
        required=_("Tell what happened, in your own words"),
        hint=_("From the beginning, as you would tell it to a friend."),
    )
    ending = forms.ChoiceField(label=_("How did it end?"), required=False, choices=ENDINGS)
    different = _words(_("What should have been different?"), 3)
    wish = _words(_("Is there something we should do now?"), 2, hint=_("Then one person has it, and answers you."))
    on = forms.DateField(
        label=_("When was it?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as in 2026-05-29")},
    )
    place = forms.ModelChoiceField(
        label=_("Where was it?"),
        required=False,
        queryset=Place.objects.none(),
        empty_label=_("Somewhere else"),
        to_field_name="slug",
    )
    far = forms.ChoiceField(required=False, choices=FAR)
    named = forms.BooleanField(label=_("My first name may stand beside it"), required=False)
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Where an answer may go. It is not shown to anybody else."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address as in name@example.org")},
    )

    def ask_where(self) -> None:
        """The places that have a name in links may be chosen; the question is left out where there is none."""
        places = Place.objects.exclude(slug=None).order_by("name")
        if places.exists():
            self.fields["place"].queryset = places  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
