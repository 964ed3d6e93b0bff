"""The form channel itself: typed fields become an Incoming."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Handle, Incoming, Raw, ThreadKey, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.handles import email_address, handles, name_with
from kept.channels.posted_fields import posted_key, read_fields
from kept.channels.webform.form import WebformSettings

FIELDS = ("name", "email", "phone", "subject", "message", "wish", "contact_me", "on_behalf_of")


class WebformChannel(Channel):
    """Our own form, embedded or not, and any other that posts the same fields."""

    kind = "webform"
    label = gettext_noop("Form")
    can_send = False
    Settings = WebformSettings

    def dedupe_key(self, raw: Raw) -> str:
        """The poster's own key, else our form's one-time token; empty without either: then every post is new."""
        return posted_key(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One post, one Incoming; without a message its text is empty. Raises Unreadable where no field of ours is in it."""
        fields, files = read_fields(raw)
        if not files and not any(name in fields for name in FIELDS):
            raise Unreadable("None of the form's fields is in this post.")
        typed = clean_line(fields.get("subject", ""))
        given = [(kind, fields.get(kind, "")) for kind in ("email", "phone")]
        sender, rest = handles(given, region=self.settings.get("region", ""))
        return [
            Incoming(
                sender=_proven(sender, email_address(raw.envelope.get("proven-email", ""))),
                name=name_with(fields.get("name", ""), rest),
                text=clean_text(fields.get("message", "")).strip(),
                wish=clean_text(fields.get("wish", "")).strip(),
                subject=typed or clean_line(self.settings.get("subject_line", "")),
                thread_keys=(ThreadKey("subject", typed.casefold()),) if typed else (),
                contact_me=fields.get("contact_me", "").strip().lower() in {"on", "yes", "true", "1"},
                on_behalf_of=clean_line(fields.get("on_behalf_of", ""), limit=200),
                case_key=raw.envelope.get("case-key", ""),
                medium="form",
                began_at=raw.reached_us_at,
                attachments=files,
            )
        ]


def _proven(sender: tuple[Handle, ...], address: str) -> tuple[Handle, ...]:
    """An address is proven only if the page says that it mailed its link there."""
    return tuple(replace(one, proven=True) if one.kind == "email" and one.value == address else one for one in sender)
