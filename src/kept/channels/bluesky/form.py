"""What an owner of a Bluesky account fills in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HANDLE = re.compile(r"@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*)", re.I)


class BlueskySettings(forms.Form):
    """Who we are there, the app password, and where the account lives."""

    address = forms.CharField(label=gettext_lazy("Our handle"), help_text=gettext_lazy("Such as @marlow.bsky.social."))
    password = forms.CharField(
        label=gettext_lazy("App password"),
        required=False,
        widget=forms.PasswordInput(render_value=True),
        help_text=gettext_lazy(
            "In Bluesky: Settings, Privacy and security, App passwords. Never the password of the account itself."
        ),
    )
    server = forms.CharField(
        label=gettext_lazy("Server"),
        required=False,
        initial="https://bsky.social",
        help_text=gettext_lazy("Empty: https://bsky.social."),
    )

    def clean_address(self) -> str:
        """@name.server in lower case."""
        found = _HANDLE.fullmatch(str(self.cleaned_data["address"]).strip())
        if found is None:
            raise forms.ValidationError(_("A handle should look like @marlow.bsky.social."))
        return f"@{found[1]}".lower()

    def clean_server(self) -> str:
        """https://host without a path."""
        typed = str(self.cleaned_data["server"] or "https://bsky.social").strip().rstrip("/")
        try:
            parts = urlsplit(typed if "://" in typed else f"https://{typed}")
            host = parts.netloc
        except ValueError:
            host = ""
        if not host or parts.scheme not in {"http", "https"} or parts.path or parts.query or "@" in host:
            raise forms.ValidationError(_("The server should look like https://bsky.social."))
        return f"{parts.scheme}://{host.lower()}"
