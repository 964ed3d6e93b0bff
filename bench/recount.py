"""Every figure of the catalogue on the demo year, counted a second time: from the events and by plain SQL over whole tables.

Written from the definitions alone: it uses nothing of `numbers/` but the catalogue that it checks. Prints equal or different.
"""

# ruff: noqa: D102 - each method is named for a number of the catalogue, whose definition says what it is

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.management import call_command
from django.db import connection

from kept.cases.models import Case
from kept.cases.page_reads import PageRead
from kept.demo.living import live
from kept.lib.clock import now
from kept.numbers.catalogue import CATALOGUE
from kept.numbers.facts import Facts
from kept.numbers.lens import CODES, Lens, lens_of
from kept.numbers.metric import Reading, read
from kept.numbers.models import CustomerMonth
from kept.numbers.people_behind import meet
from kept.people.models import Customer
from kept.promises.models import Promise, StandingPromise

Key = tuple[str, int, str]
"""What is counted, and as which part."""
HOUR, WEEK, MOMENT = timedelta(hours=1), timedelta(days=7), timedelta(microseconds=1)
DAYS_TO_WRITE = timedelta(days=3)


def main(arguments: list[str]) -> int:  # noqa: ARG001
    """Prints each figure twice. Returns 1 if any differs, or opens anybody else than it counts."""
    call_command("migrate", verbosity=0, interactive=False)
    live(now())
    _months_of_everybody()
    _pages_read()
    _promised_to_everybody()
    return compare(now())


def _months_of_everybody() -> None:
    """Where the sample year knows no revenue, everybody is given months by a rule of arithmetic, and some of them leave."""
    if CustomerMonth.objects.exists():
        return
    today = now().date()
    people = list(Customer.objects.order_by("pk"))
    rows = []
    for back in range(14):
        month = date(today.year - (today.month <= back % 12) - back // 12, (today.month - 1 - back) % 12 + 1, 1)
        for one in people:
            value, stays = Decimal(one.pk * 7 % 90) + Decimal("0.50"), one.pk % 9 or back > one.pk % 5
            rows.append(CustomerMonth(customer=one, month_on=month, value=value, currency="GBP", is_active=bool(stays)))
    CustomerMonth.objects.bulk_create(rows, batch_size=2000)


def _pages_read() -> None:
    """Where nobody has read their page, every second customer did so a day after they wrote, and some found it there."""
    if PageRead.objects.exists():
        return
    cases = list(Case.objects.filter(opened_at__lt=now() - timedelta(days=1)).order_by("pk"))
    rows = [PageRead(case=one, at=one.opened_at + timedelta(days=1), is_enough=one.pk % 5 == 0) for one in cases if one.pk % 2]
    PageRead.objects.bulk_create(rows, batch_size=2000)


def _promised_to_everybody() -> None:
    """Where nothing is promised to everybody: an advert without an hour, a guarantee with one, held against some matters."""
    if StandingPromise.objects.exists():
        return
    advert = StandingPromise.objects.create(says="A hot pizza", since_on=date(2020, 1, 1))
    guarantee = StandingPromise.objects.create(says="An answer within a day", since_on=date(2020, 1, 1), within_minutes=1440)
    rows = []
    for one in Case.objects.filter(opened_at__lt=now() - timedelta(days=2)).select_related("owner").order_by("pk"):
        if one.pk % 7 < 2:
            due_at, is_kept = one.opened_at + timedelta(days=1), bool(one.pk % 3)
            kept_at = due_at - timedelta(hours=one.pk % 5) if is_kept else None
            rows.append(
                Promise(
                    case=one, what="as promised", by=one.owner, due_at=due_at, made_at=one.opened_at, kept_at=kept_at,
                    broken_at=None if is_kept else due_at, is_open=not is_kept, standing=advert if one.pk % 7 else guarantee,
                )
            )  # fmt: skip
    Promise.objects.bulk_create(rows, batch_size=2000)


def compare(moment: datetime) -> int:
    """Each figure of each time, in the house as it stands. Returns 1 if any differs."""
    different = 0
    for code in CODES:
        lens = lens_of(code, zone="UTC", now=moment)
        facts, again = Facts(lens), Recount(lens)
        for metric in CATALOGUE:
            different += not _is_equal(read(metric, facts), again, code)
    print("every figure is equal" if not different else f"{different} figures are different")
    return int(different > 0)


def _is_equal(reading: Reading, again: Recount, code: str) -> bool:
    name = reading.metric.name
    recounted = again.promises_kept() if name == "promises" else getattr(again, name)()
    ours = {(one.kind.value, one.key, one.part): one.amount for one in reading.members}
    met = [person.member for person in meet(reading.members, None)]
    value = again.value_of(reading, recounted)
    same = set(ours) == set(recounted) and len(ours) == len(reading.members) and met == reading.members
    same = same and all(_close(ours[key], amount) for key, amount in recounted.items()) and _close(reading.figure.value, value)
    ours_only, theirs_only = (sorted(some)[:4] for some in (set(ours) - set(recounted), set(recounted) - set(ours)))
    says = "equal" if same else f"DIFFERENT: only ours {ours_only}, only theirs {theirs_only}"
    print(
        f"{code:>5} {name:<16} {len(recounted):>6} people {value if value is None else round(value, 2)!s:>12}  {says}", flush=True
    )
    return same


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < 0.01


class Recount:
    """One method for each number, from what its definition says."""

    def __init__(self, lens: Lens) -> None:
        self.since, self.until = lens.begins.astimezone(UTC), lens.ends.astimezone(UTC)
        self.cases = {row["id"]: row for row in _rows("SELECT * FROM kept_case")}
        self.words: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in _rows("SELECT * FROM kept_message ORDER BY id"):
            if row["is_theirs"]:
                self.words[row["case_id"]].append(row)
            elif (
                row["kind"] in {"answer", "asks_back"}
                and row["delivered_at"]
                and not row["failed_at"]
                and row["answers_up_to_id"]
            ):
                self.answers[row["case_id"]].append(row)
        self.promises = [row for row in _rows("SELECT * FROM kept_promise") if not row["is_held"] and not row["taken_back_at"]]
        self.endings = self._endings()

    def _endings(self) -> dict[int, tuple[datetime, str]]:
        """By the events alone: the last that a case ended or was reopened."""
        last: dict[int, tuple[datetime, str] | None] = {}
        verdicts = {row["id"]: row for row in _rows("SELECT * FROM kept_verdict")}
        for row in _rows("SELECT * FROM kept_event WHERE kind IN ('ended', 'reopened') ORDER BY id"):
            case = int(row["about"].partition(":")[2])
            facts = json.loads(row["facts"]) if isinstance(row["facts"], str) else row["facts"]
            verdict = verdicts.get(facts.get("verdict", 0))
            ended = row["kind"] == "ended" and verdict is not None and verdict["reason"] != "passed_on"
            last[case] = (verdict["said_at"], facts["outcome"]) if ended and verdict is not None else None
        return {case: found for case, found in last.items() if found is not None and self._counts(self.cases[case])}

    def _counts(self, case: dict[str, Any]) -> bool:
        return case["set_aside_at"] is None and case["joined_into_id"] is None

    def _in(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at <= self.until

    def _begun(self) -> Iterator[dict[str, Any]]:
        return (case for case in self.cases.values() if self._counts(case) and self._in(case["opened_at"]))

    def _said(self) -> Iterator[dict[str, Any]]:
        for case, words in self.words.items():
            if self.cases[case]["set_aside_at"] is None:
                yield from (word for word in words if self._in(word["at"]))

    def _answer(self, word: dict[str, Any]) -> dict[str, Any] | None:
        covering = [one for one in self.answers[word["case_id"]] if one["answers_up_to_id"] >= word["id"]]
        return min(covering, key=lambda one: (one["delivered_at"], one["id"]), default=None)

    def _wait(self, word: dict[str, Any]) -> tuple[str, float] | None:
        answer = self._answer(word)
        if answer is not None:
            return "answered", max((answer["delivered_at"] - word["at"]).total_seconds() / 60, 0)
        if word["rested_at"] is None and word["settled"] in {"", "asked_back"}:
            return "waiting", (self.until - word["at"]).total_seconds() / 60
        return None

    def ends(self) -> dict[Key, float | None]:
        return {("case", case, outcome): None for case, (at, outcome) in self.endings.items() if self._in(at)}

    def likely_told(self) -> dict[Key, float | None]:
        last: dict[int, tuple[datetime, int, str]] = {}
        for case, (at, outcome) in self.endings.items():
            if self._in(at) and outcome in {"white", "black"}:
                customer = self.cases[case]["customer_id"]
                last[customer] = max(last.get(customer, (at, 0, "")), (at, case, outcome))
        [house] = _rows("SELECT told_if_good, told_if_bad FROM kept_house")
        told = {"white": float(house["told_if_good"]), "black": float(house["told_if_bad"])}
        return {("case", case, outcome): told[outcome] for _at, case, outcome in last.values()}

    def self_service(self) -> dict[Key, float | None]:
        verdicts = defaultdict(list)
        for row in _rows("SELECT case_id, said_at FROM kept_verdict"):
            verdicts[row["case_id"]].append(row["said_at"])
        reads = defaultdict(list)
        for row in _rows("SELECT * FROM kept_pageread ORDER BY at, id"):
            said_how = any(row["at"] <= at <= row["at"] + HOUR for at in verdicts[row["case_id"]])
            in_time = self._in(row["at"]) and row["at"] <= self.until - DAYS_TO_WRITE
            if in_time and not said_how and self.cases[row["case_id"]]["set_aside_at"] is None:
                reads[row["case_id"]].append(row)
        found: dict[Key, float | None] = {}
        for case, rows in reads.items():
            last = rows[-1]["at"]
            wrote = any(last < word["at"] <= last + DAYS_TO_WRITE for word in self.words[case])
            found["case", case, "wrote" if wrote else "found" if any(row["is_enough"] for row in rows) else "read"] = None
        return found

    def reach(self) -> dict[Key, float | None]:
        reached = {case: self.cases[case]["reach"] for case, (at, _outcome) in self.endings.items() if self._in(at)}
        return {("case", case, self.endings[case][1]): float(people) for case, people in reached.items() if people}

    def first_answer(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for case in self._begun():
            words = self.words[case["id"]]
            since = min([case["opened_at"], words[0]["at"]] if words else [case["opened_at"]])
            if case["first_answered_at"]:
                found["case", case["id"], "answered"] = max((case["first_answered_at"] - since).total_seconds() / 60, 0)
            elif any(self._wait(word) for word in words if word["settled"] == "" and word["rested_at"] is None):
                found["case", case["id"], "waiting"] = (self.until - since).total_seconds() / 60
        return found

    def next_answer(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for word in self._said():
            first, wait = self.cases[word["case_id"]]["first_answered_at"], self._wait(word)
            if first is not None and word["at"] > first and wait is not None:
                found["word", word["id"], wait[0]] = wait[1]
        return found

    def longest_silence(self) -> dict[Key, float | None]:
        longest: dict[int, tuple[float, dict[str, Any], str]] = {}
        for word in self._said():
            wait = self._wait(word)
            if wait is not None and wait[1] > longest.get(word["case_id"], (-1.0,))[0]:
                longest[word["case_id"]] = (wait[1], word, wait[0])
        return {("word", word["id"], part): span for span, word, part in longest.values()}

    def promises_due(self) -> Iterator[dict[str, Any]]:
        for one in self.promises:
            if self._in(one["due_at"]) and not one["renegotiated_at"] and self.cases[one["case_id"]]["set_aside_at"] is None:
                yield one

    def early(self) -> dict[Key, float | None]:
        named = {row["id"] for row in _rows("SELECT id FROM kept_standingpromise WHERE within_minutes IS NOT NULL")}
        kept = [one for one in self.promises_due() if one["kept_at"] and one["kept_at"] <= one["due_at"]]
        kept = [one for one in kept if one["standing_id"] is None or one["standing_id"] in named]
        return {("promise", one["id"], "early"): (one["due_at"] - one["kept_at"]).total_seconds() / 60 for one in kept}

    def promises_kept(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for one in self.promises_due():
            kept = one["kept_at"]
            found["promise", one["id"], "broken" if kept is None else "kept" if kept <= one["due_at"] else "late"] = None
        return found

    def standing_promises(self) -> dict[Key, float | None]:
        of_all = {one["id"] for one in self.promises if one["standing_id"] is not None}
        return {key: amount for key, amount in self.promises_kept().items() if key[1] in of_all}

    def first_contact(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for case in self._begun():
            first = case["first_answered_at"]
            if first is None or first > self.until - WEEK or case["outcome_reason"] == "passed_on":
                continue
            outcome = self.endings.get(case["id"], (None, "open"))[1]
            more = [word for word in self.words[case["id"]] if first < word["at"] <= first + WEEK and word["rested_at"] is None]
            found["case", case["id"], ("again" if more else "once") if outcome == "white" else outcome] = None
        return found

    def failure_demand(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        broken = defaultdict(list)
        for one in self.promises:
            if one["broken_at"]:
                broken[one["case_id"]].append((one["broken_at"], one["kept_at"]))
        for word in self._said():
            if word["rested_at"] is not None:
                continue
            case = self.cases[word["case_id"]]
            late = any(at <= word["at"] and (kept is None or kept > word["at"]) for at, kept in broken[case["id"]])
            begins = word["id"] == self.words[case["id"]][0]["id"]
            found["word", word["id"], "broken" if late else "repeat" if begins and case["repeats"] > 1 else "value"] = None
        return found

    def calls(self) -> dict[Key, float | None]:
        return self._by_medium("phone", "rung", "other")

    def in_public(self) -> dict[Key, float | None]:
        return self._by_medium("post", "public", "elsewhere")

    def public_answer(self) -> dict[Key, float | None]:
        return self._by_medium("post", "answered", "answered")

    def _by_medium(self, medium: str, same: str, other: str) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for word in self._said():
            wait = self._wait(word) if word["medium"] == medium else None
            if wait is not None:
                answer = self._answer(word)
                part = "waiting" if answer is None else same if answer["medium"] == medium else other
                found["word", word["id"], part] = wait[1]
        return found

    def told_again(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for case in self._begun():
            words, first = self.words[case["id"]], case["first_answered_at"]
            until = self.until if first is None else min(first - MOMENT, self.until)
            again = [word for word in words if words[0]["at"] + HOUR <= word["at"] <= until]
            found["case", case["id"], "again" if again else "once"] = None
        return found

    def switched(self) -> dict[Key, float | None]:
        more = {case["id"]: len({word["medium"] for word in self.words[case["id"]]}) > 1 for case in self._begun()}
        return {("case", case, "switched" if many else "stayed"): None for case, many in more.items()}

    def repeated(self) -> dict[Key, float | None]:
        before = {case["id"]: case["repeats"] > 1 or case["follows_id"] is not None for case in self._begun()}
        return {("case", case, "before" if was else "new"): None for case, was in before.items()}

    def recognition(self) -> dict[Key, float | None]:
        rows = _rows("SELECT * FROM kept_recognition WHERE state <> 'not_praise'")
        return {("praise", row["id"], row["state"]): None for row in rows if self._in(row["said_at"])}

    def small_things(self) -> dict[Key, float | None]:
        return {
            ("seen", row["id"], row["state"]): None for row in _rows("SELECT * FROM kept_observation") if self._in(row["seen_at"])
        }

    def _scores(self, measure: str) -> dict[Key, float | None]:
        rows = _rows(
            "SELECT r.id, r.score, r.first_at FROM kept_response r JOIN kept_survey s ON s.id = r.survey_id"
            " JOIN kept_surveyversion v ON v.id = r.version_id"
            f" WHERE r.score IS NOT NULL AND r.after_case_id IS NULL AND v.is_comparable AND s.measure = '{measure}'"
        )
        return {("response", row["id"], str(row["score"])): None for row in rows if self._in(row["first_at"])}

    def nps(self) -> dict[Key, float | None]:
        return self._scores("nps")

    def csat(self) -> dict[Key, float | None]:
        return self._scores("csat")

    def ces(self) -> dict[Key, float | None]:
        return self._scores("ces")

    def _months(self) -> dict[date, dict[int, dict[str, Any]]]:
        months: dict[date, dict[int, dict[str, Any]]] = defaultdict(dict)
        for row in _rows("SELECT * FROM kept_customermonth"):
            months[date.fromisoformat(str(row["month_on"]))][row["customer_id"]] = row
        return {month: months[month] for month in sorted(months)}

    def _is_in(self, month: date) -> bool:
        return self._in(datetime(month.year, month.month, 1, tzinfo=UTC))

    def revenue(self) -> dict[Key, float | None]:
        found: dict[Key, float | None] = {}
        for month, people in self._months().items():
            for customer, row in people.items() if self._is_in(month) else ():
                if row["value"]:
                    key = ("customer", customer, row["currency"])
                    found[key] = (found.get(key) or 0) + float(row["value"])
        return found

    def _first_and_last(self) -> tuple[set[int], set[int]]:
        months = self._months()
        within = [month for month in months if self._is_in(month)]
        before = [month for month in months if within and month < within[0]]
        chosen = [*before[-1:], *within] if len(within) == 1 else within
        if len(chosen) < 2:
            return set(), set()
        first, last = ({key for key, row in months[one].items() if row["is_active"]} for one in (chosen[0], chosen[-1]))
        return first, last

    def growth(self) -> dict[Key, float | None]:
        first, last = self._first_and_last()
        return {("customer", key, "came" if key in last else "left"): 1.0 if key in last else -1.0 for key in first ^ last}

    def retention(self) -> dict[Key, float | None]:
        first, last = self._first_and_last()
        return {("customer", key, "stayed" if key in last else "left"): None for key in first}

    def value_of(self, reading: Reading, found: dict[Key, float | None]) -> float | None:
        """The figure itself, of what was recounted."""
        form, parts = reading.figure.form.value, [part for _kind, _key, part in found]
        amounts = sorted(amount for amount in found.values() if amount is not None)
        if form in {"score", "share", "middle"} and len(found) < 30:
            return None
        if form == "score":
            return _score(reading.metric.measure, [int(part) for part in parts])
        if form == "share":
            return 100 * sum(part in reading.metric.good for part in parts) / len(parts)
        if form == "middle":
            return statistics.median_low(amounts)
        if form == "longest":
            return amounts[-1] if amounts else None
        return float(len(found)) if form == "count" else sum(amounts)


def _score(measure: str, given: list[int]) -> float:
    low, high = {"nps": (6, 9), "csat": (0, 4), "ces": (0, 5)}[measure]
    return 100 * (sum(one >= high for one in given) - sum(one <= low for one in given)) / len(given)


def _rows(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [{name: _plain(name, cell) for name, cell in zip(names, row, strict=True)} for row in cursor.fetchall()]


def _plain(name: str, cell: object) -> object:
    """SQLite hands moments out as text, or without their zone, which is UTC."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=UTC)
    if isinstance(cell, str) and (name == "at" or name.endswith("_at")):
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    return cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
