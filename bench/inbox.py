"""The inbox with 1,000 and with 100,000 open cases: 40 ms, 8 queries, and 1.5 times as long at most."""

from __future__ import annotations

import sys

from bench.ground.many import a_full_house, fill
from bench.ground.paging import page, signed_in

FEW = 1_000


def main(arguments: list[str]) -> int:
    """Prints p50, processor time, queries of each size, and the ratio."""
    many = int(arguments[0]) if arguments else 100_000
    marlow, case = a_full_house(FEW)
    browser, medians = signed_in(marlow.priya), []
    for cases in (FEW, many):
        fill(case, after=FEW - 1, up_to=cases - 1)
        medians.append(page(browser, "/desk/", f"inbox at {cases:,} open cases", target=40, most_queries=8))
        page(browser, "/desk/?view=mine", f"mine at {cases:,} open cases", target=40, most_queries=8)
    print(f"{many:,} cases take {medians[1] / medians[0]:.2f} times as long as {FEW:,} (at most 1.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
