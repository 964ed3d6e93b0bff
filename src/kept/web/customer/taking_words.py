"""Words typed on a customer's page are a contact like any other: stored first, then filed on their case."""

from __future__ import annotations

import hashlib
import json

from kept.accounts.opening import account_of_kind
from kept.intake.accepting import accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.links import make_form_token, read_form_token
from kept.web.customer.opening import Opened

LONGEST = 50_000


def form_token_for(opened: Opened) -> str:
    """What the page's forms carry, so that pressing twice is one contact."""
    return make_form_token(opened.token, now())


def take_words(opened: Opened, text: str, *, form_token: str, verdict: str = "") -> None:
    """The words are committed, and on the case if that can be done at once. Raises Busy when they could not be kept."""
    if opened.case is None:
        raise ValueError("there is no case yet that these words could be about")
    moment = now()
    told: dict[str, object] = {"medium": "form", "text": text}
    if opened.writer is not None:
        told["from"] = {"identities": [[opened.writer.kind, opened.writer.value]]}
    body = json.dumps(told).encode()
    envelope = {"content-type": "application/json", "case-key": str(opened.case.public_id), "verdict": verdict}
    key = _key(form_token, opened.token, body)
    receipt = accept(account_of_kind("by_hand", now=moment), body, envelope, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)


def _key(form_token: str, page: str, body: bytes) -> str:
    """Names this very sending; other words on the same page are another. Empty, so always new, where the token is not ours."""
    read = read_form_token(form_token, page)
    return f"page:{read[0]}:{hashlib.sha256(body).hexdigest()[:16]}" if read else ""
