"""What was given is done. It was promised: it is not taken back, but kept, late, or renegotiated in the ledger (R7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.models import Promise
from kept.remedies.models import Gift, GiftState
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def do(gift: Gift, *, by: Employee, now: datetime) -> Gift:
    """The customer has it, and the promise of it is kept; saying so twice changes nothing."""
    gift = Gift.objects.select_for_update(of=("self",)).select_related("promise__replaced_by", "case").get(pk=gift.pk)
    if gift.state == GiftState.DONE:
        return gift
    if gift.state != GiftState.GIVEN or gift.promise is None:
        raise Refusal(_("It is not given, so it cannot be done."))
    made = as_it_stands(gift.promise)
    keep(made, by=by, now=now)
    gift.state, gift.done_at = GiftState.DONE, now
    gift.save(update_fields=["state", "done_at"])
    record(gift.case.about, Happened.GIFT_DONE, at=now, by=by, what=made.what, gift=str(gift.public_id))
    return gift


def as_it_stands(made: Promise) -> Promise:
    """After a new hour was agreed, what took its place."""
    while made.replaced_by is not None:
        made = made.replaced_by
    return made


@transaction.atomic
def keep_the_word(made: Promise, *, by: Employee, now: datetime) -> None:
    """The promise is kept; what was given with it is done."""
    gift = _given_with(made)
    if gift is not None and gift.state == GiftState.GIVEN:
        do(gift, by=by, now=now)
    else:
        keep(made, by=by, now=now)


def _given_with(made: Promise | None) -> Gift | None:
    """The gift that this promise, or one before it in whose place it stands, is about."""
    while made is not None:
        if (gift := Gift.objects.filter(promise=made).first()) is not None:
            return gift
        made = Promise.objects.filter(replaced_by=made).first()
    return None
