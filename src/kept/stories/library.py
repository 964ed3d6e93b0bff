"""The library of stories: found by words, by how it ended, by where; the newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from kept.people.models import Employee
from kept.stories.models import Story, StoryQuerySet, StoryState

AT_ONCE = 20
LONGEST_SEARCH = 80
OUTCOMES = ("white", "black", "no_word", "small", "kept")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty is everything."""

    words: str = ""
    outcome: str = ""
    touchpoint: str = ""
    being_prepared: bool = False

    @property
    def is_any(self) -> bool:
        """Something narrows it."""
        return bool(self.words or self.outcome or self.touchpoint)


def look_for(wanted: Wanted, *, reader: Employee, before: int = 0) -> tuple[list[Story], int]:
    """Up to a page of what this reader may read, the newest first; and the key to go on from, 0 at the end."""
    rows: StoryQuerySet = Story.objects.visible_to(reader).select_related("touchpoint", "place", "case", "chosen_by")
    rows = rows.exclude(state=StoryState.SHARED) if wanted.being_prepared else rows.filter(state=StoryState.SHARED)
    rows = narrowed(rows, wanted)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: AT_ONCE + 1])
    return found[:AT_ONCE], found[AT_ONCE - 1].pk if len(found) > AT_ONCE else 0


def narrowed(rows: StoryQuerySet, wanted: Wanted) -> StoryQuerySet:
    """Those that hold every word looked for, in their words or ours, ended so, and happened there."""
    for word in wanted.words[:LONGEST_SEARCH].split()[:6]:
        either = Q(title__icontains=word) | Q(words__icontains=word) | Q(ours__icontains=word) | Q(different__icontains=word)
        rows = rows.filter(either)
    if wanted.outcome in OUTCOMES:
        rows = rows.filter(outcome=wanted.outcome)
    return rows.filter(touchpoint__key=wanted.touchpoint) if wanted.touchpoint else rows
