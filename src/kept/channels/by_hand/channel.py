"""The written-down channel itself: what a customer told one of us, in the JSON of POST /api/v1/contacts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, Raw
from kept.channels.cleaning import clean_line
from kept.channels.contacts_json import read_contact


class ByHandSettings(forms.Form):
    """All that can be said about words written down by hand."""

    region = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("Country of phone numbers without +"), required=False, help_text=_("Two letters, such as GB.")
    )


class ByHandChannel(Channel):
    """A call, a visit, a letter, a fax, a post: the words are the customer's, the hand is ours."""

    kind = "by_hand"
    label = gettext_noop("Written down by hand")
    can_send = False
    Settings = ByHandSettings

    def dedupe_key(self, raw: Raw) -> str:
        """The page's one-time key, so that pressing Save twice keeps one."""
        key = raw.envelope.get("idempotency-key", "") or raw.envelope.get("form-nonce", "")
        return f"key:{clean_line(key, limit=300)}" if key else ""

    def parse(self, raw: Raw) -> list[Incoming]:
        """One note, one Incoming. Raises Unreadable where the JSON is no contact or names no medium."""
        return [read_contact(raw, region=self.settings.get("region", ""))]
