"""One thread a mailbox, for as long as its account is there."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.doors.mailbox import watch

log = logging.getLogger(__name__)
LOOK_AGAIN = 5.0


def watch_all(stop: threading.Event) -> None:
    """Until `stop`: every mailbox that is connected is listened to, a new one within seconds."""
    watching: dict[int, threading.Thread] = {}
    while not stop.is_set():
        try:
            wanted = pulled_accounts()
        except DatabaseError:
            log.exception("Which mailboxes there are could not be read.")
            close_old_connections()
            wanted = []
        for account_id in wanted:
            if account_id not in watching or not watching[account_id].is_alive():
                watching[account_id] = threading.Thread(target=watch, args=(account_id, stop), name=f"mailbox-{account_id}")
                watching[account_id].start()
        stop.wait(LOOK_AGAIN)
    connection.close()
    for thread in watching.values():
        thread.join()


def pulled_accounts() -> list[int]:
    """The accounts whose mail Kept has to fetch."""
    return [account.pk for account in ChannelAccount.objects.filter(closed_at__isnull=True) if channel_of(account).is_pulled()]
