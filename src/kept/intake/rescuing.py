"""Nothing is ever dropped: what cannot be read becomes a case, and a person reads the original."""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.utils.translation import gettext as _

from kept.channels.base import Handle, Incoming
from kept.intake.models import Arrival

MEDIA = {"email": "email", "webform": "form"}
_FROM = re.compile(rb"^From:[ \t]*(.{1,400})", re.I | re.M)
_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[a-z0-9.-]{1,250}\.[a-z0-9-]{2,63}", re.I)


def unreadable(arrival: Arrival, trouble: str) -> Incoming:
    """A contact for a person to read in the original. Its sender is whoever the envelope or a From line names."""
    address = _sender(arrival)
    return Incoming(
        sender=(Handle("email", address),) if address else (),
        text=_("This could not be read. Please look at the original. (%(why)s)") % {"why": trouble[:200] or "?"},
        began_at=arrival.reached_us_at,
        medium=MEDIA.get(arrival.account.kind, "api"),
        subject=_("Something arrived that could not be read"),
        case_key=arrival.envelope.get("case-key", ""),
        may_acknowledge=bool(address),
    )


def _sender(arrival: Arrival) -> str:
    _name, address = parseaddr(arrival.envelope.get("mail_from", ""))
    if not address and arrival.account.kind == "email":
        line = _FROM.search(arrival.bytes[:65_536])
        _name, address = parseaddr(line[1].decode("ascii", "replace")) if line else ("", "")
    return address.lower() if _ADDRESS.fullmatch(address) else ""
