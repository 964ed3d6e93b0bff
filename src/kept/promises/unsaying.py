"""Words of ours that came back, or were refused at once, were never said: the ledger is as it would be without them (R5, R7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kept.cases.models import Case, Message, MessageKind, Outcome
from kept.promises.binding import first_rung, remind
from kept.promises.keeping import break_
from kept.promises.models import Promise

ANSWERS = (MessageKind.ANSWER, MessageKind.ASKS_BACK)
OF_A_PERSON = (*ANSWERS, MessageKind.SIGN_OF_LIFE)


@transaction.atomic
def unsay(message: Message, *, case: Case, now: datetime) -> None:  # no event: the caller records why, BROKEN what it breaks
    """No hour was moved by these words and no word kept; an old hour that has passed meanwhile is broken.

    What an answer promised besides stands: it was our word, though they have not heard it yet.
    """
    for made in Promise.objects.filter(said_in=message, is_held=False):
        replaced = list(made.replaces.all())
        for earlier in replaced:
            _stand_again(earlier, case, instead_of=made, now=now)
        if replaced or (message.kind == MessageKind.SIGN_OF_LIFE and (made.is_next_word or made.is_open)):
            _was_never_said(made, now=now)
    if message.kind in OF_A_PERSON and message.delivered_at is not None:
        for kept in Promise.objects.filter(case=case, is_next_word=True, kept_at=message.delivered_at):
            _was_not_kept(kept, case, by=message, now=now)
    remind(case)


def _stand_again(earlier: Promise, case: Case, *, instead_of: Promise, now: datetime) -> None:  # no event: BOUNCED tells it
    """What became of the promise in its place becomes of this one, at its own hour."""
    became = instead_of
    at = became.kept_at or became.renegotiated_at or became.taken_back_at or now
    _open_again(earlier, case)
    is_late = break_(earlier, now=at)
    earlier.refresh_from_db()
    if became.kept_at or (became.renegotiated_at and is_late and earlier.is_next_word):
        earlier.kept_at = at
    elif became.renegotiated_at and not is_late:
        earlier.renegotiated_at, earlier.replaced_by = at, became.replaced_by
    elif became.taken_back_at and not is_late:
        earlier.taken_back_at = at
    earlier.is_open = not (earlier.kept_at or earlier.renegotiated_at or earlier.taken_back_at)
    _save(earlier, case)


def _was_not_kept(word: Promise, case: Case, *, by: Message, now: datetime) -> None:  # no event: BOUNCED tells it
    """It runs on, unless other words of ours, or the customer's own ending, came after."""
    others = Message.objects.filter(case=case, delivered_at__gte=by.delivered_at, failed_at__isnull=True).exclude(pk=by.pk)
    enough = Q(kind__in=ANSWERS) | Q(kind=MessageKind.SIGN_OF_LIFE, delivered_at__gte=word.due_at)
    later = others.filter(enough).order_by("delivered_at").values_list("delivered_at", flat=True).first()
    over = later or (None if case.is_open else case.ended_at or case.set_aside_at)
    is_broken_before = word.broken_at is not None
    _open_again(word, case)
    is_late = break_(word, now=over or now) or is_broken_before
    word.refresh_from_db()
    if later is not None or (over is not None and case.outcome == Outcome.WHITE):
        word.kept_at, word.is_open = over, False
    elif over is not None and not is_late:
        word.taken_back_at, word.is_open = over, False
    _save(word, case)


@transaction.atomic
def unkeep(made: Promise, *, now: datetime) -> None:  # no event: the caller records why, BROKEN what it breaks
    """What seemed to keep it never reached them: it is open as before, or broken when its hour has passed meanwhile."""
    _open_again(made, made.case)
    break_(made, now=now)
    remind(made.case)


def _open_again(made: Promise, case: Case) -> None:  # no event: BOUNCED tells it
    made.kept_at = made.renegotiated_at = made.replaced_by = None
    made.is_open = True
    _save(made, case)


def _was_never_said(made: Promise, *, now: datetime) -> None:  # no event: BOUNCED tells it
    """It is in nobody's ledger and on no page any more; the history still tells that we had written it."""
    made.taken_back_at, made.is_open = now, False
    made.kept_at = made.broken_at = made.renegotiated_at = made.replaced_by = None
    made.rung_due_at = None
    made.save(update_fields=["taken_back_at", "is_open", "rung_due_at", *ENDINGS])


ENDINGS = ("kept_at", "broken_at", "renegotiated_at", "replaced_by")


def _save(made: Promise, case: Case) -> None:  # no event: BOUNCED tells it
    """Its own ladder runs while both are open, unless the answer's own ladder watches the same hour."""
    runs = case.is_open and made.is_open and made.due_at is not None and made.due_at != case.answer_due_at
    made.rung_level, made.rung_due_at = 80, first_rung(made) if runs else None
    made.save(update_fields=["is_open", "taken_back_at", "rung_level", "rung_due_at", *ENDINGS])
