"""A case as it stands now, which nobody else changes until the transaction ends."""

from __future__ import annotations

from django.db.models import QuerySet

from kept.cases.models import Case
from kept.lib.ready import ready


@ready
def _case(pk: int) -> QuerySet[Case]:
    cases = Case.objects.select_for_update(of=("self",))
    return cases.select_related(
        *("customer", "account__brand", "policy__calendar"), *("owner__team__manager", "owner__manager", "owner__stand_in")
    ).filter(pk=pk)


def locked(pk: int) -> Case:
    """The case, with its customer, owner, account and policy at hand. Only inside a transaction."""
    return _case.one(pk=pk)
