"""The one statement that holds the rollup of a week beside its responses, for both databases."""

from __future__ import annotations

from typing import Final

from kept.surveys.counting import AGAIN, ALL, FACT, LONGEST
from kept.surveys.measures import SCALES
from kept.surveys.models import Response, ScoreCount

_RESPONSES, _COUNTS = Response._meta.db_table, ScoreCount._meta.db_table
# Every score by name, not "IS NOT NULL": so the index of a bar (survey, score, week) finds the week by itself.
_SCORES = ", ".join(map(str, range(max(scale.highest for scale in SCALES.values()) + 1)))
_WHICH = f'r."survey_id" = %(survey)s AND r."week_on" = %(week)s AND r."score" IN ({_SCORES})'
_NAMED: Final = {
    "touchpoint": 'CAST(r."touchpoint_id" AS VARCHAR(20))',
    "place": 'CAST(r."place_id" AS VARCHAR(20))',
    "team": 'CAST(r."team_id" AS VARCHAR(20))',
    "medium": 'r."medium"',
    "product": 'r."product"',
}
_EACH_FACT: Final = {"sqlite": ', json_each(r."facts") f', "postgresql": ', jsonb_each_text(r."facts") f'}


def _scan(dimension: str, value: str, *, more: str = "", only: str = "") -> str:
    return f"""SELECT {dimension} AS dimension, {value} AS value, r."version_id" AS version_id, r."score" AS score,
 COUNT(*) AS scanned, 0 AS counted FROM "{_RESPONSES}" r{more} WHERE {_WHICH}{only} GROUP BY 1, 2, 3, 4"""  # noqa: S608


def _differences(vendor: str) -> str:
    first = ' AND r."after_case_id" IS NULL'
    named = [
        _scan(f"'{name}'", f"SUBSTR({value}, 1, {LONGEST})", only=f"{first} AND {value} <> ''") for name, value in _NAMED.items()
    ]
    facts = _scan(f"'{FACT}' || f.key", f"SUBSTR(f.value, 1, {LONGEST})", more=_EACH_FACT[vendor], only=first)
    scans = [
        _scan(f"'{ALL}'", "''", only=first),
        _scan(f"'{AGAIN}'", "''", only=' AND r."after_case_id" IS NOT NULL'),
        *named,
        facts,
    ]
    kept = f"""SELECT r."dimension", r."value", r."version_id", r."score", 0, r."count" FROM "{_COUNTS}" r
 WHERE r."survey_id" = %(survey)s AND r."week_on" = %(week)s"""  # noqa: S608
    both = " UNION ALL ".join([*scans, kept])
    return f"""SELECT dimension, value, version_id, score, SUM(scanned) - SUM(counted) FROM ({both}) beside
 GROUP BY 1, 2, 3, 4 HAVING SUM(scanned) <> SUM(counted)"""  # noqa: S608


DIFFERENCES: Final = {vendor: _differences(vendor) for vendor in _EACH_FACT}
"""dimension, value, version, score, and how many the rollup lacks; for the survey %(survey)s and the week %(week)s."""
