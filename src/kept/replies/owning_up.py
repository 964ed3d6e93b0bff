"""From the third time on the acknowledgement does not sound like the first: it owns up to it, to the right eyes only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.cases.repeating import TOLD_FROM, earlier, times_we_know
from kept.cases.wording import nth
from kept.people.models import Identity


def owning_up(case: Case) -> str:
    """The sentence in the language that is active; empty below the third time. Only for their own eyes (R4).

    Where we know of fewer ourselves, it says that they wrote so: it claims nothing that we have not seen.
    """
    if case.repeats < TOLD_FROM:
        return ""
    we_know, they_say = _sentences(case)
    return we_know if times_we_know(earlier(case)) >= case.repeats else they_say


def _sentences(case: Case) -> tuple[str, str]:
    told = {"nth": nth(case.repeats)}
    return (
        _("This is the %(nth)s time this has happened to you. That should not be.") % told,
        _("You write that this is the %(nth)s time. That should not be.") % told,
    )


def may_read_it(case: Case, identity: Identity | None) -> bool:
    """A proven address of the very customer whose matter it is."""
    return identity is not None and identity.proven_at is not None and identity.customer_id == case.customer_id


def owned_up(case: Case, text: str) -> str:
    """The sentence as it was said in this acknowledgement, if it was: the same at every try to deliver it."""
    return next((says for says in _sentences(case) if says in text), "") if case.repeats >= TOLD_FROM else ""
