"""Our word to one customer: we tell you when it is mended. It stands in the ledger like every other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Message
from kept.causes.fixing import MIDNIGHT
from kept.causes.models import Gathered
from kept.lib.hours import next_closing
from kept.lib.opening_times import instant
from kept.lib.refusal import Refusal
from kept.promises.making import promise
from kept.promises.models import Promise


@transaction.atomic
def promise_word(  # no event: PROMISED is recorded by promise()
    gathered: Gathered, *, now: datetime, said_in: Message | None = None, what: str = ""
) -> Promise:
    """The ledger holds whoever looks after them to a word by the close of the day the fix is promised for.

    It is firm: while it is owed they are not asked whether all is solved, and their own yes ends the matter at any time (R8).
    Only an open matter takes a promise; whoever's has ended is told all the same when it is mended.
    """
    rows = Gathered.objects.select_for_update(of=("self",)).select_related(
        "cause", "promise", "case__customer", "case__owner", "case__account__brand", "case__policy__calendar"
    )
    gathered = rows.get(pk=gathered.pk)
    cause, case = gathered.cause, gathered.case
    if cause.fix_due_on is None or not cause.stands_in_our_way:
        raise Refusal(_("There is no day for the fix yet; a promise needs one."))
    if gathered.promise is not None and gathered.promise.is_open:
        raise Refusal(_("%(name)s has our word already.") % {"name": case.customer.known_as})
    hours = case.policy.calendar.hours
    due_at = next_closing(hours, instant(cause.fix_due_on, MIDNIGHT, hours.tz))
    with translation.override(case.account.brand.language):
        what = what.strip() or _("a word from us when what stood in your way is mended")
    gathered.promise = promise(case, what, by=case.owner, due_at=due_at, now=now, said_in=said_in)
    gathered.wants_word = True
    gathered.save(update_fields=["promise", "wants_word"])
    return gathered.promise
