"""How often each score was given, by week and dimension; kept in the same transaction as the response it counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F

from kept.accounts.policies import default_calendar
from kept.surveys.models import Response, ScoreCount

ALL: Final = ""
"""The dimension that everybody is counted in."""
AGAIN: Final = "again"
"""Asked again when a matter begun by a score had ended: counted by itself, since these were not drawn by lot."""
FACT: Final = "fact:"
LONGEST, MOST_FACTS = 120, 12
Key = tuple[int, str, date, str, int, int]
"""As score_count_once has it: survey, dimension, week, value, version, score."""

_MORE = f"""INSERT INTO "{ScoreCount._meta.db_table}"
 ("survey_id", "dimension", "week_on", "value", "version_id", "score", "count") VALUES {{rows}}
 ON CONFLICT ("survey_id", "dimension", "week_on", "value", "version_id", "score")
 DO UPDATE SET "count" = "{ScoreCount._meta.db_table}"."count" + excluded.count"""  # noqa: S608 - names of our own only


@transaction.atomic
def count_in(response: Response, *, before: int | None) -> None:  # no event: derived from a response that has its own
    """The rollup knows this response's score and no longer the one it had `before`. Call it once for each change of the score."""
    if response.score == before:
        return
    if before is None:
        _keep_facts(response)
    change = dict.fromkeys(() if before is None else keys_of(response, before), -1)
    change |= dict.fromkeys(() if response.score is None else keys_of(response, response.score), 1)
    if set(change.values()) == {1}:
        return _add(sorted(change), 1)
    # One at a time and in one order for everybody, so that on PostgreSQL no two of them wait for each other for ever.
    for key in sorted(change):
        add_to_rollup(key, change[key])
    return None


def _keep_facts(response: Response) -> None:  # no event: part of a response that has its own
    """The response keeps what was known of the customer when they answered, whatever is learned later."""
    known = response.customer.facts if response.customer is not None else {}
    plain = {str(name)[:34]: str(value)[:LONGEST] for name, value in sorted(known.items()) if value not in (None, "")}
    response.facts = dict(list(plain.items())[:MOST_FACTS])
    response.save(update_fields=["facts"])


def keys_of(response: Response, score: int) -> list[Key]:
    """Every row of the rollup that counts this response with that score, in order."""
    survey, version, week = response.survey_id, response.version_id, response.week_on
    return sorted((survey, dimension, week, value, version, score) for dimension, value in dimensions_of(response).items())


def dimensions_of(response: Response) -> dict[str, str]:
    """dimension -> value; rows are named by their number, so that a new name changes no figure."""
    if response.after_case_id is not None:
        return {AGAIN: ""}
    named = {
        "touchpoint": response.touchpoint_id,
        "place": response.place_id,
        "team": response.team_id,
        "medium": response.medium,
        "product": response.product,
        **{f"{FACT}{name}": value for name, value in response.facts.items()},
    }
    return {ALL: "", **{dimension: str(value)[:LONGEST] for dimension, value in named.items() if value not in (None, "")}}


def add_to_rollup(key: Key, people: int) -> None:  # no event: derived
    """That row counts so many people more; fewer, where it is less than none."""
    if people > 0:
        return _add([key], people)
    survey, dimension, week_on, value, version, score = key
    row = ScoreCount.objects.filter(
        survey=survey, dimension=dimension, week_on=week_on, value=value, version=version, score=score, count__gte=-people
    )
    row.update(count=F("count") + people)
    return None


def _add(keys: list[Key], people: int) -> None:
    gaps = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(_MORE.format(rows=gaps), [_plain(part) for key in keys for part in (*key, people)])


def _plain(part: int | str | date) -> int | str | date | None:
    return connection.ops.adapt_datefield_value(part) if isinstance(part, date) else part


def week_of(at: datetime) -> date:
    """The Monday of that moment in the house's zone: what a response keeps as `week_on`."""
    day = at.astimezone(ZoneInfo(default_calendar().zone)).date()
    return day - timedelta(days=day.weekday())
