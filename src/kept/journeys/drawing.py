"""What a map says: its shape, and every way it can be wrong. Pure: nothing here knows a database.

A map is {"persona", "reason", "outcome", "stages": [{"name", "steps": [step]}]}; a step has the words of STEP_WORDS, `touchpoint`
(the key of one, or empty) and `moment_of_truth` (yes or no).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal

Drawn = dict[str, Any]
MAP_WORDS: Final = {"persona": 200, "reason": 300, "outcome": 300}
STEP_WORDS: Final = {
    **{"touchpoint": 60, "name": 120, "medium": 10, "wants": 300, "feels": 300, "who": 200, "promise": 300, "training": 300},
}
"""Each with how long it may be. `wants`, `feels`: the customer; `who` plays a part; `promise`: what we promise there; `training`:
what it says there."""
MOST_STAGES, MOST_STEPS = 12, 20
KEYS: Final = frozenset({*MAP_WORDS, "stages"})


def empty() -> Drawn:
    """A map on which nothing stands yet."""
    return {**dict.fromkeys(MAP_WORDS, ""), "stages": [{"name": "", "steps": [empty_step()]}]}


def empty_step() -> Drawn:
    """A step of which nothing is known yet."""
    return {**dict.fromkeys(STEP_WORDS, ""), "moment_of_truth": False}


def checked(drawn: object) -> Drawn:
    """The map as it is kept, with nothing else in it. Raises Refusal with a sentence for whoever drew or sent it."""
    if not isinstance(drawn, Mapping) or not isinstance(drawn.get("stages"), list):
        raise Refusal(_("This is no map: it has no list of stages."))
    if unknown := sorted(set(drawn) - KEYS):
        raise Refusal(_("A map has no “%(name)s”.") % {"name": str(unknown[0])[:40]})
    told = {name: _words(drawn, name, longest) for name, longest in MAP_WORDS.items()}
    if not told["persona"] or not told["outcome"]:
        raise Refusal(_("Say whose way it is, and when it has gone well for them."))
    if not 1 <= len(drawn["stages"]) <= MOST_STAGES:
        raise Refusal(_("A map has 1 to %(most)d stages.") % {"most": MOST_STAGES})
    return {**told, "stages": [_stage(stage, place) for place, stage in enumerate(drawn["stages"], 1)]}


def _stage(stage: object, place: int) -> Drawn:
    if not isinstance(stage, Mapping) or not isinstance(stage.get("steps"), list):
        raise Refusal(_("Stage %(place)d has no list of steps.") % {"place": place})
    if unknown := sorted(set(stage) - {"name", "steps"}):
        raise Refusal(_("A stage has no “%(name)s”.") % {"name": str(unknown[0])[:40]})
    name = _words(stage, "name", 120)
    if not name:
        raise Refusal(_("Give stage %(place)d a name.") % {"place": place})
    if not 1 <= len(stage["steps"]) <= MOST_STEPS:
        raise Refusal(_("%(stage)s has to have 1 to %(most)d steps.") % {"stage": name, "most": MOST_STEPS})
    return {"name": name, "steps": [_step(step, name, number) for number, step in enumerate(stage["steps"], 1)]}


def _step(step: object, stage: str, place: int) -> Drawn:
    if not isinstance(step, Mapping):
        raise Refusal(_("Step %(place)d of %(stage)s is none.") % {"place": place, "stage": stage})
    if unknown := sorted(set(step) - {*STEP_WORDS, "moment_of_truth"}):
        raise Refusal(_("A step has no “%(name)s”.") % {"name": str(unknown[0])[:40]})
    told = {name: _words(step, name, longest) for name, longest in STEP_WORDS.items()}
    if not told["name"]:
        raise Refusal(_("Give step %(place)d of %(stage)s a name.") % {"place": place, "stage": stage})
    return {**told, "moment_of_truth": step.get("moment_of_truth") is True}


def _words(told: Mapping[str, object], name: str, longest: int) -> str:
    words = told.get(name, "")
    if not isinstance(words, str):
        raise Refusal(_("“%(name)s” has to be words.") % {"name": name})
    words = " ".join(words.split())
    if len(words) > longest:
        raise Refusal(_("“%(words)s …” is too long: at most %(most)d letters.") % {"words": words[:40], "most": longest})
    return words


def steps_in(drawn: Drawn) -> Iterator[tuple[str, Drawn]]:
    """Each step with the name of its stage, in order."""
    for stage in drawn["stages"]:
        for step in stage["steps"]:
            yield stage["name"], step


def touchpoints_in(drawn: Drawn) -> list[str]:
    """The keys of the touchpoints on it, in order, each once."""
    return list(dict.fromkeys(step["touchpoint"] for _stage_name, step in steps_in(drawn) if step["touchpoint"]))
