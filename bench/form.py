"""From the bytes of a form to a case with an owner, a clock and an acknowledgement: at most 9 ms of the processor, aim 5.

Each customer is new and writes once, to a house of a thousand cases. Filed as the worker does it, sixteen at a time.
"""

from __future__ import annotations

import sys
from urllib.parse import urlencode

from bench.ground.filing import measure
from kept.demo.cast import Marlow
from kept.intake.accepting import accept_here

WORDS = (
    "I ordered forty boxes of A4 for our training week. Twenty-four arrived and I was charged for forty. Will you send the rest?"
)
TYPED = {"content-type": "application/x-www-form-urlencoded"}


def keep(marlow: Marlow, number: int) -> None:
    """One filled-in form is kept."""
    fields = {"name": f"Customer {number}", "email": f"customer{number}@example.org", "message": WORDS, "wish": "The rest."}
    accept_here(marlow.form, urlencode(fields).encode(), TYPED, key="", reached_us_at=marlow.clock.now)


def main(arguments: list[str]) -> int:
    """Prints what keeping, filing and sending cost, one form."""
    return measure("form", keep, target=9, rounds=int(arguments[0]) if arguments else 7)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
