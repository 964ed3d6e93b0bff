"""What a page of the desk costs, asked for as a browser would, by somebody who is signed in."""

from __future__ import annotations

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept.people.models import Employee
from kept.running.static_files import gather

ASKED = 60


def signed_in(employee: Employee) -> Client:
    """A browser of this employee."""
    gather()
    browser = Client(headers={"host": "localhost"})
    browser.force_login(employee, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def page(browser: Client, address: str, what: str, *, target: float, most_queries: int) -> float:
    """Prints the median time of this page, its processor time and its queries. Returns the median, in milliseconds."""
    for _warm in range(3):
        answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    walls, cpus = [], []
    for _time in range(ASKED):
        began, began_cpu = time.perf_counter(), time.process_time()
        browser.get(address)
        walls.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - began_cpu) * 1000)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(address)
    queries = [query for query in asked.captured_queries if query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    median = statistics.median(walls)
    print(
        f"{what:<34} p50 {median:6.1f} ms, CPU {statistics.median(cpus):6.1f} ms (target {target:g})   "
        f"{len(queries)} queries (at most {most_queries})   {len(answer.content) / 1000:.0f} kB",
        flush=True,
    )
    return median
