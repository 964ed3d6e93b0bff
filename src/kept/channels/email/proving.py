"""Whether the sender owns the address: only our own mail server's word counts (RFC 8601)."""

from __future__ import annotations

from typing import Literal

import authres

from kept.channels.email.headers import raw_header
from kept.channels.email.mail import Mail

_LONGEST = 10_000


def dmarc_verdict(mail: Mail) -> Literal["pass", "fail", ""]:
    """What our mail server found about the From domain (DMARC, RFC 7489); empty where it said nothing that counts.

    Only the topmost Authentication-Results counts, and only under the trusted id: those below may be the sender's own.
    """
    raw = raw_header(mail.message, "authentication-results")
    if not mail.our_authserv_id or not raw or len(raw) > _LONGEST:
        return ""
    try:
        found = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {' '.join(raw.split())}")  # type: ignore[call-arg, no-untyped-call]
    except (authres.AuthResError, RecursionError, ValueError):
        return ""
    if str(found.authserv_id).lower() != mail.our_authserv_id:
        return ""
    verdicts = [one for one in found.results if one.method == "dmarc"]
    if any(one.result == "fail" for one in verdicts):
        return "fail"
    return "pass" if any(one.result == "pass" and _is_about(mail, one) for one in verdicts) else ""


def _is_about(mail: Mail, verdict: authres.AuthenticationResult) -> bool:
    """One From header with one address, of the very domain that was checked, and written by that person."""
    if len(mail.message.get_all("from", [])) != 1 or len(mail.written_from) != 1 or mail.is_by_a_form:
        return False
    checked = [str(one.value).lower() for one in verdict.properties if (one.type, one.name) == ("header", "from")]
    return checked == [mail.written_from[0].address.rpartition("@")[2]]
