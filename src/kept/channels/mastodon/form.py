"""What an owner of a Mastodon account fills in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.channels.naming_us import ListeningSettings

_HANDLE = re.compile(r"@?([\w.-]+)@([\w.-]+\.[\w-]+|localhost)", re.ASCII)
USUAL_LENGTH = 500
OFF = "off"


class MastodonSettings(ListeningSettings):
    """Where the account lives, who we are there, and the token it gave us."""

    server = forms.CharField(
        label=gettext_lazy("Server"), help_text=gettext_lazy("Where you sign in, such as https://mastodon.example.")
    )
    address = forms.CharField(label=gettext_lazy("Our handle"), help_text=gettext_lazy("Such as @marlow@mastodon.example."))
    token = forms.CharField(
        label=gettext_lazy("Access token"),
        strip=True,
        widget=forms.PasswordInput(render_value=True),
        required=False,
        help_text=gettext_lazy(
            "On your server: Preferences, Development, New application, with read:accounts, read:notifications, "
            "read:statuses, write:statuses and, for names, read:search."
        ),
    )
    length = forms.IntegerField(
        label=gettext_lazy("Characters in a post"),
        required=False,
        min_value=100,
        max_value=100_000,
        help_text=gettext_lazy("What your server allows; 500 if you leave it empty."),
    )
    stream = forms.ChoiceField(
        label=gettext_lazy("Stream"),
        required=False,
        choices=[
            ("", gettext_lazy("As the server says where it is")),
            (OFF, gettext_lazy("None: we only ask every few seconds")),
        ],
        help_text=gettext_lazy("What is for you is heard in the moment it is posted."),
    )
    field_order = ("server", "address", "token", "length", "names", "watched", "stream")

    def clean_server(self) -> str:
        """https://host without a path."""
        typed = str(self.cleaned_data["server"]).strip().rstrip("/")
        try:
            parts = urlsplit(typed if "://" in typed else f"https://{typed}")
            host = parts.netloc
        except ValueError:
            host = ""
        if not host or parts.scheme not in {"http", "https"} or parts.path or parts.query or "@" in host:
            raise forms.ValidationError(_("The server should look like https://mastodon.example."))
        return f"{parts.scheme}://{host.lower()}"

    def clean_address(self) -> str:
        """@name@server in lower case."""
        found = _HANDLE.fullmatch(str(self.cleaned_data["address"]).strip())
        if found is None:
            raise forms.ValidationError(_("A handle should look like @marlow@mastodon.example."))
        return f"@{found[1]}@{found[2]}".lower()
