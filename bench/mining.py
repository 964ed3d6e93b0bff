"""The ways of the sample year against those that PM4Py finds in the exported log, in an environment of its own; a million events.

PM4Py is AGPL-3.0-or-later: it is installed into a temporary folder, run there as a program over files, and gone at the end.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.ground.many import fill
from kept.demo.living import live
from kept.journeys.log import as_csv, as_xes, event_log, every_case
from kept.journeys.mining import mine_ways, rebuild_ways
from kept.journeys.models import Followed, Walked
from kept.lib.clock import now
from kept.timeline.happenings import Happened
from kept.timeline.models import Event
from kept.timeline.recording import record
from kept.timeline.sealing import seal

Pairs = Counter[tuple[str, str]]
THEIRS = """
import collections, csv, sys
import pm4py
log = pm4py.read_xes(sys.argv[1])
found, _first, _last = pm4py.discover_dfg(log)
out = csv.writer(open(sys.argv[2], "w", newline=""))
out.writerows(["pair", before, after, count] for (before, after), count in found.items())
out.writerows(["variant", " > ".join(way), "", count if isinstance(count, int) else len(count)]
              for way, count in pm4py.get_variants(log).items())
"""


def main(arguments: list[str]) -> int:
    """Prints how the sample year compares, then what a million events cost. Exit 1 where two counts differ."""
    many = int(arguments[0].replace("_", "")) if arguments else 1_000_000
    same = _compare_the_sample_year()
    _time_many(many)
    return 0 if same else 1


def _compare_the_sample_year() -> bool:
    call_command("migrate", verbosity=0, interactive=False)
    live(now())
    seal()
    mine_ways(now())
    folder = Path(tempfile.mkdtemp(prefix="kept-mining-"))
    (folder / "log.xes").write_text("".join(as_xes(event_log(every_case()))), encoding="utf-8")
    (folder / "log.csv").write_text("".join(as_csv(event_log(every_case()))), encoding="utf-8")
    print(f"the sample year: {Walked.objects.count():,} ways")
    same = _say_same("a plain count of the exported CSV", _plain(folder / "log.csv"))
    theirs = _by_pm4py(folder)
    return same if theirs is None else _say_same("PM4Py on the exported XES", theirs) and same


def _ours() -> tuple[Pairs, Counter[str]]:
    """What the house keeps."""
    pairs: Pairs = Counter()
    for one in Followed.objects.all():
        pairs[one.before, one.after] += one.count
    return pairs, Counter(Walked.objects.values_list("trace", flat=True))


def _say_same(what: str, theirs: tuple[Pairs, Counter[str]]) -> bool:
    (pairs, variants), (other_pairs, other_variants) = _ours(), theirs
    missing = [*(pairs - other_pairs), *(other_pairs - pairs)], [*(variants - other_variants), *(other_variants - variants)]
    print(
        f"against {what}: {len(pairs)} pairs, {sum(pairs.values()):,} times, {len(missing[0])} differ; "
        f"{len(variants)} variants, {len(missing[1])} differ",
        flush=True,
    )
    for one in [*missing[0][:5], *missing[1][:5]]:
        print("   differs:", one)
    return missing == ([], [])


def _plain(file: Path) -> tuple[Pairs, Counter[str]]:
    """Counted with nothing of the house: line after line of the file."""
    pairs: Pairs = Counter()
    ways: dict[str, list[str]] = {}
    with file.open(newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            way = ways.setdefault(line["case"], [])
            if way:
                pairs[way[-1], line["activity"]] += 1
            way.append(line["activity"])
    return pairs, Counter(" > ".join(way) for way in ways.values())


def _by_pm4py(folder: Path) -> tuple[Pairs, Counter[str]] | None:
    python = _an_environment(folder)
    if python is None:
        return None
    done = subprocess.run(
        [python, "-c", THEIRS, folder / "log.xes", folder / "theirs.csv"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"PM4Py could not read the log: {done.stderr.strip()[-400:]}")
        return None
    pairs: Pairs = Counter()
    variants: Counter[str] = Counter()
    with (folder / "theirs.csv").open(newline="", encoding="utf-8") as lines:
        for kind, before, after, count in csv.reader(lines):
            if kind == "pair":
                pairs[before, after] = int(count)
            else:
                variants[before] = int(count)
    return pairs, variants


def _an_environment(folder: Path) -> Path | None:
    """Python with PM4Py in it, or None and a line that says why not."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", "pm4py"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"PM4Py cannot be installed here, so nothing was compared with it: {done.stderr.strip()[-300:]}")
        return None
    return python


def _time_many(many: int) -> None:
    """The longest way of the sample year, copied until there are so many events."""
    case = Walked.objects.select_related("case").order_by("-steps", "pk")[0].case
    each = Event.objects.filter(about=case.about).count()
    fill(case, after=0, up_to=many // each)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kept_event SET number = id WHERE number IS NULL")
    print(f"{Event.objects.count():,} events, {each} a case", flush=True)
    _timed("all mined anew", rebuild_ways)
    record(case, Happened.REMINDED, at=now())
    seal()
    _timed("one more added to that", lambda: mine_ways(now()))


def _timed(what: str, act: Callable[[], int]) -> None:
    began, began_cpu = time.perf_counter(), time.process_time()
    count = act()
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    print(f"{what:<60} {count:>9,} steps  {wall:6.2f} s, CPU {cpu:6.2f} s (target 10)", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
