"""A place where people speak in public, asked every few seconds: what is new is committed before we remember having read it (R1).

The cursor is saved after the commit; a crash in between asks for one post again, and its key finds the first copy. What an
outage of theirs hid is found by the hourly look back. Posts of open matters are looked at in turn: how far they reach now,
whether they were changed or taken back.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.cases.models import Message
from kept.cases.reach import Counted, posts_to_look_at, take_reading
from kept.channels.base import Channel, Seen, TryLater
from kept.doors.reading_on import keep, remember
from kept.intake.accepting import Busy
from kept.lib.clock import now

log = logging.getLogger(__name__)
ASK_EVERY = 5.0
LOOK_EVERY = 60.0
LOOK_BACK_EVERY = 3600.0
LOOK_BACK = timedelta(days=1)
CATCH_UP_EVERY = timedelta(seconds=50)
OVERLAP = timedelta(minutes=10)
"""Servers learn of a post a little late."""
MOST_LOOKS = 20
"""A minute: with the asking well within the 300 requests in five minutes that these servers allow."""
RETRY = (5, 15, 60)
CURSOR = "feed"


@dataclass(slots=True)
class Rounds:
    """When this thread looks back and looks at posts next, and where it was among them."""

    look_at: float = 0.0
    look_back_at: float = 0.0
    last_looked_at: int = 0
    caught_up_at: datetime | None = None


def watch(account_id: int, stop: threading.Event) -> None:
    """Until `stop`: whatever is said there is kept within moments; a place that does not answer is asked again for ever."""
    failures, rounds = 0, Rounds()
    while not stop.is_set():
        pause = ASK_EVERY
        try:
            account = ChannelAccount.objects.get(pk=account_id)
            if account.closed_at is not None:
                return
            go_round(account, rounds, stop)
            failures = 0
        except (TryLater, Busy) as trouble:
            _say(account_id, trouble)
            pause = getattr(trouble, "after", None) or RETRY[min(failures, len(RETRY) - 1)]
            failures += 1
        except Exception:
            log.exception("The feed of account %s could not be read; trying again.", account_id)
            pause = RETRY[-1]
        finally:
            close_old_connections()
        stop.wait(pause)


def go_round(account: ChannelAccount, rounds: Rounds, stop: threading.Event) -> None:
    """What is new is kept; once an hour what was missed, too; once a minute some posts are looked at."""
    channel = channel_of(account)
    collect(account, channel, stop)
    if rounds.look_back_at <= time.monotonic():
        _look_back(account, channel, rounds, since=now() - LOOK_BACK)
        rounds.look_back_at = time.monotonic() + LOOK_BACK_EVERY
    if rounds.look_at <= time.monotonic():
        if (caught_up := rounds.caught_up_at) is not None and now() - caught_up > CATCH_UP_EVERY:
            _look_back(account, channel, rounds, since=caught_up - OVERLAP)
        rounds.last_looked_at = look(account, channel, after=rounds.last_looked_at)
        rounds.look_at = time.monotonic() + LOOK_EVERY
    _heard(account)


def _look_back(account: ChannelAccount, channel: Channel, rounds: Rounds, *, since: datetime) -> None:
    """What was missed is kept, and what nobody addressed to us: that comes by a stream at best, and is searched for as well."""
    moment = now()
    for raw in channel.reconcile(since):
        keep(account, channel, raw)
    rounds.caught_up_at = moment


def collect(account: ChannelAccount, channel: Channel, stop: threading.Event) -> int:
    """Everything after the last one is kept, in order. Returns how many."""
    kept = 0
    for raw in channel.collect(account.cursors.get(CURSOR, "")):
        keep(account, channel, raw)
        remember(account, CURSOR, raw.envelope.get("cursor", ""))
        kept += 1
        if stop.is_set():
            break
    return kept


def look(account: ChannelAccount, channel: Channel, *, after: int) -> int:
    """Some posts were looked at: how far they reach stands on their matter. Returns the last one's number."""
    posts = posts_to_look_at(account, after=after, most=MOST_LOOKS, now=now())
    by_id = {post.external_id: post for post in posts}
    for seen in channel.look(list(by_id)):
        _note(account, channel, by_id[seen.external_id], seen)
    return posts[-1].pk if posts else 0


def _note(account: ChannelAccount, channel: Channel, post: Message, seen: Seen) -> None:  # no event: take_reading records it
    if seen.changed is not None:
        keep(account, channel, seen.changed)
    counted = {name: value for name, value in asdict(seen).items() if name not in {"external_id", "changed"}}
    if any(value is not None for value in counted.values()):
        take_reading(post, Counted(**counted), now=now())


def _heard(account: ChannelAccount) -> None:  # no event: the ear is open
    moment = now()
    if account.trouble or account.heard_at is None or moment - account.heard_at > timedelta(minutes=1):
        ChannelAccount.objects.filter(pk=account.pk).update(heard_at=moment, trouble="")


def _say(account_id: int, trouble: Exception) -> None:  # no event: the settings page and the doctor show it
    ChannelAccount.objects.filter(pk=account_id).update(trouble=str(trouble)[:1000])
    log.warning("The feed of account %s cannot be read: %s", account_id, trouble)
