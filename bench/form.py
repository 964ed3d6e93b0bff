"""From the bytes of a form to a case with an owner, a clock and an acknowledgement: what one costs the processor.

Aim 5 ms, at most 9 (issue "The house stands"). The customers are new, each writes once; the house has 1,000 cases already.
"""

from __future__ import annotations

import sys
from itertools import count
from urllib.parse import urlencode

from bench.ground.marlow import a_marlow
from bench.ground.measuring import cost_of
from kept.demo.post import RecordedPost
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now
from kept.replies.delivering import deliver_what_waits

EACH_ROUND = 100
WORDS = (
    "I ordered forty boxes of A4 for our training week. Twenty-four arrived and I was charged for forty. Will you send the rest?"
)
numbers = count(1)


def main(arguments: list[str]) -> int:
    """Prints the cost of keeping, filing and acknowledging one form."""
    rounds = int(arguments[0]) if arguments else 7
    marlow = a_marlow()
    envelope = {"content-type": "application/x-www-form-urlencoded"}
    kept: list[int] = []

    def keep() -> None:
        for _one in range(EACH_ROUND):
            number = next(numbers)
            fields = {
                "name": f"Customer {number}",
                "email": f"customer{number}@example.org",
                "message": WORDS,
                "wish": "The rest.",
            }
            receipt = accept_here(
                marlow.form, urlencode(fields).encode(), envelope, key="", reached_us_at=marlow.clock.forward(seconds=7)
            )
            kept.append(receipt.arrival_id)

    def file() -> None:
        for _one in range(EACH_ROUND):
            file_now(kept.pop(), now=marlow.clock.now)

    def send() -> None:
        sent = 0
        for _try in range(EACH_ROUND):
            sent += deliver_what_waits(marlow.clock.now)
            if sent >= EACH_ROUND:
                break
        RecordedPost.sent.clear()

    for _batch in range(5):
        keep()
        file()
        send()
    keeping, filing, sending = [], [], []
    for _round in range(rounds):
        keeping.append(cost_of(keep, items=EACH_ROUND, rounds=1, warm_up=0))
        filing.append(cost_of(file, items=EACH_ROUND, rounds=1, warm_up=0))
        sending.append(cost_of(send, items=EACH_ROUND, rounds=1, warm_up=0))
    for name, costs in (("kept", keeping), ("filed", filing), ("sent", sending)):
        print(name, [f"{c.cpu:.2f}" for c in costs])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
