"""What was drawn beside what was walked, touchpoint by touchpoint: drawn and never walked, walked and never drawn, and both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from kept.cases.models import Outcome
from kept.journeys.drawing import Drawn, steps_in
from kept.journeys.flowing import HURT, PRAISED
from kept.journeys.models import Walked
from kept.places.models import Touchpoint


@dataclass(frozen=True, slots=True)
class At:
    """Who came to one touchpoint in these weeks, how it ended for them, and by which media they spoke."""

    key: str
    name: str
    people: int = 0
    white: int = 0
    black: int = 0
    no_word: int = 0
    hurt: int = 0
    praised: int = 0
    media: tuple[str, ...] = ()

    @property
    def is_open(self) -> int:
        """For so many it has not ended."""
        return self.people - self.white - self.black - self.no_word


@dataclass(frozen=True, slots=True)
class Beside:
    """One step of the map and those who came there; `at` is None where the step names no touchpoint."""

    place: int
    """The how-manieth step of the map it is."""
    stage: str
    step: Drawn
    at: At | None

    @property
    def never_walked(self) -> bool:
        """Drawn, and nobody came there."""
        return self.at is not None and not self.at.people

    @property
    def another_way(self) -> tuple[str, ...]:
        """Media by which they spoke there, though another one was drawn."""
        drawn = self.step["medium"]
        return tuple(one for one in self.at.media if one != drawn) if self.at is not None and drawn else ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The map's steps with those who came, and the touchpoints that are not on it though people came there."""

    steps: list[Beside]
    never_drawn: list[At]

    @property
    def stages(self) -> list[tuple[str, list[Beside]]]:
        """The steps by stage, in order."""
        found: list[tuple[str, list[Beside]]] = []
        for one in self.steps:
            if not found or found[-1][0] != one.stage:
                found.append((one.stage, []))
            found[-1][1].append(one)
        return found

    @property
    def never_walked(self) -> list[Beside]:
        """Drawn, and nobody came there."""
        return [one for one in self.steps if one.never_walked]

    @property
    def moments_of_truth(self) -> list[Beside]:
        """Where it could go either way, as drawn."""
        return [one for one in self.steps if one.step["moment_of_truth"]]

    @property
    def touchpoints(self) -> list[At]:
        """Everywhere somebody was hurt or praised, where it hurts most first."""
        drawn = {one.at.key: one.at for one in self.steps if one.at is not None}
        both = [*drawn.values(), *self.never_drawn]
        return sorted((at for at in both if at.hurt or at.praised), key=lambda at: (-at.hurt, -at.praised, at.name))


def laid_beside(drawn: Drawn, ways: QuerySet[Walked]) -> SideBySide:
    """The map beside these ways; two questions and the names of touchpoints."""
    walked = _walked(ways)
    names = dict(Touchpoint.objects.values_list("key", "name"))
    return lay(drawn, walked, names)


def lay(drawn: Drawn, walked: dict[str, At], names: dict[str, str]) -> SideBySide:
    """The same from what is known already."""
    steps = []
    for place, (stage, step) in enumerate(steps_in(drawn), 1):
        key = step["touchpoint"]
        steps.append(Beside(place, stage, step, walked.get(key, At(key, str(names.get(key) or key))) if key else None))
    on_it = {step["touchpoint"] for _stage, step in steps_in(drawn)}
    return SideBySide(steps, sorted((at for key, at in walked.items() if key not in on_it), key=lambda at: (-at.people, at.name)))


def _walked(ways: QuerySet[Walked]) -> dict[str, At]:
    at = ways.filter(case__touchpoint__isnull=False)
    counts = {
        "people": Count("pk"),
        **{end: Count("pk", filter=Q(outcome=end)) for end in (Outcome.WHITE.value, Outcome.BLACK.value, Outcome.NO_WORD.value)},
        "hurt": Count("pk", filter=HURT),
        "praised": Count("pk", filter=Q(PRAISED)),
    }
    named = {"key": F("case__touchpoint__key"), "name": F("case__touchpoint__name")}
    rows: Iterable[dict[str, Any]] = at.order_by().values(**named).annotate(**counts)  # type: ignore[assignment]
    media: dict[str, list[str]] = {}
    by_medium = at.values_list("case__touchpoint__key", "began_by").annotate(n=Count("pk")).order_by("-n", "began_by")
    for key, medium, _n in by_medium:
        media.setdefault(str(key), []).append(medium)
    return {row["key"]: At(**row, media=tuple(filter(None, media.get(row["key"], [])))) for row in rows}
