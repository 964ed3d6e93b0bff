"""What a yes costs: at the door of a real server (`./kept web`, no worker beside it), and the writer by itself. At most 1 ms."""

from __future__ import annotations

import http.client
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from bench.ground.marlow import a_marlow
from bench.ground.measuring import cost_of, percentile, say
from bench.ground.serving import HOST, House
from kept.accounts.opening import add_account
from kept.demo.cast import Marlow
from kept.intake.accepting import accept, rest
from kept.lib.clock import now

BODY = urlencode({"name": "Mary", "email": "mary@example.org", "message": "Sixteen boxes are missing. " * 8}).encode()
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
SENDERS, EACH, ROUNDS = 16, 125, 5


def main(arguments: list[str]) -> int:
    """Prints rate, processor time a yes, and how long a sender waited."""
    senders = int(arguments[0]) if arguments else SENDERS
    marlow = a_marlow()
    door = add_account("webform", name="Bench", now=now()).door
    _by_the_writer(marlow, senders)
    from django.db import connections

    connections.close_all()
    house = House("web")
    house.start()
    try:
        house.wait()
        _by_the_door(house, door, senders)
    finally:
        house.stop()
    return 0


def _by_the_writer(marlow: Marlow, senders: int) -> None:
    envelope = {"content-type": HEADERS["Content-Type"]}
    form = marlow.form

    def keep_some(_sender: int) -> None:
        for _one in range(EACH):
            accept(form, BODY, envelope, key="", reached_us_at=now())

    with ThreadPoolExecutor(senders) as pool:
        say("the writer alone", cost_of(lambda: list(pool.map(keep_some, range(senders))), items=senders * EACH))
    rest()


def _by_the_door(house: House, door: str, senders: int) -> None:
    def post_some(_sender: int) -> list[float]:
        line, waits = http.client.HTTPConnection(HOST, house.port, timeout=30), []
        for _one in range(EACH):
            began = time.perf_counter()
            line.request("POST", f"/in/{door}", BODY, HEADERS)
            answer = line.getresponse()
            answer.read()
            if answer.status != 202:
                raise SystemExit(f"the door said {answer.status}")
            waits.append((time.perf_counter() - began) * 1000)
        return waits

    with ThreadPoolExecutor(senders) as pool:
        for turn in range(ROUNDS + 1):
            before, began = house.cpu(), time.perf_counter()
            waits = [wait for some in pool.map(post_some, range(senders)) for wait in some]
            seconds, spent = time.perf_counter() - began, house.cpu() - before
            if turn:
                print(
                    f"the door, {senders} senders: {len(waits) / seconds:6.0f}/s, {spent * 1000 / len(waits):.3f} ms CPU a yes "
                    f"(target 1), p50 {percentile(waits, 0.5):.1f} ms, p99 {percentile(waits, 0.99):.1f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
