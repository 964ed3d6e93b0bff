"""Which people a score page is about: the address says it, and every link on the page carries it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kept.lib.clock import now
from kept.surveys.behind import Spot
from kept.surveys.counting import AGAIN
from kept.surveys.measures import scale_of
from kept.surveys.models import Survey
from kept.surveys.summing import Part, Stretch, Worded, dimensions_known, lately, names_of, wordings_of
from kept.web.desk.asking_words import WAYS
from kept.web.desk.score_words import dimension_in_words

STRETCHES: Final = {"13": 13, "52": 52, "all": None}
USUAL: Final = "13"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A survey, in one wording, over some weeks: everybody, or one part of them."""

    survey: Survey
    wordings: list[Worded]
    worded: Worded
    weeks: Stretch
    weeks_code: str
    part: Part
    dimensions: list[str]

    def address(self, **other: object) -> str:
        """The query that leads to the same choice, but for what is given; None leaves it out."""
        kept: dict[str, object] = {
            "weeks": self.weeks_code if self.weeks_code != USUAL else None,
            "wording": self.worded.latest.number if self.worded is not self.wordings[0] else None,
            "only": f"{self.part.dimension}={self.part.value}" if self.part != Part() else None,
        }
        known = {name: value for name, value in (kept | other).items() if value is not None}
        return f"?{urlencode(known)}" if known else "?"

    @property
    def is_part(self) -> bool:
        """Not everybody."""
        return self.part != Part()

    @property
    def part_in_words(self) -> str:
        """Which part: "Touchpoint: Delivery"."""
        called = names_of(self.part.dimension, [self.part.value])[self.part.value]
        says = WAYS.get(self.part.value, called) if self.part.dimension == "medium" else called
        return f"{dimension_in_words(self.part.dimension)}: {says}"


def chosen(request: HttpRequest, survey_id: object) -> Chosen:
    """What the address asks for. 404 for what there is not."""
    survey = get_object_or_404(Survey.objects.select_related("account"), public_id=survey_id)
    wordings, known = wordings_of(survey), dimensions_known(survey)
    number = request.GET.get("wording", "")
    worded = next((one for one in wordings if str(one.latest.number) == number), None) if number else wordings[0]
    weeks_code = request.GET.get("weeks", USUAL)
    if worded is None or weeks_code not in STRETCHES:
        raise Http404
    stretch = lately(STRETCHES[weeks_code], now=now())
    return Chosen(survey, wordings, worded, stretch, weeks_code, _part(request.GET.get("only", ""), known), known)


def _part(asked: str, known: list[str]) -> Part:
    if not asked:
        return Part()
    dimension, _equals, value = asked.partition("=")
    if dimension not in (*known, AGAIN):
        raise Http404
    return Part(dimension, value)


def chosen_score(request: HttpRequest, survey: Survey) -> int | None:
    """The number whose people are looked at; None: all of them. 404 for a number that cannot be given."""
    asked = request.GET.get("score", "")
    if not asked:
        return None
    if not asked.isdecimal() or not scale_of(survey.measure).has(int(asked)):
        raise Http404
    return int(asked)


def one_week(request: HttpRequest, weeks: Stretch) -> Stretch:
    """The single week that is looked at, or all of them."""
    asked = request.GET.get("week", "")
    try:
        return Stretch(date.fromisoformat(asked), date.fromisoformat(asked)) if asked else weeks
    except ValueError:
        raise Http404 from None


def chosen_spot(request: HttpRequest) -> Spot | None:
    """Where the page before ended."""
    asked = request.GET.get("after", "")
    try:
        return Spot.read(asked) if asked else None
    except ValueError:
        raise Http404 from None
