"""What an owner of a Bluesky account fills in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.channels.naming_us import ListeningSettings

FIREHOSE = "com.atproto.sync.subscribeRepos"
_HANDLE = re.compile(r"@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*)", re.I)


JETSTREAM = "wss://jetstream2.us-east.bsky.network/subscribe"
OFF = "off"


class BlueskySettings(ListeningSettings):
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
    stream = forms.CharField(
        label=gettext_lazy("Stream"),
        required=False,
        initial=JETSTREAM,
        help_text=gettext_lazy(
            "A Jetstream, or a server or relay (wss://host). All that is posted there passes by, and what is for you is heard "
            "in the same moment. Empty or off: we only ask every few seconds."
        ),
    )
    field_order = ("address", "password", "server", "names", "watched", "stream")

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

    def clean_stream(self) -> str:
        """wss://host/path of a Jetstream, or of a firehose where there was no path; off where it was emptied."""
        typed = str(self.cleaned_data["stream"] or "").strip()
        if not typed and "stream" not in self.data:
            return JETSTREAM
        if typed.lower() in {"", OFF}:
            return OFF
        try:
            parts = urlsplit(typed if "://" in typed else f"wss://{typed}")
            host = parts.netloc
        except ValueError:
            host = ""
        if not host or parts.scheme not in {"wss", "ws"} or "@" in host:
            raise forms.ValidationError(_("The stream should look like %(example)s.") % {"example": JETSTREAM})
        path = parts.path if parts.path.strip("/") else f"/xrpc/{FIREHOSE}"
        return urlunsplit((parts.scheme, host.lower(), path, parts.query, ""))
