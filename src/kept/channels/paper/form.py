"""What can be said about a way in for paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.channels.paper.folders import NotAllowed, folder_at

MEDIA = (("letter", _("Letters")), ("fax", _("Faxes")))


class PaperSettings(forms.Form):
    """Letters or faxes, a folder that is watched for them if one likes, and where phone numbers without + belong."""

    medium = forms.ChoiceField(label=_("What comes in here"), choices=MEDIA, required=False)
    folder = forms.CharField(
        label=_("Folder that is watched"),
        required=False,
        max_length=500,
        help_text=_(
            "Where your scanner or fax puts its files, such as front-desk for a folder in paper/ of the data folder. "
            "Left empty, paper is only brought at the desk."
        ),
    )
    region = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("Country of phone numbers without +"), required=False, help_text=_("Two letters, such as GB.")
    )

    def clean_folder(self) -> str:
        """As it was typed, when it may be watched."""
        typed = str(self.cleaned_data["folder"]).strip()
        if typed:
            try:
                folder_at(typed)
            except NotAllowed as why:
                raise forms.ValidationError(str(why)) from None
        return typed
