"""How the desk's pages call what a survey's scores are told apart by, and how they differ."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from kept.surveys.comparing import Verdict
from kept.surveys.counting import FACT
from kept.surveys.summing import fact_of

Words = str | Lazy

DIMENSIONS: Final[dict[str, Words]] = {
    "touchpoint": _("Touchpoint"),
    "place": _("Place"),
    "team": _("Team"),
    "medium": _("How they answered"),
    "product": _("Product"),
}

VERDICTS: Final[dict[Verdict, Words]] = {
    Verdict.ABOVE: _("higher than the others"),
    Verdict.BELOW: _("lower than the others"),
    Verdict.CHANCE: _("no difference that can be told from chance"),
    Verdict.TOO_FEW: _("too few to compare"),
}
OVER_TIME: Final[dict[Verdict, Words]] = {
    Verdict.ABOVE: _("Higher than in as many weeks before, and not by chance."),
    Verdict.BELOW: _("Lower than in as many weeks before, and not by chance."),
    Verdict.CHANCE: _("No difference from as many weeks before that can be told from chance."),
    Verdict.TOO_FEW: _("Too few people, now or in as many weeks before, to compare."),
}
SCORE_NAMES: Final[dict[str, Words]] = {
    "nps": _("Would send a friend (NPS)"),
    "csat": _("Satisfied (CSAT)"),
    "ces": _("Found it easy (CES)"),
    "own": _("Chose the upper two"),
}
TONES: Final[dict[str, dict[str, Words]]] = {
    "nps": {"lo": _("would not, 0 to 6"), "mi": _("would perhaps, 7 and 8"), "hi": _("would, 9 and 10")},
    "csat": {"lo": _("not satisfied, 1 and 2"), "mi": _("between, 3"), "hi": _("satisfied, 4 and 5")},
    "ces": {"lo": _("not easy, 1 to 3"), "mi": _("between, 4"), "hi": _("easy, 5 to 7")},
    "own": {"lo": _("low, 1 and 2"), "mi": _("between, 3"), "hi": _("high, 4 and 5")},
}


def dimension_in_words(dimension: str) -> Words:
    """What it is told apart by: a name of ours, or the customer fact as the house calls it."""
    if dimension.startswith(FACT):
        return now_("Customer: %(fact)s") % {"fact": fact_of(dimension)}
    return DIMENSIONS.get(dimension, dimension)
