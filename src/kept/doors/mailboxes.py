"""One thread a mailbox or feed, for as long as its account is there and stays as it is."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connection

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.channels.base import Channel
from kept.doors import feed, mailbox

log = logging.getLogger(__name__)
LOOK_AGAIN = 5.0


@dataclass(slots=True)
class Watcher:
    """Who listens to one mailbox, with the settings it began with."""

    account: ChannelAccount
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(init=False)

    def begin(self) -> Watcher:
        """It listens."""
        watch = feed.watch if collects_itself(channel_of(self.account)) else mailbox.watch
        self.thread = threading.Thread(
            target=watch, args=(self.account.pk, self.stop), name=f"{self.account.kind}-{self.account.pk}"
        )
        self.thread.start()
        return self

    def fits(self, account: ChannelAccount | None) -> bool:
        """The account is still connected, with the same server, password and folder."""
        return account is not None and account.settings == self.account.settings


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
        watcher.thread.join()


def _watch_those(accounts: list[ChannelAccount], watching: dict[int, Watcher]) -> None:
    """Whoever listens to what is no longer so is told to stop; once they are gone another takes their place."""
    wanted = {account.pk: account for account in accounts}
    for pk, watcher in list(watching.items()):
        if not watcher.fits(wanted.get(pk)):
            watcher.stop.set()
        if not watcher.thread.is_alive():
            del watching[pk]
    for pk, account in wanted.items():
        if pk not in watching:
            watching[pk] = Watcher(account).begin()


def pulled_accounts() -> list[ChannelAccount]:
    """The accounts whose mail Kept has to fetch."""
    return [account for account in ChannelAccount.objects.filter(closed_at__isnull=True) if channel_of(account).is_pulled()]
