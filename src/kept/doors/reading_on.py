"""What asking and listening share: a post is kept, and only then we remember how far we have come."""

from __future__ import annotations

from django.db import transaction

from kept.accounts.models import ChannelAccount
from kept.channels.base import Channel, Raw
from kept.intake.accepting import accept


def keep(account: ChannelAccount, channel: Channel, raw: Raw) -> None:
    """Its bytes are committed and synced, once for each key."""
    accept(account, raw.body, raw.envelope, key=channel.dedupe_key(raw), reached_us_at=raw.reached_us_at)


@transaction.atomic
def remember(account: ChannelAccount, name: str, cursor: str) -> None:  # no event: how far we have read
    """The account has been read up to there by that way; the other ways' cursors stay theirs."""
    fresh = ChannelAccount.objects.select_for_update().only("cursors").get(pk=account.pk)
    account.cursors = {**fresh.cursors, name: cursor}
    account.save(update_fields=["cursors"])
