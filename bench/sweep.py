"""The clock's sweep at 100,000 open cases: at most 0.5 s when 100 are due, 5 ms when none is (issue "The house stands")."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Min

from bench.ground.many import APART, a_full_house
from bench.ground.measuring import cost_of, say
from kept.cases.escalating import escalate_the_overdue
from kept.cases.models import Case
from kept.outcomes.asking import ask_how_it_ended
from kept.promises.keeping import break_promises_past_due

SWEEP: tuple[Callable[[datetime], object], ...] = (escalate_the_overdue, break_promises_past_due, ask_how_it_ended)
DUE = 100


def main(arguments: list[str]) -> int:
    """Prints what a sweep costs when nothing is due, and when a hundred ladders are."""
    many = int(arguments[0]) if arguments else 100_000
    a_full_house(many)
    first = Case.objects.aggregate(first=Min("rung_due_at"))["first"]
    quiet = first - timedelta(minutes=1)
    say(f"sweep of {many:,}, none due", cost_of(lambda: [duty(quiet) for duty in SWEEP], items=1, rounds=20), target=5)
    for turn in range(1, 4):
        now = first + timedelta(seconds=APART * (DUE * turn - 1))
        due = Case.objects.filter(rung_due_at__lte=now).count()
        began, began_cpu = time.perf_counter(), time.process_time()
        for duty in SWEEP:
            duty(now)
        wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
        print(f"sweep of {many:,}, {due} due: {wall * 1000:.0f} ms, CPU {cpu * 1000:.0f} ms (target 500)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
