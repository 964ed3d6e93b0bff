"""What was typed about one of us is kept before we say thank you, and filed at once if that can be done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind
from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import accept
from kept.intake.awaiting import file_within
from kept.lib.links import page_token

KIND = "good_word"


def takes_good_words() -> bool:
    """Nobody has closed that way in."""
    ours = ChannelAccount.objects.filter(kind=KIND)
    return not ours.exists() or ours.filter(closed_at__isnull=True).exists()


def keep_good_word(said: Mapping[str, str], *, sending: str, now: datetime, trap: str = "", proven: str = "") -> str:
    """The words are committed and, if it can be done at once, on their way. Returns the token of their receipt.

    `sending` names this very post; `proven` is the address that the page's own link was mailed to. Raises Busy.
    """
    body = json.dumps(dict(said)).encode()
    envelope = {"content-type": "application/json", "form-nonce": sending, "trap": trap[:200], "proven-email": proven}
    account = account_of_kind(KIND, now=now)
    key = channel_named(KIND)(account.settings).dedupe_key(Raw(body, envelope, now))
    receipt = accept(account, body, envelope, key=key, reached_us_at=now)
    file_within(receipt.arrival_id, now=now)
    return page_token("receipt", receipt.receipt)
