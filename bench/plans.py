"""How PostgreSQL finds whoever stands on the Pulse of the sample year: no table that grows with history is read from end to end.

Needs KEPT_DATABASE_URL. Each question of the pages is explained twice: as the planner would have it, which reads a small table
whole because that is quicker, and with that forbidden; what is read whole even then has no index, and that is what fails here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, Final

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.ground.paging import signed_in
from kept.demo.living import live
from kept.lib.clock import now
from kept.people.models import Employee

GROWS: Final = {
    *("kept_case", "kept_message", "kept_event", "kept_promise", "kept_delivery", "kept_response", "kept_recognition"),
    *("kept_observation", "kept_customermonth", "kept_pageread", "kept_verdict", "kept_arrival", "kept_filed", "kept_customer"),
    *("kept_walked", "kept_followed", "kept_notice", "kept_invitation", "kept_scorecount", "kept_gift", "kept_identity"),
}
LENSES: Final = ("1", "13", "52")


def main(arguments: list[str]) -> int:  # noqa: ARG001
    """Prints each question that reads a growing table whole. Returns 1 if any has to."""
    if connection.vendor != "postgresql":
        raise SystemExit("Plans are read on PostgreSQL: set KEPT_DATABASE_URL.")
    call_command("migrate", verbosity=0, interactive=False)
    live(now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    browser = signed_in(Employee.objects.filter(role="admin", is_active=True).earliest("pk"))
    have_to = 0
    for address in _addresses():
        for sql in _asked(browser, address):
            by_choice, must = _read_whole(sql, may=True), _read_whole(sql, may=False)
            have_to += len(must)
            if by_choice or must:
                says = f"HAS NO INDEX: {sql[:240]}" if must else "small enough to be read whole"
                print(f"{address:<44} {', '.join(sorted(by_choice | must)):<30} {says}", flush=True)
    print("every question has an index" if not have_to else f"{have_to} questions have none")
    return int(have_to > 0)


def _addresses() -> Iterator[str]:
    from kept.numbers.catalogue import CATALOGUE

    for code in LENSES:
        yield f"{reverse('pulse')}?time={code}"
        yield f"{reverse('pulse_numbers')}?time={code}"
        yield from (f"{reverse('figure', args=[metric.name])}?time={code}" for metric in CATALOGUE)
    yield f"{reverse('pulse')}?medium=email"
    yield reverse("standing")


def _asked(browser: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]


def _read_whole(sql: str, *, may: bool) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET enable_seqscan = {'on' if may else 'off'}")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}".replace("%", "%%"))
        [(plan,)] = cursor.fetchall()
        cursor.execute("SET enable_seqscan = on")
    return set(_whole(json.loads(plan) if isinstance(plan, str) else plan)) & GROWS


def _whole(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _whole(one)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan":
            yield node["Relation Name"]
        for value in node.values():
            if isinstance(value, list | dict):
                yield from _whole(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
