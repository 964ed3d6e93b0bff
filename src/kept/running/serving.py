"""The server itself: granian's main process is ours; what it forks serves the pages and does all the rest."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from kept.running.plan import WEB, Plan
from kept.running.working import Hands, load

SECONDS_TO_END = 4
LARGEST_HEAD = 64 * 1024


def serve(plan: Plan) -> None:
    """Until SIGTERM or ctrl-c. Without the web's role nothing is forked: this very process does the work."""
    if WEB not in plan.roles:
        _work_here(plan)
        return
    server = Server(
        "kept.wsgi:application",
        address=plan.host,
        port=plan.port,
        interface=Interfaces.WSGI,
        workers=plan.processes,
        blocking_threads=plan.threads,
        backpressure=plan.threads * 16,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=SECONDS_TO_END,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(load, plan, os.getpid()), wrap_loader=False)


def _work_here(plan: Plan) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hands = Hands()
    hands.begin(plan)
    stop.wait()
    hands.end()
