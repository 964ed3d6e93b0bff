"""A place where people speak in public, listened to while they speak; asking it (feed.py) goes on beside as the second leg.

How far we have heard is saved after what was heard is committed: a break tells a little twice, never nothing, and the key of
each post finds its first copy. Where the place no longer knows what we missed, it is said, and what can be searched is found.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from django.db import close_old_connections, transaction
from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.cases.models import Message
from kept.channels.base import Channel, Heard, TryLater
from kept.doors.reading_on import keep, remember
from kept.intake.accepting import Busy
from kept.lib.clock import now
from kept.lib.ready import ready
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
CURSOR = "stream"
SAVE_EVERY = 5.0
RETRY = (1, 5, 15, 60)


def listen(account_id: int, stop: threading.Event) -> None:
    """Until `stop`: whatever is said there is kept in the same moment; a line that breaks is opened again for ever."""
    failures = 0
    while not stop.is_set():
        began = time.monotonic()
        try:
            account = ChannelAccount.objects.get(pk=account_id)
            if account.closed_at is not None:
                return
            hear(account, channel_of(account), stop)
        except (TryLater, Busy) as trouble:
            log.warning("The stream of account %s is broken, asking goes on: %s", account_id, trouble)
        except Exception:
            log.exception("The stream of account %s could not be heard; trying again.", account_id)
        finally:
            close_old_connections()
        failures = 0 if time.monotonic() - began > RETRY[-1] else failures + 1
        stop.wait(RETRY[min(failures, len(RETRY) - 1)])


def hear(account: ChannelAccount, channel: Channel, stop: threading.Event) -> None:
    """What is for us is kept as it comes, in order, until `stop`. Raises TryLater when the line breaks."""
    saved = account.cursors.get(CURSOR, "")
    save_at = time.monotonic() + SAVE_EVERY
    for heard in channel.listen(saved, holds=lambda external_id: _holds(account, external_id)):
        _keep(account, channel, heard)
        is_worth_it = not saved or heard.raw is not None or heard.missed_since is not None
        if heard.after != saved and (is_worth_it or time.monotonic() >= save_at):
            remember(account, CURSOR, heard.after)
            saved, save_at = heard.after, time.monotonic() + SAVE_EVERY
        if stop.is_set():
            return


def _keep(account: ChannelAccount, channel: Channel, heard: Heard) -> None:
    if heard.missed_since is not None:
        _search_for_the_rest(account, channel, since=heard.missed_since)
    if heard.raw is not None:
        keep(account, channel, heard.raw)


def _search_for_the_rest(account: ChannelAccount, channel: Channel, *, since: datetime) -> None:
    for raw in channel.reconcile(since):
        keep(account, channel, raw)
    with transaction.atomic():
        record(account, Happened.STREAM_MISSED, at=now(), name=account.name, since=since.isoformat())
    log.warning("The stream of account %s no longer knew what was said since %s; it was searched for.", account.pk, since)


def _holds(account: ChannelAccount, external_id: str) -> bool:
    return _held.first(external_id=external_id, account=account.pk) is not None


@ready
def _held(external_id: str, account: int) -> QuerySet[Message]:
    same = Message.objects.filter(external_id=external_id, account=account, is_theirs=True, withdrawn_at__isnull=True)
    return same.order_by("id")[:1]
