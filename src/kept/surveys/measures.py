"""What is measured, on which scale, in which words: pure. The standard words are those that figures elsewhere were asked in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kept.surveys.models import SurveyVersion

HOUSE_LANGUAGE: Final = "en"
Words = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers one may choose, both ends included."""

    lowest: int
    highest: int

    @property
    def scores(self) -> range:
        """Every number there is to choose."""
        return range(self.lowest, self.highest + 1)

    def has(self, score: int) -> bool:
        """It is a number of this scale."""
        return self.lowest <= score <= self.highest


@dataclass(frozen=True, slots=True)
class Wording:
    """What one person is asked, in one language. `low` and `high` name the ends; `further` are asked "if you like"."""

    question: str
    low: str
    high: str
    why: str
    further: tuple[str, ...] = ()

    def as_words(self) -> dict[str, object]:
        """As a version keeps it."""
        return {
            "question": self.question,
            "low": self.low,
            "high": self.high,
            "why": self.why,
            "further": list(self.further),
        }


SCALES: Final = {"nps": Scale(0, 10), "csat": Scale(1, 5), "ces": Scale(1, 7), "own": Scale(1, 5)}
USUAL_LINES: Final[Mapping[str, int | None]] = {"nps": 6, "csat": 2, "ces": 3, "own": 2}
"""At or below it, words are a case: detractors, the lower two of five, the lower three of seven."""
USUAL_OCCASIONS: Final = {"nps": "schedule", "csat": "touchpoint", "ces": "ending", "own": "link"}

# NPS: Reichheld, HBR 12/2003. CES 2.0: Dixon and others, The Effortless Experience, 2013 (1-7, "made it easy for me to handle my
# issue"). CSAT: satisfaction on five steps, the share of the top two. German: as these are asked in German-speaking countries.
STANDARD_WORDING: Final[Mapping[str, Mapping[str, Wording]]] = {
    "nps": {
        "en": Wording(
            "How likely are you to recommend us to a friend?", "not at all likely", "extremely likely", "Why this number?"
        ),
        "de": Wording(
            "Wie wahrscheinlich ist es, dass Sie uns einem Freund oder einer Freundin weiterempfehlen?",
            "überhaupt nicht wahrscheinlich",
            "äußerst wahrscheinlich",
            "Warum diese Zahl?",
        ),
    },
    "csat": {
        "en": Wording("How satisfied are you with us this time?", "very dissatisfied", "very satisfied", "What happened?"),
        "de": Wording("Wie zufrieden sind Sie diesmal mit uns?", "sehr unzufrieden", "sehr zufrieden", "Was ist geschehen?"),
    },
    "ces": {
        "en": Wording(
            "How far do you agree: “You made it easy for me to handle my issue”?",
            "not at all",
            "entirely",
            "What made it easy, or hard?",
        ),
        "de": Wording(
            "Wie weit stimmen Sie zu: „Sie haben es mir leicht gemacht, mein Anliegen zu erledigen“?",
            "überhaupt nicht",
            "voll und ganz",
            "Was hat es leicht oder schwer gemacht?",
        ),
    },
}
_NO_WORDS: Final = {"en": Wording("", "", "", "What happened?"), "de": Wording("", "", "", "Was ist geschehen?")}


def scale_of(measure: str) -> Scale:
    """The numbers this measure is given in."""
    return SCALES[measure]


def usual_wording(measure: str, language: str) -> Wording:
    """The standard words in this language, else in English; a question of our own has none but "what happened?"."""
    known = STANDARD_WORDING.get(measure, _NO_WORDS)
    return known.get(_root(language)) or known[HOUSE_LANGUAGE]


def wording_of(version: SurveyVersion, language: str) -> Wording:
    """What somebody who reads this language was asked; without it in English, else in the first language there is."""
    return chosen_wording(version.survey.measure, version.wording, language)


def chosen_wording(measure: str, wording: Mapping[str, Words], language: str) -> Wording:
    """The same from the words alone; what is missing is said in the standard words."""
    spoken = next((one for one in (language, _root(language), HOUSE_LANGUAGE, *wording) if one in wording), language)
    usual, words = usual_wording(measure, spoken), wording.get(spoken, {})
    further = words.get("further") or ()
    return Wording(
        question=str(words.get("question") or usual.question),
        low=str(words.get("low") or usual.low),
        high=str(words.get("high") or usual.high),
        why=str(words.get("why") or usual.why),
        further=tuple(str(one) for one in further) if isinstance(further, Sequence) else (),
    )


def is_standard(measure: str, wording: Mapping[str, Words]) -> bool:
    """Question and ends are word for word the standard ones in every language, so that its figures may be compared."""
    standard = STANDARD_WORDING.get(measure, {})
    return bool(wording) and all(
        language in standard and _asked(chosen_wording(measure, wording, language)) == _asked(standard[language])
        for language in wording
    )


def _asked(wording: Wording) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in (wording.question, wording.low, wording.high))


def _root(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
