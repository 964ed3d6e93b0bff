"""The history of one thing as sentences, for whoever may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kept.timeline.happenings import HAPPENINGS, Audience, Happened, sentence
from kept.timeline.models import Event


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, ready to be shown."""

    kind: str
    at: datetime
    says: str
    by: str
    facts: dict[str, object]


def history(about: str, *, audiences: frozenset[Audience], names: dict[str, str]) -> list[Line]:
    """What happened to `about`, oldest first, as far as these audiences may read it. `names` maps "employee:3" to a name."""
    readable = [kind for kind, happening in HAPPENINGS.items() if happening.audience in audiences]
    return list(lines(Event.objects.filter(about=about, kind__in=readable).order_by("id"), names=names))


def lines(events: Iterable[Event], *, names: dict[str, str]) -> Iterable[Line]:
    """Events as sentences."""
    for event in events:
        by_name = names.get(event.by, "") or "Kept"
        yield Line(
            kind=Happened(event.kind),
            at=event.at,
            says=sentence(event.kind, event.facts, by_name=by_name),
            by=event.by,
            facts=event.facts,
        )
