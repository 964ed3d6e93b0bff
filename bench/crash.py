"""kill -9 of the whole process group under 20 contacts a second: nothing accepted is lost, doubled, or acknowledged twice.

./kept bench crash [KILLS] [SEED]          also with KEPT_DATABASE_URL
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from bench.ground.marlow import a_marlow
from bench.ground.senders import Ledger, Sender
from bench.ground.serving import House
from bench.ground.sink import Sink
from kept.accounts.opening import add_account
from kept.audit.counting import count
from kept.audit.invariants import INVARIANTS
from kept.cases.models import Message
from kept.intake.models import Arrival, ArrivalState
from kept.lib.clock import now
from kept.replies.models import Delivery

A_SECOND = 20
MOST_TO_HEAL = 300.0
NONCE = re.compile(r"nonce=(\w+)\.")


def main(arguments: list[str]) -> int:
    """Prints one line for each thing that may not happen, with how often it did. Returns 1 when any did."""
    kills, seed = int(arguments[0]) if arguments else 50, int(arguments[1]) if len(arguments) > 1 else 1
    a_marlow(at=now())
    door = add_account("webform", name="Bench", now=now())
    _let_go()
    sink, ledger = Sink(), Ledger(Path(os.environ["KEPT_DATA"]) / "ledger.jsonl")
    house = House(smtp_port=sink.port)
    sink.start()
    sender = Sender(house, ledger, door=door.door, slug=door.account.slug)
    began = time.monotonic()
    try:
        _crash(house, sender, kills=kills, dice=Random(seed))
        house.start()
        house.wait()
        _heal()
    finally:
        house.kill()
        sink.stop()
    return _reconcile(ledger, sink, kills=kills, seconds=time.monotonic() - began)


def _crash(house: House, sender: Sender, *, kills: int, dice: Random) -> None:
    """That many times: started, killed some time later, be it while it starts, accepts, files or sends."""
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=96) as pool:
        traffic = threading.Thread(target=_send_all, args=(sender, pool, stop, dice.random()))
        traffic.start()
        try:
            for kill in range(kills):
                house.start()
                if kill % 5 or kill == 0:
                    house.wait()
                time.sleep(dice.uniform(0.05, 3.0))
                house.kill()
                print(f"\rkill {kill + 1} of {kills}", end="", file=sys.stderr, flush=True)
            house.start()
        finally:
            stop.set()
            traffic.join()
    house.kill()


def _send_all(sender: Sender, pool: ThreadPoolExecutor, stop: threading.Event, seed: float) -> None:
    number = 0
    while not stop.wait(1 / A_SECOND):
        number += 1
        pool.submit(sender.send, f"n{number:06d}", Random(f"{seed} {number}"))


def _heal() -> None:
    """Everything that waited is filed and sent. What a killed worker held is free again when its lease has run out."""
    last = time.monotonic() + MOST_TO_HEAL
    while time.monotonic() < last:
        waiting = Arrival.objects.filter(state=ArrivalState.WAITING).count()
        unsent = Delivery.objects.filter(next_try_at__isnull=False).count()
        if not waiting and not unsent:
            return
        time.sleep(2)


def _reconcile(ledger: Ledger, sink: Sink, *, kills: int, seconds: float) -> int:
    texts = Message.objects.filter(is_theirs=True).values_list("text", flat=True)
    kept = Counter(nonce for text in texts for nonce in NONCE.findall(text))
    acks = {address.partition("@")[0]: ids for address, ids in sink.came.items() if address.endswith("@customers.example")}
    filed = [nonce for nonce in kept if kept[nonce]]
    found = {
        "accepted and lost": [nonce for nonce in ledger.accepted if not kept[nonce]],
        "doubled": [nonce for nonce, times in kept.items() if times > 1],
        "never attempted, yet there": [nonce for nonce in kept if nonce not in ledger.attempted],
        "acknowledged twice, by Message-ID": [nonce for nonce, ids in acks.items() if len(set(ids)) > 1],
        "not acknowledged": [nonce for nonce in filed if nonce not in acks],
        "unaccounted for in the audit": ["?"] * abs(count(now()).unaccounted),
        "invariants that do not hold": [sentence for holds in INVARIANTS for sentence in holds(now())],
    }
    repeats = sum(len(ids) - len(set(ids)) for ids in acks.values())
    unknown = sum(1 for nonce in ledger.unknown if kept[nonce])
    sums = f"attempted {len(ledger.attempted):,}, accepted {len(ledger.accepted):,}, kept {len(kept):,}"
    print(f"\n{kills} kills in {seconds:.0f} s; {sums}")
    for what, which in found.items():
        print(f"{what:<36} {len(which)}   {', '.join(which[:5])}")
    print(f"{'sent again with the same Message-ID':<36} {repeats}   (at most one a kill: {'yes' if repeats <= kills else 'NO'})")
    print(f"{'without an answer, yet there':<36} {unknown}   (0 or 1 is right for each)")
    print(f"lost: 0 of {len(ledger.accepted):,} bounds the rate below {300 / max(1, len(ledger.accepted)):.3f} % (95 %)")
    return int(any(found.values()) or repeats > kills)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
