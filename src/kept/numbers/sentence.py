"""The one sentence that stands above all figures: true, and the worst of it never left out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kept.numbers.metric import Reading


@dataclass(frozen=True, slots=True)
class Sentence:
    """What went well, and what did not: either may be empty, the second is never hidden by the first."""

    well: str
    badly: str


def sentence_of(read: Mapping[str, Reading]) -> Sentence:
    """From figures that stand on the same page."""
    return Sentence(_well(read), _badly(read))


def _well(read: Mapping[str, Reading]) -> str:
    nps = read.get("nps")
    if nps is not None and nps.figure.differs and nps.figure.before is not None and nps.figure.value is not None:
        if nps.figure.value > nps.figure.before:
            return _("More people would send a friend to us than in the time before.")
        return _("Fewer people would send a friend to us than in the time before.")
    ends = read.get("ends")
    if ends is not None:
        told = {"white": ends.figure.parts["white"], "all": ends.figure.n}
        return _("%(white)d of %(all)d matters that ended did so with the customer’s own yes.") % told
    return ""


def _badly(read: Mapping[str, Reading]) -> str:
    ends, waits = read.get("ends"), read.get("first_answer")
    black = ends.figure.parts["black"] if ends is not None else 0
    if black:
        says = ngettext("One matter ended badly", "%(num)d matters ended badly", black) % {"num": black}
        again = _asked_again(read)
        return f"{says}{again}."
    waiting = waits.figure.parts["waiting"] if waits is not None else 0
    if waiting:
        says = ngettext("One person still waits for a first answer.", "%(num)d people still wait for a first answer.", waiting)
        return says % {"num": waiting}
    return ""


def _asked_again(read: Mapping[str, Reading]) -> str:
    """How many of the very people whose matter ended badly had to say it again."""
    ends, again = read.get("ends"), read.get("told_again")
    if ends is None or again is None:
        return ""
    twice = {one.customer for one in again.of_part("again")} & {one.customer for one in ends.of_part("black")}
    if not twice:
        return ""
    says = ngettext(
        ", and one of those people had to ask us twice", ", and %(num)d of those people had to ask us twice", len(twice)
    )
    return says % {"num": len(twice)}
