"""The matters of the last weeks as far as they are compared with each other: where, about what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from kept.cases.models import Case, Message
from kept.causes.likeness import rare_words

LOOKS_BACK = timedelta(days=60)
MOST = 2000
FIRST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Matter:
    """One case as far as it is compared."""

    pk: int
    customer: int
    touchpoint: int | None
    place: int | None
    theme: str
    stems: tuple[str, ...]
    text: str


def matters_lately(now: datetime) -> list[Matter]:
    """The newest cases of the last 60 days that could have a root: no praise, nothing joined or set aside."""
    first = Message.objects.filter(case=OuterRef("pk"), is_theirs=True).order_by("id")
    cases = Case.objects.filter(opened_at__gte=now - LOOKS_BACK, joined_into__isnull=True, set_aside_at__isnull=True)
    rows = cases.exclude(kind="praise").annotate(
        words=Subquery(first.annotate(begin=Left("text", FIRST_WORDS)).values("begin")[:1])
    )
    told = rows.order_by("-opened_at", "-id").values_list(
        "pk", "customer", "touchpoint", "place", "theme", "bare_subject", "words"
    )[:MOST]
    return [_matter(*row) for row in told]


def _matter(
    pk: int, customer: int, touchpoint: int | None, place: int | None, theme: str, subject: str, words: str | None
) -> Matter:
    text = f"{subject}\n{words or ''}"
    return Matter(pk, customer, touchpoint, place, theme, tuple(rare_words(text)), text.casefold())
