"""What must always hold (docs/decisions/0005-invariants.md), each as a question whose answer must be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from kept.audit.counting import count
from kept.cases.models import Case, Message, MessageKind, Settled
from kept.cases.silence import Answered, Word, settle
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.outcomes.models import Reason, Verdict
from kept.promises.models import Promise
from kept.remedies.checking import what_was_given_stands_in_the_ledger
from kept.replies.models import Delivery
from kept.surveys.recounting import the_rollup_is_what_the_answers_say
from kept.timeline.chain import flaws

SLACK = timedelta(minutes=2)
"""A sweep runs every 5 s and a rung is climbed within 60 s; beyond this something is wrong."""
Check = Callable[[datetime], Iterator[str]]


def every_arrival_has_a_fate(now: datetime) -> Iterator[str]:
    """I1, I3: what we said yes to is filed with a fate, or waits."""
    fates = Filed.objects.filter(arrival_id=OuterRef("pk"))
    for arrival in Arrival.objects.filter(~Exists(fates), state=ArrivalState.FILED)[:50]:
        yield f"arrival {arrival.receipt} is filed but became nothing"


def nothing_waits_for_ever(now: datetime) -> Iterator[str]:
    """I3: no arrival, delivery or notice was given up on."""
    for arrival in Arrival.objects.filter(parked_at__isnull=False)[:50]:
        yield f"arrival {arrival.receipt} could not be filed: {arrival.trouble}"
    for delivery in Delivery.objects.filter(parked_at__isnull=False, failed_at__isnull=True, message__failed_at__isnull=True)[
        :50
    ]:
        yield f"delivery {delivery.pk} was given up without anybody being told: {delivery.trouble}"


def one_contact_is_one_message(now: datetime) -> Iterator[str]:
    """I2: no two words have the same Message-ID and the same content."""
    twice = (
        Message.objects.filter(is_theirs=True).exclude(external_id="").exclude(content_hash="")
        .values("external_id", "content_hash").annotate(n=Count("id")).filter(n__gt=1)
    )  # fmt: skip
    for row in twice[:50]:
        yield f"{row['external_id']} became {row['n']} messages"


def every_message_is_accounted_for(now: datetime) -> Iterator[str]:
    """I3: the sum adds up."""
    if audit_gap := count(now).unaccounted:
        yield f"{audit_gap} contacts are unaccounted for"


def acknowledged_at_most_once(now: datetime) -> Iterator[str]:
    """I6: no word has two acknowledgements."""
    acks = (
        Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).values("answers_up_to").annotate(n=Count("id")).filter(n__gt=1)
    )
    for row in acks[:50]:
        yield f"message {row['answers_up_to']} was acknowledged {row['n']} times"


def the_clock_is_what_the_messages_say(now: datetime) -> Iterator[str]:
    """I7: silent_since, derived anew for every open case, is what stands there."""
    for case in Case.objects.open().prefetch_related("messages").order_by("id").iterator(chunk_size=500):
        messages = sorted(case.messages.all(), key=lambda message: message.pk)
        words = [Word(m.pk, m.at, m.rested_at is not None) for m in messages if m.is_theirs]
        answers = [
            Answered(m.answers_up_to_id or 0, m.delivered_at, asks_back=m.kind == MessageKind.ASKS_BACK)
            for m in messages
            if m.kind in {MessageKind.ANSWER, MessageKind.ASKS_BACK} and m.delivered_at and not m.failed_at and m.answers_up_to_id
        ]
        fates = settle(words, answers, yes_up_to=case.yes_up_to, ended_up_to=case.ended_up_to)
        silent = min((word.at for word in words if fates[word.id] == Settled.WAITING), default=None)
        if silent != case.silent_since:
            yield f"{case.about} says silent since {case.silent_since}, its messages say {silent}"


def every_open_case_can_be_answered(now: datetime) -> Iterator[str]:
    """I8: an owner who is active, and a deadline ahead or a rung already climbed."""
    for case in Case.objects.open().filter(Q(owner__is_active=False) | Q(owner__answers=False))[:50]:
        yield f"{case.about} is owned by somebody who cannot answer"
    for case in Case.objects.open().filter(silent_since__isnull=False, answer_due_at__isnull=True)[:50]:
        yield f"{case.about} waits without a due time"
    for case in Case.objects.open().filter(rung_due_at__lt=now - SLACK)[:50]:
        yield f"{case.about} should have told somebody by {case.rung_due_at}"
    for case in Case.objects.open().filter(silent_since__isnull=False, rung_due_at__isnull=True)[:50]:
        yield f"{case.about} waits and nobody will ever be told"


def held_words_go_or_are_taken_back(now: datetime) -> Iterator[str]:
    """I11: nothing of ours is held for longer than it can be taken back, unless a mailbox only listens."""
    late = Delivery.objects.filter(claimed_at__isnull=True, next_try_at__lt=now - SLACK, account__opened_at__isnull=False)
    for delivery in late[:50]:
        yield f"delivery {delivery.pk} is due since {delivery.next_try_at} and nobody has tried it"


def failures_are_on_the_case(now: datetime) -> Iterator[str]:
    """I12: whatever failed is on its message."""
    for delivery in Delivery.objects.filter(failed_at__isnull=False, message__failed_at__isnull=True)[:50]:
        yield f"delivery {delivery.pk} failed and its case does not say so"


def only_participants_are_written_to(now: datetime) -> Iterator[str]:
    """I13: every address we wrote to belongs to the customer of that case or to one who takes part."""
    elsewhere = Delivery.objects.exclude(identity__customer=F("message__case__customer")).exclude(
        identity__customer__in=F("message__case__participants__customer")
    )
    for delivery in elsewhere[:50]:
        yield f"delivery {delivery.pk} goes to somebody who takes no part"


def promises_end_in_one_way(now: datetime) -> Iterator[str]:
    """I14: each promise is held, open, kept, broken, renegotiated or taken back; past ones are broken and climb their ladder."""
    for made in Promise.objects.open().filter(due_at__lt=now - SLACK, broken_at__isnull=True)[:50]:
        yield f"promise {made.public_id} is past due and not called broken"
    closed = Promise.objects.filter(is_open=False, kept_at=None, renegotiated_at=None, taken_back_at=None, is_held=False)
    for made in closed[:50]:
        yield f"promise {made.public_id} vanished"
    for made in Promise.objects.filter(is_held=True).exclude(said_in__is_held=True)[:50]:
        yield f"promise {made.public_id} is held though its words have gone or never were"
    for made in Promise.objects.filter(rung_due_at__lt=now - SLACK)[:50]:
        yield f"promise {made.public_id}: somebody should have been told by {made.rung_due_at}"


def white_only_by_the_customer(now: datetime) -> Iterator[str]:
    """I15: every ending has a verdict, and white was said by the customer or is praise passed on."""
    has_verdict = Verdict.objects.filter(case=OuterRef("pk"), outcome=OuterRef("outcome"))
    for case in Case.objects.filter(~Exists(has_verdict), ended_at__isnull=False)[:50]:
        yield f"{case.about} ended without a verdict"
    theirs = Q(by_customer=True) | (Q(confirmed_by__isnull=False) & ~Q(words="")) | Q(reason=Reason.PASSED_ON)
    for verdict in Verdict.objects.filter(outcome="white").exclude(theirs)[:50]:
        yield f"case {verdict.case_id} was called happy by nobody"


def every_word_is_on_one_case(now: datetime) -> Iterator[str]:
    """I10: every filed message exists."""
    for filed in Filed.objects.filter(fate=Fate.MESSAGE, message__isnull=True)[:50]:
        yield f"contact {filed.ordinal} of arrival {filed.arrival_id} should be a message and is none"


def the_chain_is_whole(now: datetime) -> Iterator[str]:
    """I18: nobody changed the past."""
    yield from flaws()


INVARIANTS: tuple[Check, ...] = (
    every_arrival_has_a_fate,
    nothing_waits_for_ever,
    one_contact_is_one_message,
    every_message_is_accounted_for,
    every_word_is_on_one_case,
    acknowledged_at_most_once,
    the_clock_is_what_the_messages_say,
    every_open_case_can_be_answered,
    held_words_go_or_are_taken_back,
    failures_are_on_the_case,
    only_participants_are_written_to,
    promises_end_in_one_way,
    what_was_given_stands_in_the_ledger,
    white_only_by_the_customer,
    the_rollup_is_what_the_answers_say,
    the_chain_is_whole,
)
