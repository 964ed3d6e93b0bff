"""The case page with 100,000 open cases: at most 30 ms and 12 queries (issue "The house stands")."""

from __future__ import annotations

import sys

from django.urls import reverse

from bench.ground.many import a_full_house
from bench.ground.paging import page, signed_in
from kept.cases.models import MessageKind


def main(arguments: list[str]) -> int:
    """Prints p50, processor time and queries of a short and of a long case."""
    many = int(arguments[0]) if arguments else 100_000
    marlow, case = a_full_house(many)
    browser = signed_in(marlow.priya)
    address = reverse("case", args=[case.public_id])
    page(browser, address, f"short case at {many:,} open cases", target=30, most_queries=12)
    for turn in range(10):
        marlow.mary.fills_in_the_form(f"Still {turn + 6} boxes missing. Where are they?")
        kind = MessageKind.ANSWER if turn % 2 else MessageKind.SIGN_OF_LIFE
        marlow.answers(case, "Dear Mary, they are in the van.", by=marlow.priya, kind=kind)
    page(browser, address, "the same with 20 messages", target=30, most_queries=12)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
