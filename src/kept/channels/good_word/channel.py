"""The channel itself: what was said about one of us, in the JSON that our own page keeps, becomes an Incoming."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, Raw, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.on_our_pages import AboutSomebody
from kept.channels.posted_fields import json_fields, posted_key, writer_in

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
        return posted_key(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One page, one Incoming. Raises Unreadable where it is not what our page keeps."""
        fields = json_fields(raw.body)
        if "words" not in fields:
            raise Unreadable("This is not what the page of good words keeps.")
        words, hint = clean_text(fields.get("words", "")).strip(), clean_line(fields.get("hint", ""), limit=300)
        sender, called = writer_in(fields, raw)
        return [
            Incoming(
                sender=sender,
                name=called,
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
