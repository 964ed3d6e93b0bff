"""The order proof: between the last write of an arrival and the bytes that say yes lies an fdatasync of the write-ahead log.

Watched from outside by strace (apt install strace), on SQLite: every form by the door is answered 202, every mail by LMTP 250.
"""

from __future__ import annotations

import os
import re
import shutil
import smtplib
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.ground.marlow import a_marlow
from bench.ground.serving import HOST, House
from kept.accounts.opening import add_account
from kept.lib.clock import now

CALLS = "pwrite64,pwritev,write,writev,sendto,sendmsg,fdatasync,fsync"
YES = re.compile(r'"(HTTP/1\.1 202|250 2\.0\.0 Kept)')
NUMBER = re.compile(r"proof-(\d+\w)")
LINE = re.compile(r"^(\d+) +(\d+\.\d+) (\w+)\((\d+)(?:<([^>]*)>)?")
MAIL = "From: Mary <mary{n}@example.org>\r\nTo: help@marlow.example\r\nMessage-ID: <{n}@example.org>\r\n\r\nproof-{n}m\r\n"


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the system: when it was finished, which, on which file, and the line as strace wrote it."""

    at: float
    name: str
    file: str
    line: str


def main(arguments: list[str]) -> int:
    """Prints how many of the answers came after the sync. Returns 1 if not all did."""
    if shutil.which("strace") is None or os.environ.get("KEPT_DATABASE_URL"):
        print("The order proof needs strace and SQLite.", file=sys.stderr)
        return 2
    times = int(arguments[0]) if arguments else 20
    a_marlow(at=now())
    door = add_account("webform", name="Bench", now=now()).door
    from django.db import connections

    connections.close_all()
    trace = Path(os.environ["KEPT_DATA"]) / "trace"
    house = House(prefix=("strace", "-f", "-y", "-ttt", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace)))
    house.start()
    try:
        house.wait(seconds=120)
        for number in range(times):
            _post(house, door, number)
            _mail(house, number)
        time.sleep(1)
    finally:
        house.kill()
    return _judge(_read(trace), expected=2 * times)


def _post(house: House, door: str, number: int) -> None:
    body = urlencode({"name": "Mary", "email": f"mary{number}@example.org", "message": f"proof-{number}f"}).encode()
    asked = urllib.request.Request(f"{house.address}/in/{door}", body, {"Content-Type": "application/x-www-form-urlencoded"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.status == 202


def _mail(house: House, number: int) -> None:
    with smtplib.LMTP(HOST, house.lmtp_port, timeout=30) as server:
        server.sendmail(f"mary{number}@example.org", ["help@marlow.example"], MAIL.format(n=number).encode())


def _read(trace: Path) -> list[Call]:
    """The calls in the order in which they were finished; a call that was interrupted counts where it is resumed."""
    begun: dict[tuple[str, str], tuple[str, str]] = {}
    calls = []
    for line in trace.read_text(errors="replace").splitlines():
        thread, _space, rest = line.partition(" ")
        moment = float(rest.split()[0]) if rest.split() and rest.split()[0][0].isdigit() else 0.0
        if found := re.search(r"<\.\.\. (\w+) resumed>", line):
            file, first = begun.pop((thread, found[1]), ("", ""))
            calls.append(Call(moment, found[1], file, first + line))
        elif found := LINE.match(line):
            name, file = found[3], found[5] or ""
            if "<unfinished ...>" in line and name in {"fdatasync", "fsync"}:
                begun[thread, name] = (file, line)
            else:
                calls.append(Call(moment, name, file, line))
    return calls


def _judge(calls: list[Call], *, expected: int) -> int:
    """For each yes: since the yes before it a new arrival was written to the log, and after that write the log was synced.

    Its page is written again when it is filed; that is another transaction and proves nothing.
    """
    known: set[str] = set()
    proven = seen = 0
    is_written = is_synced = False
    for call in calls:
        if call.file.endswith("-wal"):
            if call.name in {"fdatasync", "fsync"}:
                is_synced = is_written
            elif fresh := set(NUMBER.findall(call.line)) - known:
                known |= fresh
                is_written, is_synced = True, False
        elif YES.search(call.line):
            seen += 1
            proven += is_written and is_synced
            is_written = is_synced = False
    share = 100 * proven / seen if seen else 0.0
    print(f"{seen} of {expected} yeses seen; {proven} after the write-ahead log was synced: {share:.0f} % of arrivals")
    return int(proven != expected)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
