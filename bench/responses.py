"""The score page at 10,000,000 responses: 100 ms; opening the people behind a bar: 50 ms. Also what counting anew costs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import connection, models
from django.urls import reverse

from bench.ground.marlow import a_marlow
from bench.ground.measuring import cost_of, say
from bench.ground.paging import page, signed_in
from kept.demo.cast import Marlow
from kept.lib.clock import now
from kept.people.models import Customer, Team
from kept.places.models import Place, Touchpoint
from kept.surveys.counting import count_in, week_of
from kept.surveys.models import AskedCount, Response, ScoreCount, Survey
from kept.surveys.recounting import check_the_counts, recount
from kept.surveys.setting_up import open_survey, set_up, usual_plan

WEEKS, BATCH, CUSTOMERS = 104, 500_000, 50_000
FIRST = 1_000_000
"""Ids of what is made here begin behind it."""
RARE = 40
"""So many people bought the pizza that hardly anybody buys."""


def main(arguments: list[str]) -> int:
    """Prints what loading and counting took, then each page with its target."""
    many = int(arguments[0]) if arguments else 10_000_000
    marlow = a_marlow(now())
    survey = _a_survey(marlow)
    _timed(f"{many:,} responses loaded", lambda: _load(survey, marlow, many))
    _timed("counted from nothing (./kept django recount)", lambda: recount(survey, now=now()))
    _timed("checked as every night", lambda: check_the_counts(now()))
    _analyze()
    rows = ScoreCount.objects.count()
    print(f"the rollup has {rows:,} rows", flush=True)
    last = Response.objects.order_by("-pk").first()
    if last is not None:
        say("one score changed and counted", cost_of(lambda: _change(last), items=1, rounds=30))
    _pages(marlow, survey)
    return 0


def _a_survey(marlow: Marlow) -> Survey:
    """Open, with places to have been at and people to have been served by."""
    marlow.priya.follow_ups_a_week = 9
    marlow.priya.save(update_fields=["follow_ups_a_week"])
    long_ago = now() - timedelta(weeks=WEEKS)
    survey = set_up(usual_plan("nps", name="Would they send a friend", people=[marlow.priya]), by=marlow.ines, now=long_ago)
    open_survey(survey, by=marlow.ines, now=long_ago)
    place = Place.objects.create(pk=FIRST, name="Quay Street")
    for number in range(7):
        Touchpoint.objects.create(pk=FIRST + number, name=f"Touchpoint {number}", key=f"touchpoint-{number}", place=place)
        Team.objects.create(pk=FIRST + number, name=f"Team {number}")
    rows = [Customer(pk=FIRST + number, name="John Adeyemi", first_seen_at=long_ago) for number in range(CUSTOMERS)]
    Customer.objects.bulk_create(rows, batch_size=5_000)
    for week in range(WEEKS):
        monday = week_of(now()) - timedelta(weeks=week)
        for state, why in (("answered", ""), ("sent", ""), ("not_asked", "too_late"), ("not_asked", "opt_out")):
            AskedCount.objects.create(survey=survey, week_on=monday, state=state, why=why, count=1_000)
    return survey


def _load(survey: Survey, marlow: Marlow, many: int) -> None:
    columns = _columns(survey, marlow, many)
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
    for first in range(0, many, BATCH):
        last = min(first + BATCH, many) - 1
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{Response._meta.db_table}" ({names})'
                f" WITH RECURSIVE numbers(n) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT n + 1 FROM numbers"
                f" WHERE n < {last}) SELECT {values} FROM numbers"
            )


def _columns(survey: Survey, marlow: Marlow, many: int) -> Mapping[str, str]:
    """Every column of response number n: those by whom, where and when it was given spread over all that there is."""
    version = survey.versions.get()
    known = {
        "survey_id": str(survey.pk),
        "version_id": str(version.pk),
        "customer_id": f"{FIRST} + n % {CUSTOMERS}",
        "score": "CASE WHEN n * 48271 % 2147483647 % 100 < 35 THEN 10 WHEN n * 48271 % 2147483647 % 100 < 60 THEN 9"
        " ELSE n * 48271 % 2147483647 % 9 END",
        "words": "CASE WHEN n % 3 = 0 THEN 'Cold again. Third time in five weeks.' ELSE '' END",
        "consent": "'name'",
        "medium": "CASE n % 4 WHEN 0 THEN 'reply' WHEN 1 THEN 'qr' ELSE 'email' END",
        "touchpoint_id": f"{FIRST} + n * 69621 % 2147483647 % 7",
        "place_id": str(FIRST),
        "team_id": f"{FIRST} + n * 16807 % 2147483647 % 7",
        "product": f"CASE WHEN n % {max(many // RARE, 1)} = 0 THEN 'rare' ELSE 'pizza ' || n * 39373 % 2147483647 % 20 END",
        "facts": """CASE n % 2 WHEN 0 THEN '{"contract": "gold"}' ELSE '{"contract": "plain"}' END""",
        "owner_id": str(marlow.priya.pk),
        **_when(many),
    }
    fields = [field for field in Response._meta.concrete_fields if not field.primary_key]
    return {"id": f"{FIRST} + n", **{field.column: known.get(field.column) or _nothing(field) for field in fields}}


def _when(many: int) -> dict[str, str]:
    """Evenly over the weeks, the oldest first."""
    first, step = week_of(now()) - timedelta(weeks=WEEKS - 1), f"n * {WEEKS} / {many}"
    at = f"{first} 12:00:00"
    if connection.vendor == "sqlite":
        moment = f"strftime('%Y-%m-%d %H:%M:%S', '{at}', '+' || ({step} * 7) || ' days')"
        week_on = f"date('{first}', '+' || ({step} * 7) || ' days')"
    else:
        moment = f"CAST('{at}+00' AS timestamptz) + ({step}) * interval '7 days'"
        week_on = f"CAST('{first}' AS date) + CAST({step} * 7 AS integer)"
    return {"first_at": moment, "changed_at": moment, "week_on": week_on}


def _nothing(field: models.Field[object, object]) -> str:
    if isinstance(field, models.UUIDField):
        return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    if isinstance(field, models.JSONField):
        return "'[]'"
    return "NULL" if field.null else "''"


def _change(response: Response) -> None:
    before, response.score = response.score, 9 if response.score != 9 else 2
    response.save(update_fields=["score"])
    count_in(response, before=before)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(what: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"{what}: {time.perf_counter() - began:.1f} s", flush=True)


def _pages(marlow: Marlow, survey: Survey) -> None:
    browser = signed_in(marlow.priya)
    scores, people = (reverse(name, args=[survey.public_id]) for name in ("survey_scores", "survey_people"))
    for query in ("", "?weeks=52", "?weeks=all", "?by=touchpoint", "?by=product&weeks=all", f"?only=touchpoint%3D{FIRST}"):
        page(browser, scores + query, f"scores {query}", target=100, most_queries=20)
    deep = f"{week_of(now()) - timedelta(weeks=60)}_{FIRST * 5}"
    for query in (
        "?score=2",
        "?score=10&weeks=all",
        f"?score=10&weeks=all&after={deep}",
        f"?score=2&only=touchpoint%3D{FIRST}",
        "?score=10&weeks=all&only=product%3Drare",
        "?weeks=all&only=product%3Drare",
        "?weeks=all",
    ):
        page(browser, people + query, f"people {query}", target=50, most_queries=14)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
