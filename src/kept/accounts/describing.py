"""A new account as the outside is told of it (KEPT.md 4): the only time its door's secret is seen."""

from __future__ import annotations

from kept.accounts.opening import Added
from kept.accounts.translating import CHANNEL_ALIASES

OUTSIDE = {kind: name for name, kind in CHANNEL_ALIASES.items()}


def description(added: Added) -> dict[str, str]:
    """{"id", "kind", "slug", "page", "door"}, with "address" where it has one, "page" where it is a form."""
    account = added.account
    told = {"id": str(account.public_id), "kind": OUTSIDE.get(account.kind, account.kind), "slug": account.slug}
    if account.kind == "webform":
        told["page"] = f"/to/{account.slug}"
    if account.address:
        told["address"] = account.address
    return {**told, "door": f"/in/{added.door}"}
