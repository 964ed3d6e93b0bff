"""The pipe: one item on standard input, exit code by sysexits.h, so that a mail server keeps what we could not (R1)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError

from kept.accounts.opening import account_named
from kept.accounts.translating import channel_of
from kept.channels.base import Forged, Raw
from kept.intake.accepting import accept_here
from kept.lib.clock import now

STORED, WRONG, TRY_AGAIN, NOT_ALLOWED = 0, 65, 75, 77
"""EX_OK, EX_DATAERR, EX_TEMPFAIL, EX_NOPERM."""


def take_in(account_name: str, stream: BinaryIO, *, environ: Mapping[str, str] = os.environ) -> int:
    """The exit code: 0 committed; 65 too large or empty, 77 no such account or not allowed, for good; 75 try again."""
    body = stream.read(settings.MAX_CONTACT_BYTES + 1)
    if len(body) > settings.MAX_CONTACT_BYTES:
        return _say(WRONG, f"This is larger than the {settings.MAX_CONTACT_BYTES // (1024 * 1024)} MB we take.")
    if not body.strip():
        return _say(WRONG, "There is nothing in it.")
    try:
        account = account_named(account_name)
        if account is None:
            return _say(NOT_ALLOWED, f"There is no account called {account_name}.")
        channel = channel_of(account)
        raw = Raw(body, _envelope(environ, account.address), now())
        channel.prove(raw)
        accept_here(account, body, raw.envelope, key=channel.dedupe_key(raw), reached_us_at=raw.reached_us_at)
    except Forged as trouble:
        return _say(NOT_ALLOWED, str(trouble))
    except (DatabaseError, OSError) as trouble:
        return _say(TRY_AGAIN, f"Not just now, nothing was kept: {trouble}")
    return STORED


def _envelope(environ: Mapping[str, str], address: str) -> dict[str, str]:
    """What a mail server tells the command it pipes to (Postfix pipe(8) and local(8): SENDER, RECIPIENT)."""
    envelope = {"rcpt_to": environ.get("RECIPIENT", "") or address}
    # An empty SENDER is the null sender of bounces; without the variable nobody told us.
    return envelope | ({"mail_from": environ["SENDER"]} if "SENDER" in environ else {})


def _say(code: int, says: str) -> int:
    print(says, file=sys.stderr)
    return code
