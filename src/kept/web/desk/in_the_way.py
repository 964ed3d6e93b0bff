"""The roots beside one case: those it is gathered under, and those that may have stood in the way of whoever answers it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import F, FilteredRelation, IntegerField, Q, Value, When

from kept.cases.models import Case
from kept.causes.models import STANDS_IN_OUR_WAY, Cause
from kept.people.models import Employee

OFFERED = 8


@dataclass(frozen=True, slots=True)
class InTheWay:
    """The roots this case is gathered under, and those a person may choose, the likeliest first."""

    here: list[Cause]
    offered: list[Cause]


def in_the_way_of(case: Case, me: Employee) -> InTheWay:
    """Read in one query. What was proposed for this very case, or shares its touchpoint and theme, stands first."""
    mine = FilteredRelation("gathered", condition=Q(gathered__case=case, gathered__refused_at__isnull=True))
    likely = Choose(
        When(mine__pk__isnull=False, then=Value(0)),
        When(touchpoint=case.touchpoint_id, theme=case.theme, then=Value(1)),
        When(touchpoint=case.touchpoint_id, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Cause.objects.visible_to(me).annotate(mine=mine)
    wanted = rows.decided().filter(Q(state__in=STANDS_IN_OUR_WAY) | Q(mine__by__isnull=False)).select_related("owner")
    found = wanted.annotate(
        gathered_id=F("mine__pk"), gathered_by=F("mine__by"), gathered_told=F("mine__told_at"), gathered_word=F("mine__promise"),
        likely=likely,
    ).order_by("likely", "-id")[: OFFERED + OFFERED]  # fmt: skip
    here = [cause for cause in found if vars(cause)["gathered_by"] is not None]
    return InTheWay(here, [cause for cause in found if vars(cause)["gathered_by"] is None][:OFFERED])
