"""Who of those in line is asked first: chance decides, and where only so many may be asked, each touchpoint has its part (R9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, QuerySet

from kept.surveys.admitting import turn_down, why_no_longer
from kept.surveys.models import Invitation, InvitationState, Survey

SPARE = 8
"""Read beside those who fit, for some may not be asked any more."""


def choose(survey: Survey, most: int, *, asked: Mapping[int | None, int] | None, now: datetime) -> list[int]:
    """The keys of at most so many who wait and may be asked, by their draw; whoever may not any more is turned down.

    `asked`: how many were asked this week by touchpoint, given where there is a quota, which is spread evenly over them.
    Without a quota nothing but the draw counts, so that those who are asked stand for all who could be.
    """
    line = in_line(survey, now).select_related("survey__account", "customer").order_by("draw", "pk")
    if asked is None:
        chosen = _who_may(line[: most + SPARE], most, [], now=now)
    else:
        chosen = []
        for touchpoint, part in _parts(survey, most, asked, now).items():
            chosen += _who_may(line.filter(touchpoint=touchpoint)[: part + SPARE], part, chosen, now=now)
    return [one.pk for one in chosen]


def in_line(survey: Survey, now: datetime) -> QuerySet[Invitation]:
    """Whoever waits for this survey and may be asked by now."""
    return Invitation.objects.filter(survey=survey, state=InvitationState.WAITING, eligible_at__lte=now, expires_at__gt=now)


def _who_may(line: Iterable[Invitation], most: int, others: Iterable[Invitation], *, now: datetime) -> list[Invitation]:
    """The first of them who may still be asked, each person once."""
    line = list(line)
    forbidden = why_no_longer(line, now=now)
    by_reason = defaultdict[str, list[int]](list)
    for key, why in forbidden.items():
        by_reason[why].append(key)
    for why, keys in by_reason.items():
        turn_down(keys, why=why, now=now)
    met = {one.customer_id for one in others}
    chosen: list[Invitation] = []
    for one in line:
        if one.pk not in forbidden and one.customer_id not in met and len(chosen) < most:
            met.add(one.customer_id)
            chosen.append(one)
    return chosen


def _parts(survey: Survey, most: int, asked: Mapping[int | None, int], now: datetime) -> dict[int | None, int]:
    waiting = in_line(survey, now).order_by().values_list("touchpoint").annotate(Count("pk"))
    return spread(most, waiting=dict(waiting), asked=asked)


def spread(most: int, *, waiting: Mapping[int | None, int], asked: Mapping[int | None, int]) -> dict[int | None, int]:
    """How many of each kind may go, so that with those `asked` before the kinds are as even as those who wait allow. Pure."""
    parts: dict[int | None, int] = dict.fromkeys(waiting, 0)
    for _one in range(min(most, sum(waiting.values()))):
        open_ones = [kind for kind, count in waiting.items() if parts[kind] < count]
        parts[min(open_ones, key=lambda kind: asked.get(kind, 0) + parts[kind])] += 1
    return {kind: count for kind, count in parts.items() if count}
