"""One thread a mailbox, folder or feed, and one for its stream, for as long as its account is there and stays as it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connection

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.channels.base import Channel, NotSetUp
from kept.doors import feed, folder, mailbox, stream

log = logging.getLogger(__name__)
LOOK_AGAIN = 5.0


@dataclass(slots=True)
class Watcher:
    """Who listens to one mailbox or place, with the settings it began with: one who asks, and one at its stream if it has one."""

    account: ChannelAccount
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> Watcher:
        """It listens."""
        channel = channel_of(self.account)
        ways = [door_of(channel)]
        ways += [stream.listen] if channel.streams() else []
        for way in ways:
            name = f"{self.account.kind}-{self.account.pk}{'-stream' if way is stream.listen else ''}"
            self.threads.append(threading.Thread(target=way, args=(self.account.pk, self.stop), name=name))
            self.threads[-1].start()
        return self

    @property
    def is_gone(self) -> bool:
        """Nobody listens for it any more."""
        return not any(thread.is_alive() for thread in self.threads)

    def fits(self, account: ChannelAccount | None) -> bool:
        """The account is still connected, with the same server, password and folder."""
        return account is not None and account.settings == self.account.settings


def door_of(channel: Channel) -> Callable[[int, threading.Event], None]:
    """How its bytes come in: from a folder, from a place that is asked what is new, else from a mailbox."""
    if has_a_folder(channel):
        return folder.watch
    return feed.watch if collects_itself(channel) else mailbox.watch


def has_a_folder(channel: Channel) -> bool:
    """A folder is watched for it; also where it may not be, for then its door says why."""
    try:
        return channel.watches() is not None
    except NotSetUp:
        return True


def collects_itself(channel: Channel) -> bool:
    """The channel asks its place what is new; a mailbox has a door of its own."""
    return type(channel).collect is not Channel.collect


def watch_all(stop: threading.Event) -> None:
    """Until `stop`: every mailbox that is connected is listened to; a new, changed or closed one is noticed within seconds."""
    watching: dict[int, Watcher] = {}
    while not stop.is_set():
        try:
            _watch_those(pulled_accounts(), watching)
        except DatabaseError:
            log.exception("Which mailboxes there are could not be read.")
            close_old_connections()
        stop.wait(LOOK_AGAIN)
    connection.close()
    for watcher in watching.values():
        watcher.stop.set()
    for watcher in watching.values():
        for thread in watcher.threads:
            thread.join()


def _watch_those(accounts: list[ChannelAccount], watching: dict[int, Watcher]) -> None:
    """Whoever listens to what is no longer so is told to stop; once they are gone another takes their place."""
    wanted = {account.pk: account for account in accounts}
    for pk, watcher in list(watching.items()):
        if not watcher.fits(wanted.get(pk)):
            watcher.stop.set()
        if watcher.is_gone:
            del watching[pk]
    for pk, account in wanted.items():
        if pk not in watching:
            watching[pk] = Watcher(account).begin()


def pulled_accounts() -> list[ChannelAccount]:
    """The accounts whose mail Kept has to fetch, and those with a folder."""
    found = [(account, channel_of(account)) for account in ChannelAccount.objects.filter(closed_at__isnull=True)]
    return [account for account, channel in found if channel.is_pulled() or has_a_folder(channel)]
