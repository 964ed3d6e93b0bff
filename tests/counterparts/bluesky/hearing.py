"""What a running house does at a Bluesky server: it listens, it asks, it files. And what has come of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import add_account, open_account
from kept.accounts.translating import channel_of
from kept.channels.base import Incoming, Raw
from kept.demo.cast import Marlow
from kept.doors import feed, stream
from kept.intake.models import Arrival
from kept.lib.clock import now
from tests.counterparts.bluesky.pds import DataServer, Person
from tests.counterparts.patience import eventually


def settings_for(there: DataServer, us: Person, *, watched: str) -> dict[str, str]:
    """What our people type in to connect that account."""
    names = {"names": "Marlow", "watched": watched, "stream": there.firehose}
    return {"server": there.url, "address": f"@{us.handle}", "password": there.app_password(us), **names}


def connected(marlow: Marlow, wanted: dict[str, str]) -> ChannelAccount:
    """The account is there and open."""
    marlow.clock.now = now()
    added = add_account("bluesky", name="Bluesky", now=marlow.clock.now, settings=wanted).account
    open_account(added, by=marlow.ines, now=marlow.clock.now)
    return added


@contextmanager
def listening(account: ChannelAccount, there: DataServer, somebody: Person) -> Iterator[None]:
    """The stream is heard while the block lasts: it has a cursor as soon as anybody said anything."""
    with _running(stream.listen, account):
        eventually(lambda: there.says(somebody, "good morning") and _has_come_somewhere(account))
        yield


@contextmanager
def asking(account: ChannelAccount) -> Iterator[None]:
    """The server is asked every few seconds while the block lasts."""
    with _running(feed.watch, account):
        yield


@contextmanager
def _running(door: Callable[[int, threading.Event], None], account: ChannelAccount) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=door, args=(account.pk, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _has_come_somewhere(account: ChannelAccount) -> str | None:
    return ChannelAccount.objects.get(pk=account.pk).cursors.get("stream")


def asks(account: ChannelAccount) -> None:
    """What is new was asked for once."""
    fresh = ChannelAccount.objects.get(pk=account.pk)
    feed.collect(fresh, channel_of(fresh), threading.Event())


def arrived(account: ChannelAccount, many: int) -> Callable[[], bool]:
    """Have so many come by now?"""
    return lambda: Arrival.objects.filter(account=account).count() >= many


def told(account: ChannelAccount, many: int) -> Callable[[], bool]:
    """The same, and each look asks the server first."""
    has = arrived(account, many)
    return lambda: asks(account) or has()


def files(marlow: Marlow) -> None:
    """What arrived is filed, and what is to be sent is sent, in the house's own time."""
    marlow.clock.now = now()
    marlow.files()


def words(account: ChannelAccount) -> list[Incoming]:
    """Everything that arrived, as it is read, in order."""
    channel = channel_of(account)
    found = Arrival.objects.filter(account=account).order_by("id")
    return [channel.parse(Raw(one.bytes, one.envelope, one.reached_us_at))[0] for one in found]


def reasons(account: ChannelAccount) -> list[str]:
    """Why each of them came to us."""
    return [json.loads(one.bytes)["reason"] for one in Arrival.objects.filter(account=account).order_by("id")]
