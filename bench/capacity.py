"""Two years of asking (R9): are the hours that customers are shown kept, and is the time of our people used? In under a minute.

Seasons, holidays, leave, illness, answers that take minutes to a fortnight, pages that lie open for hours, and a share of answers
that makes work which jumps from 5 % to 40 % one Tuesday at two, for four weeks. Beside it the same two years without R9.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta

from bench.ground.two_years import (
    BEGINS,
    DAY,
    HOURS,
    JUMP,
    MENDED,
    WEEK,
    WEEKS,
    FollowUp,
    Person,
    TwoYears,
    share_that_makes_work,
)
from kept.cases.capacity import Load, time_here, usual_week
from kept.surveys.room import CERTAINTY, chance_of_room

MOST_LATE, LEAST_USED = 0.01, 0.8
AFTERMATH = 4 * WEEK
HOUR = timedelta(hours=1)
BELIEVED = 0.2
"""Once the house takes the share for this, it knows that something happened."""
WELL_KNOWN = 100_000


def main(arguments: list[str]) -> int:
    """Prints, by R9 and without it: follow-ups later than shown, capacity used, and what happened at the jump."""
    seed, began = int(arguments[0]) if arguments else 1, time.process_time()
    for careful in (True, False):
        years = TwoYears(seed, careful=careful).live()
        print("by R9" if careful else "without R9: everybody is asked at once, and shown the usual hour")
        _say_hours(years.follow_ups, against=MOST_LATE if careful else None)
        _say_use(years, against=LEAST_USED if careful else None)
        asked = sum(release.count for release in years.releases)
        print(f"  {'asked':<44} {asked:8,}   not asked {years.not_asked:,}; hour moved while a page lay open {years.moved}")
        if careful:
            _say_jump(years)
    print(f"two years twice in {time.process_time() - began:.0f} s of the processor, seed {seed}")
    return 0


def _say_hours(follow_ups: list[FollowUp], *, against: float | None) -> None:
    late = sum(one.is_late for one in follow_ups) / len(follow_ups)
    print(f"  {'follow-ups later than the hour shown':<44} {late:8.2%}   of {len(follow_ups):,}{_target('at most', against)}")
    across = [one for one in follow_ups if one.opened_at < JUMP <= one.saved_at]
    around = [one for one in follow_ups if JUMP <= one.saved_at < MENDED]
    print(f"  {'of pages open when it jumped':<44} {sum(one.is_late for one in across):8}   of {len(across)}")
    print(f"  {'of those answered while it was at 40 %':<44} {sum(one.is_late for one in around):8}   of {len(around):,}")
    shown = [one.shown - one.saved_at for one in follow_ups]
    waited = [one.done_at - one.saved_at for one in follow_ups if one.done_at is not None]
    print(f"  {'days from their words to the hour shown':<44} {_spread(shown)}")
    print(f"  {'days from their words to our answer':<44} {_spread(waited)}")


def _spread(spans: list[timedelta]) -> str:
    days = sorted(span / DAY for span in spans)
    return f"{days[len(days) // 2]:8.1f}   in the middle, {days[int(len(days) * 0.95)]:.1f} for one in twenty"


def _target(bound: str, against: float | None) -> str:
    return "" if against is None else f"   target {bound} {against:.0%}"


def _say_use(years: TwoYears, *, against: float | None) -> None:
    """Weeks without the jump and what came of it; the first four, in which the house learns, are left out."""
    done = could = 0.0
    for number in range(4, WEEKS):
        since = BEGINS + number * WEEK
        if JUMP - WEEK <= since < MENDED + AFTERMATH:
            continue
        done += sum(1 for one in years.follow_ups if one.done_at is not None and since <= one.done_at < since + WEEK)
        could += sum(person.weekly * _here(person, number) for person in years.people.values())
    print(f"  {'capacity used in steady weeks':<44} {done / could:8.1%}   {_target('at least', against).strip()}")


def _here(person: Person, number: int) -> float:
    since = BEGINS + number * WEEK
    absences = [Load(0, 1)] + [Load(0, 1, away_from=away, away_until=back) for away, back, _is_known in person.away]
    here = [time_here(load, hours=HOURS, since=since, until=since + WEEK) for load in absences]
    return max(here[0] - sum((here[0] - one for one in here[1:]), timedelta(0)), timedelta(0)) / usual_week(HOURS)


def _say_jump(years: TwoYears) -> None:
    """How many were asked before the house knew, and whether its next release finds room at the share that is true by then."""
    after = [release for release in years.releases if release.at >= JUMP]
    known = next(number for number, release in enumerate(after) if release.rate >= BELIEVED)
    blind = sum(release.count for release in after[:known])
    print(f"  {'asked between the jump and knowing of it':<44} {blind:8}   in {(after[known].at - JUMP) / HOUR:.1f} hours")
    first = next(release for release in after[known:] if release.count)
    work = share_that_makes_work(first.at)
    room = chance_of_room(first.places, first.count + round(first.out), asked=WELL_KNOWN, made_work=round(WELL_KNOWN * work))
    when = f"on day {(first.at - JUMP) / DAY:.0f}, {first.places} places free, {first.out:.0f} may still answer"
    print(f"  {'asked by the next release':<44} {first.count:8}   {when}, share taken for {first.rate:.0%}")
    print(f"  {'their work finds room, at the true share':<44} {room:8.1%}   {_target('at least', CERTAINTY).strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
