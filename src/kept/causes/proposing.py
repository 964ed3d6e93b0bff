"""What may have the same root: by touchpoint, theme, product and words. Proposals only; a person says yes or no (R12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from kept.causes.alike import propose_new_roots
from kept.causes.likeness import Weights, likeness, rare_words, rareness, weighed
from kept.causes.matters import LOOKS_BACK, Matter, matters_lately
from kept.causes.models import Cause, CauseState, Gathered

MOST_CAUSES = 100
MOST_PROPOSED = 40
"""So many wait on one cause at most; whoever has looked through them gets the next."""
Value = TypeVar("Value", int | None, str)
ALIKE, RATHER_ALIKE = 0.45, 0.2
"""From here on words alone propose; from there on words propose together with a touchpoint or a theme."""


@dataclass(frozen=True, slots=True)
class Root:
    """One cause as far as it is compared: what is known of it, and the words of what is gathered there."""

    cause: Cause
    touchpoint: int | None
    theme: str
    words: Weights


def propose_what_may_belong_together(now: datetime) -> int:
    """Each open or watched cause has its proposals, and what looks alike without one is a proposed cause. Returns how many."""
    matters = matters_lately(now)
    if not matters:
        return 0
    rare = rareness(matter.stems for matter in matters)
    weights = {matter.pk: weighed(matter.stems, rare) for matter in matters}
    proposed = _propose(_roots(matters, rare), matters, weights, now=now)
    return proposed + propose_new_roots(matters, weights, now=now)


@transaction.atomic
def _propose(  # no event: a proposal changes nothing for anybody until a person decides
    roots: Sequence[Root], matters: Sequence[Matter], weights: Mapping[int, Weights], *, now: datetime
) -> int:
    """Each root has its proposals; what was ever decided or proposed there is not proposed again."""
    known, waiting = defaultdict[int, set[int]](set), Counter[int]()
    rows = Gathered.objects.filter(cause__in=[root.cause.pk for root in roots], case__opened_at__gte=now - LOOKS_BACK)
    for cause, case, by, refused_at in rows.values_list("cause", "case", "by", "refused_at"):
        known[cause].add(case)
        waiting[cause] += by is None and refused_at is None
    found = [
        one
        for root in roots
        for one in _worth_proposing(
            root, matters, weights, known[root.cause.pk], room=MOST_PROPOSED - waiting[root.cause.pk], now=now
        )
    ]
    Gathered.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _roots(matters: Sequence[Matter], rare: Weights) -> list[Root]:
    """The causes that people work on or watch, each with what is common to what is gathered there."""
    causes = list(
        Cause.objects.filter(state__in=[CauseState.OPEN, CauseState.WATCHED, CauseState.BACK]).order_by("-id")[:MOST_CAUSES]
    )
    by_key = {matter.pk: matter for matter in matters}
    gathered: dict[int, list[Matter]] = defaultdict(list)
    taken = Gathered.objects.taken().filter(cause__in=causes, case__in=list(by_key))
    for cause_id, case_id in taken.values_list("cause", "case"):
        gathered[cause_id].append(by_key[case_id])
    return [_root(cause, gathered[cause.pk], rare) for cause in causes]


def _root(cause: Cause, gathered: Sequence[Matter], rare: Weights) -> Root:
    told = rare_words(f"{cause.title} {cause.root} {cause.product}")
    counted = Counter(word for matter in gathered for word in matter.stems)
    common = [word for word, count in counted.items() if count * 2 > len(gathered)]
    known = dict.fromkeys([*told, *common])
    touchpoint = cause.touchpoint_id or _most([matter.touchpoint for matter in gathered])
    theme = cause.theme or _most([matter.theme for matter in gathered]) or ""
    return Root(cause, touchpoint, theme, weighed(list(known), rare))


def _most(values: Sequence[Value]) -> Value | None:
    """What more than half of them say."""
    return next((value for value in dict.fromkeys(values) if value and values.count(value) * 2 > len(values)), None)


def why_alike(root: Root, matter: Matter, weights: Weights) -> str:
    """The strongest reason to think that it is one root; empty when there is none."""
    alike = likeness(root.words, weights)
    same_touchpoint = root.touchpoint is not None and root.touchpoint == matter.touchpoint
    same_theme = bool(root.theme) and root.theme == matter.theme
    product = root.cause.product.strip().casefold()
    if product and product in matter.text and (same_touchpoint or same_theme or alike >= RATHER_ALIKE):
        return "product"
    if alike >= ALIKE:
        return "words"
    if same_theme and (same_touchpoint or root.touchpoint is None or alike >= RATHER_ALIKE):
        return "theme"
    return "touchpoint" if same_touchpoint and alike >= RATHER_ALIKE else ""


def _worth_proposing(
    root: Root, matters: Sequence[Matter], weights: Mapping[int, Weights], known: Collection[int], *, room: int, now: datetime
) -> list[Gathered]:
    """What may have this root, with the reason, as far as nobody has decided about it and there is room."""
    found: list[Gathered] = []
    for matter in matters:
        if len(found) >= room:
            break
        if matter.pk not in known and (why := why_alike(root, matter, weights[matter.pk])):
            found.append(Gathered(cause=root.cause, case_id=matter.pk, at=now, why=why))
    return found
