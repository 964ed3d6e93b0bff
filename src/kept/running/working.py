"""What runs beside the pages in the process that serves them: the duties, the mailboxes, LMTP; and how all of it stops."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Any

from kept.running.orphans import die_with
from kept.running.plan import CLOCK, MAIL, WORK, Plan

log = logging.getLogger(__name__)

TO_STOP = 3.5
"""Seconds for a mail on its way to be finished; the server kills after 4."""


class Hands:
    """The threads of one process. None is a daemon: each looks at `stop` between two pieces of work and then ends by itself."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self, plan: Plan) -> None:
        """Whatever the plan's roles need is running."""
        from kept.clock.beating import lanes, run

        for number, (role, duties) in enumerate(lanes({WORK, CLOCK} & set(plan.roles))):
            self._start(f"{role}-{number}", run, role, duties, self.stop)
        if MAIL in plan.roles:
            self._begin_mail(plan)

    def _begin_mail(self, plan: Plan) -> None:
        from kept.doors.lmtp import listen
        from kept.doors.mailboxes import watch_all

        self._start("mailboxes", watch_all, self.stop)
        if plan.lmtp_port:
            self._start("lmtp", listen, plan.lmtp_host, plan.lmtp_port, self.stop)

    def _start(self, name: str, what: Callable[..., Any], *arguments: Any) -> None:
        thread = threading.Thread(target=what, args=arguments, name=name)
        thread.start()
        self._threads.append(thread)

    def end(self) -> None:
        """Every thread has finished what it held, or the time for it is over."""
        from kept.due import ringing
        from kept.intake import accepting

        self.stop.set()
        ringing.ring_everywhere()
        last = time.monotonic() + TO_STOP
        for thread in self._threads:
            thread.join(max(0.0, last - time.monotonic()))
        accepting.rest()


def load(plan: Plan, parent: int, *_target: str) -> Any:
    """Called by the server in each process it forks: the application, with everything else of the plan running beside it."""
    die_with(parent)
    from kept.wsgi import application

    hands = Hands()
    _end_when_told(hands)
    hands.begin(plan)
    Finalize(None, hands.end, exitpriority=10)
    return application


def _end_when_told(hands: Hands) -> None:
    """The first signal ends the hands at once, however long the server then takes over its own end: no mail is cut by its kill.

    Ctrl-c reaches the main process, which tells this one by SIGTERM; told by both, the server often does not end at all.
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def end() -> None:
        while os.read(told, 1)[0] != signal.SIGTERM:
            continue
        last = time.monotonic() + TO_STOP
        hands.end()
        time.sleep(max(0.0, last - time.monotonic()))
        os._exit(0)

    threading.Thread(target=end, name="end", daemon=True).start()
