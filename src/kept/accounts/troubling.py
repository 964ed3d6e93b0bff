"""What is wrong with a way in or out: what was noticed while listening, and what trying it finds now."""

from __future__ import annotations

from collections.abc import Sequence

from kept.accounts.models import ChannelAccount


def each_once(account: ChannelAccount, found: Sequence[str]) -> list[str]:
    """The trouble it is known to have and what was `found` just now, no sentence twice."""
    known = account.trouble
    if all(says in found for says in known.split("; ") if says):
        return list(found)
    return [known, *(says for says in found if says not in known)]
