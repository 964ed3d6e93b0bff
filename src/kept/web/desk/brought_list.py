"""The form that takes a list: a file, or from the second time on its words, which the page carries along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.lib.spreadsheets import MOST_BYTES, as_text


class BroughtList(forms.Form):
    """A list of at most 1 MB; what its columns are called, each list says for itself in `file.help_text`."""

    file = forms.FileField(label=gettext_lazy("The list"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """The words of the list stand in `text`, wherever they came from."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("At most 1 MB: cut the list in two."))
        elif file is not None:
            cleaned["text"] = as_text(file.read())
        if not self.errors and not cleaned.get("text"):
            self.add_error("file", _("Choose the file"))
        return cleaned
