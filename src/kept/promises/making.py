"""Our word is given: the ledger holds us to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.binding import bind
from kept.promises.models import Promise, PromiseKind, StandingPromise


@transaction.atomic
def promise(  # no event: PROMISED is recorded by bind(), once it is really said
    case: Case,
    what: str,
    *,
    by: Employee,
    due_at: datetime | None,
    now: datetime,
    said_in: Message | None = None,
    quote: str = "",
    kind: str = PromiseKind.FIRM,
    is_next_word: bool = False,
    standing: StandingPromise | None = None,
) -> Promise:
    """The ledger holds `by` to `what` by `due_at`; held back while the message that says it can still be taken back.

    Only a conditional promise may have no hour yet: it waits for the customer.
    """
    what = what.strip()
    if not what:
        raise Refusal(_("Say what is promised."))
    if due_at is None and kind != PromiseKind.CONDITIONAL:
        raise Refusal(_("Say by when."))
    if due_at is not None and due_at <= now:
        raise Refusal(_("A promise cannot be due in the past."))
    if not case.is_open:
        raise Refusal(_("It has ended; a new promise needs it to be open again."))
    made = Promise(
        case=case,
        what=what[:300],
        quote=quote,
        kind=kind,
        is_next_word=is_next_word,
        by=by,
        due_at=due_at,
        said_in=said_in,
        standing=standing,
        made_at=now,
        is_held=said_in is not None and said_in.is_held,
    )
    if made.is_held:
        made.save()
    else:
        bind(made, now=now)
    return made
