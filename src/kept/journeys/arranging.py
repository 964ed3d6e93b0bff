"""Changing a map by buttons: add, move and remove stages and steps. Pure; the same map comes back rearranged."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from kept.journeys.drawing import MOST_STAGES, MOST_STEPS, Drawn, empty_step


def arranged(drawn: Drawn, pressed: str) -> Drawn:
    """The map after this button: "stage-up:2", "step-remove:0.3", "stage-add:". What cannot be done changes nothing."""
    action, _colon, where = pressed.partition(":")
    stage, _dot, step = where.partition(".")
    change = ACTIONS.get(action)
    changed = deepcopy(drawn)
    if change is not None:
        change(changed["stages"], _number(stage), _number(step))
    return changed


def where_to_go_on(drawn: Drawn, pressed: str) -> str:
    """The field of the rearranged map at which the keyboard stands then: the new step, else the stage that was touched."""
    action, _colon, where = pressed.partition(":")
    last = len(drawn["stages"]) - 1
    stage = last if action == "stage-add" else _number(where.partition(".")[0]) + SHIFTS.get(action, 0)
    stage = max(0, min(stage, last))
    if action == "step-add":
        return f"step-{stage}.{len(drawn['stages'][stage]['steps']) - 1}-name"
    return f"stage-{stage}"


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else -1


def _add_stage(stages: list[Drawn], _stage: int, _step: int) -> None:
    if len(stages) < MOST_STAGES:
        stages.append({"name": "", "steps": [empty_step()]})


def _add_step(stages: list[Drawn], stage: int, _step: int) -> None:
    if 0 <= stage < len(stages) and len(stages[stage]["steps"]) < MOST_STEPS:
        stages[stage]["steps"].append(empty_step())


def _remove_stage(stages: list[Drawn], stage: int, _step: int) -> None:
    if 0 <= stage < len(stages) > 1:
        del stages[stage]


def _remove_step(stages: list[Drawn], stage: int, step: int) -> None:
    if 0 <= stage < len(stages) and 0 <= step < len(stages[stage]["steps"]) > 1:
        del stages[stage]["steps"][step]


def _move_stage(by: int) -> Callable[[list[Drawn], int, int], None]:
    return lambda stages, stage, _step: _swap(stages, stage, stage + by)


def _move_step(by: int) -> Callable[[list[Drawn], int, int], None]:
    """Within its stage; at the edge into the next stage."""

    def move(stages: list[Drawn], stage: int, step: int) -> None:
        if not (0 <= stage < len(stages) and 0 <= step < len(stages[stage]["steps"])):
            return
        steps, beside = stages[stage]["steps"], stage + by
        if 0 <= step + by < len(steps):
            _swap(steps, step, step + by)
        elif 0 <= beside < len(stages) and len(steps) > 1 and len(stages[beside]["steps"]) < MOST_STEPS:
            there = stages[beside]["steps"]
            there.insert(0 if by > 0 else len(there), steps.pop(step))

    return move


def _swap(rows: list[Any], one: int, other: int) -> None:
    if 0 <= one < len(rows) and 0 <= other < len(rows):
        rows[one], rows[other] = rows[other], rows[one]


SHIFTS: Final = {"stage-up": -1, "stage-down": 1}
ACTIONS: Final[dict[str, Callable[[list[Drawn], int, int], None]]] = {
    "stage-add": _add_stage,
    "stage-remove": _remove_stage,
    "stage-up": _move_stage(-1),
    "stage-down": _move_stage(1),
    "step-add": _add_step,
    "step-remove": _remove_step,
    "step-up": _move_step(-1),
    "step-down": _move_step(1),
}
