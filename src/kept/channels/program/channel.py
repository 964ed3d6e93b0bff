"""The generic channel itself: the contact JSON with the sender's own id and thread, signed where a secret is set."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, Raw, Unreadable
from kept.channels.cleaning import clean_line
from kept.channels.contacts_json import read_contact
from kept.channels.program.signing import check_signature


class ProgramSettings(forms.Form):
    """How the program proves itself, and where its phone numbers belong."""

    secret = forms.CharField(
        label=_("Signing secret"),
        required=False,
        widget=forms.PasswordInput(render_value=True),
        help_text=_(
            "As in Standard Webhooks (whsec_…). Two, with a blank between, while you change it. Empty: the address is the proof."
        ),
    )
    region = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("Country of phone numbers without +"), required=False, help_text=_("Two letters, such as GB.")
    )


class ProgramChannel(Channel):
    """Any system that can post what a customer said."""

    kind = "program"
    label = gettext_noop("Program")
    can_send = False
    Settings = ProgramSettings

    def prove(self, raw: Raw) -> None:
        """Raises Forged where a secret is set and the signature is not by it."""
        if secrets := self.settings.get("secret", "").split():
            check_signature(raw, secrets)

    def dedupe_key(self, raw: Raw) -> str:
        """The webhook's id, else the poster's key, else the contact's own id; empty without any."""
        for name in ("webhook-id", "idempotency-key"):
            if key := raw.envelope.get(name):
                return f"{name}:{clean_line(key, limit=300)}"
        try:
            own_id = read_contact(raw, medium="api").external_id
        except Unreadable:
            return ""
        return f"external:{own_id[:300]}" if own_id else ""

    def parse(self, raw: Raw) -> list[Incoming]:
        """One post, one Incoming. Raises Unreadable where the JSON is no contact."""
        return [read_contact(raw, medium="api", region=self.settings.get("region", ""))]
