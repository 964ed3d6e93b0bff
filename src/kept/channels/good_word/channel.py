"""The channel itself: what was said about one of us, in the JSON that our own page keeps, becomes an Incoming."""

from __future__ import annotations

import json
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Handle, Incoming, Raw, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.handles import email_address, handles, name_with
from kept.channels.on_our_pages import AboutSomebody

CONSENTS = frozenset({"name", "anon"})


class GoodWordSettings(forms.Form):
    """All that can be said about the page of good words."""

    asks_address = forms.ChoiceField(
        label=_("Ask for their name and address"), required=False, initial="yes", choices=[("yes", _("Yes")), ("no", _("No"))]
    )


class GoodWordChannel(Channel):
    """A good word, or the opposite, about somebody of ours: chosen by name, or described."""

    kind = "good_word"
    label = gettext_noop("Good words")
    can_send = False
    Settings = GoodWordSettings

    def dedupe_key(self, raw: Raw) -> str:
        """The page's one-time key, so that pressing twice is one good word."""
        nonce = raw.envelope.get("form-nonce", "")
        return f"form:{clean_line(nonce, limit=300)}" if nonce else ""

    def parse(self, raw: Raw) -> list[Incoming]:
        """One page, one Incoming. Raises Unreadable where it is not what our page keeps."""
        fields = _fields(raw.body)
        words, hint = clean_text(fields.get("words", "")).strip(), clean_line(fields.get("hint", ""), limit=300)
        sender, rest = handles([("email", fields.get("email", ""))])
        proven = email_address(raw.envelope.get("proven-email", ""))
        if proven and not sender:
            sender = (Handle("email", proven),)
        return [
            Incoming(
                sender=tuple(replace(one, proven=True) if one.value == proven else one for one in sender),
                name=name_with(fields.get("name", ""), rest),
                text=f"{words}\n\n{hint}".strip() if hint else words,
                medium="form",
                began_at=raw.reached_us_at,
                about=AboutSomebody(
                    who=clean_line(fields.get("who", ""), limit=40),
                    words=words,
                    hint=hint,
                    place=clean_line(fields.get("place", ""), limit=60),
                    consent=fields.get("show", "") if fields.get("show", "") in CONSENTS else "",
                    wants_reply=bool(sender),
                    source="ending" if fields.get("source") == "ending" else "page",
                    went_well=fields.get("went", "") != "badly",
                ),
            )
        ]


def _fields(body: bytes) -> dict[str, str]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable(f"This is not JSON: {trouble}") from None
    if not isinstance(fields, dict) or "words" not in fields:
        raise Unreadable("This is not what the page of good words keeps.")
    return {str(name): value if isinstance(value, str) else "" for name, value in fields.items()}
