"""Nothing is ever dropped: what cannot be read becomes a case, what was set aside can be brought back."""

from __future__ import annotations

import email.utils

from django.utils.translation import gettext as _

from kept.channels.base import Handle, Incoming
from kept.intake.models import Arrival


def unreadable(arrival: Arrival, trouble: str) -> Incoming:
    """A contact for a person to read in the original. Its sender is whoever the envelope names."""
    address = email.utils.parseaddr(arrival.envelope.get("mail_from", ""))[1].lower()
    return Incoming(
        sender=(Handle("email", address),) if address else (),
        text=_("This could not be read. Please look at the original. (%(why)s)") % {"why": trouble[:200] or "?"},
        began_at=arrival.reached_us_at,
        medium="email" if "mail_from" in arrival.envelope else "api",
        subject=_("Something arrived that could not be read"),
        external_id="",
        may_acknowledge=bool(address),
    )
