"""The story of one arrival: who is it, what matter, what was said, who has it, and are they told at once?

Happens after the raw bytes are committed, by whoever takes the arrival's lease first. The first file a newcomer should read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.translating import channel_of
from kept.cases import confirming
from kept.cases.matching import Match, find_case
from kept.cases.minding import give_duty
from kept.cases.models import Case, Message, Participant
from kept.cases.opening import open_case
from kept.cases.receiving import receive, take_part
from kept.cases.resembling import ask_whether_it_is_one_person
from kept.channels.base import Incoming, Raw, Unreadable
from kept.channels.on_our_pages import OwnStory
from kept.due.claiming import LeaseLost, claim, claim_one, finish, try_again
from kept.intake.judging import Judged, judge
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.intake.noticing import notice_answer, notice_everything
from kept.intake.rescuing import unreadable
from kept.lib.ready import ready
from kept.outcomes.hearing import hear_not_yet
from kept.outcomes.reopening import reopen_if_ended
from kept.people.identifying import identify, prove
from kept.people.models import Customer, Employee, Identity
from kept.people.presence import house, one_look
from kept.recognition.coming_in import take_to_heart, who_hears_of
from kept.replies.acknowledging import acknowledge
from kept.stories.coming_in import asks_for_somebody, take_in_story
from kept.surveys.answering import answer
from kept.surveys.asked import what_was_asked
from kept.surveys.making_work import Begins, Given, become_work, begin_with
from kept.surveys.opting_out import opt_out
from kept.timeline.happenings import Happened
from kept.timeline.recording import record, through

log = logging.getLogger(__name__)
AT_ONCE = 16
TRIES_BEFORE_BY_HAND = 3
"""A fault of ours that comes back this often must not hide a customer: a person reads the original instead."""
CONFIRMED_WITHIN = timedelta(days=1)


def file_what_waits(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every arrival that waits is filed, as far as somebody is here who could own it. Returns how many."""
    waiting = Arrival.objects.select_related("account__policy__calendar", "account__brand")
    filed = 0
    while not should_stop() and house().is_settled:
        batch = claim(waiting, now=now, limit=AT_ONCE)
        filed += sum(file_or_try_again(arrival, now=now) for arrival in batch)
        if len(batch) < AT_ONCE:
            break
    return filed


def file_now(arrival_id: int, *, now: datetime) -> bool:
    """Filed by the caller, if nobody else has it in hand: for a request that needs to know who has it. False: it waits."""
    arrival = _arrival.one(pk=arrival_id)
    if arrival.state != ArrivalState.WAITING:
        return arrival.state == ArrivalState.FILED
    with one_look():
        if not house().is_settled or not claim_one(arrival, now=now):
            return False
        return file_or_try_again(arrival, now=now)


@ready
def _arrival(pk: int) -> QuerySet[Arrival]:
    return Arrival.objects.select_related("account__policy__calendar", "account__brand").filter(pk=pk)


def file_or_try_again(arrival: Arrival, *, now: datetime) -> bool:
    """True when it is filed. A fault of ours leaves it waiting, with the reason on it."""
    try:
        file(arrival, now=now)
    except LeaseLost:
        return False
    except Exception as trouble:
        log.exception("Arrival %s could not be filed; it is kept and tried again.", arrival.receipt)
        with suppress(LeaseLost):
            try_again(arrival, now=now, trouble=f"{type(trouble).__name__}: {trouble}")
        return False
    return True


def file(arrival: Arrival, *, now: datetime) -> None:
    """The story of one arrival, in order. Telling it twice changes nothing the second time: its lease and fates see to it."""
    contacts, trouble = understand(arrival)
    # What it writes for colleagues speaks the language of the house, whoever's browser it is filed under.
    spoken = translation.override(settings.LANGUAGE_CODE)
    with spoken, one_look(), transaction.atomic(), through(arrival.envelope.get("through", "")):
        for ordinal, incoming in enumerate(contacts):
            judged = judge(incoming, arrival)
            if judged.fate == Fate.MESSAGE:
                judged = hear(incoming, arrival, now=now)
            if trouble and judged.message is not None:
                record(judged.message.case.about, Happened.FILING_FAILED, at=now, why=trouble[:300], message=judged.message.pk)
            write_fate(arrival, ordinal, incoming, judged, now=now)
        finish(arrival, state=ArrivalState.FILED)


def understand(arrival: Arrival) -> tuple[list[Incoming], str]:
    """The contacts in these bytes, and why not, in words; what cannot be read is still one, for a person to look at."""
    if arrival.attempts >= TRIES_BEFORE_BY_HAND:
        return [unreadable(arrival, arrival.trouble)], arrival.trouble or "?"
    try:
        contacts = channel_of(arrival.account).parse(Raw(arrival.bytes, arrival.envelope, arrival.reached_us_at))
    except Unreadable as trouble:
        return [unreadable(arrival, str(trouble))], str(trouble) or "?"
    if not contacts:
        return [unreadable(arrival, "empty")], "empty"
    return contacts, ""


def hear(incoming: Incoming, arrival: Arrival, *, now: datetime) -> Judged:
    """A customer's word is on a case; an answer to a survey is kept as such, and on a case as far as it asks for somebody."""
    if incoming.story is not None:
        return hear_story(incoming, incoming.story, arrival, now=now)
    asked = what_was_asked(incoming, arrival.account)
    if asked is None:
        return Judged(Fate.MESSAGE, message=take_in(incoming, arrival, now=now))
    if asked.wants_no_more:
        opt_out(asked.customer, at=arrival.reached_us_at, through="mail")
        return Judged(Fate.SET_ASIDE, why="opt_out")
    given = answer(asked, at=arrival.reached_us_at, now=now)
    if given.is_machine:
        return Judged(Fate.SET_ASIDE, why="robot")
    if given.work is None:
        notice_answer(given.response, now=now)
        return Judged(Fate.SCORE)
    message = take_in(given.work, arrival, now=now, given=given)
    become_work(given, message, now=now)
    notice_answer(given.response, now=now)
    return Judged(Fate.MESSAGE, message=message)


def hear_story(incoming: Incoming, told: OwnStory, arrival: Arrival, *, now: datetime) -> Judged:
    """A story of their own waits to be read; it is also a matter with an owner where it asks for something."""
    message = take_in(incoming, arrival, now=now) if asks_for_somebody(told, wish=incoming.wish) else None
    customer, identity = (message.case.customer, message.identity) if message else _who(incoming, now=now)
    take_in_story(told, customer=customer, identity=identity, message=message, arrival_id=arrival.pk, now=now)
    return Judged(Fate.MESSAGE if message else Fate.STORY, message=message)


def take_in(incoming: Incoming, arrival: Arrival, *, now: datetime, given: Given | None = None) -> Message:
    """One contact is a message on a case with an owner, its clock runs, and it is acknowledged or the case says why not."""
    account = arrival.account
    customer, identity = (given.customer, given.identity) if given and given.customer else _who(incoming, now=now)
    fixed_subject = incoming.subject if given and incoming.medium == "email" else account.settings.get("subject_line", "")
    begins_anew = bool(incoming.about or incoming.story) or (given is not None and given.is_first_word)
    match = None if begins_anew else find_case(customer, incoming, now=now, fixed_subject=fixed_subject)
    is_first, told = match is None, None
    if match is None or match.is_too_old:
        begins = _how_it_begins(incoming, given, now=now)
        told = begins.hour
        case, load = open_case(
            customer,
            incoming,
            account=begins.account or account,
            now=now,
            fixed_subject=fixed_subject,
            follows=match.case if match else None,
            given_to=begins.given_to,
            place=begins.place,
            touchpoint=begins.touchpoint,
        )
        ask_whether_it_is_one_person(case, incoming.sender, now=now)
    else:
        case, load = match.case, None
        _join_in(match, incoming, customer, identity, now=now)
    message = receive(
        case,
        incoming,
        customer=customer,
        identity=identity,
        account=account,
        arrival_id=arrival.pk,
        now=now,
        unanswered=None if load is None else load + 1,
        told=told,
        written_down_by=_writer(arrival),
    )
    if incoming.about is not None:
        take_to_heart(message, incoming.about, now=now)
    if arrival.envelope.get("verdict") == "no":
        hear_not_yet(case, now=now, words=incoming.text)
        case.refresh_from_db()
    notice_everything(message, now=now)
    acknowledge(case, message, account=account, is_wanted=incoming.may_acknowledge, is_first=is_first, now=now)
    return message


def _how_it_begins(incoming: Incoming, given: Given | None, *, now: datetime) -> Begins:
    if given is not None:
        return begin_with(given, now=now)
    return Begins(given_to=who_hears_of(incoming.about, now=now) if incoming.about else None)


def _who(incoming: Incoming, *, now: datetime) -> tuple[Customer, Identity | None]:
    if incoming.case_key and not incoming.sender:
        case = Case.objects.select_related("customer").filter(public_id=incoming.case_key).first()
        if case is not None:
            return case.customer, None
    # Whoever forges a sender may not add an address of their own to that person: it would open their page one day.
    answer_to = incoming.reply_to if any(handle.proven for handle in incoming.sender) else ()
    return identify((*incoming.sender, *answer_to), name=incoming.name, at=now)


def _join_in(match: Match, incoming: Incoming, customer: Customer, identity: Identity | None, *, now: datetime) -> None:
    """The writer takes part; an answer to what we mailed to this very address proves it; an ended matter goes on."""
    case, is_theirs = match.case, customer.pk == match.case.customer_id
    take_part(case, customer, is_confirmed=is_theirs)
    answers_us = match.how == "signed" and incoming.medium == "email" and incoming.may_acknowledge
    if identity is not None and answers_us and Message.objects.filter(case=case, identity=identity, is_theirs=False).exists():
        prove(identity, at=now)
    reopen_if_ended(case, now=now)
    if Participant.objects.filter(case=case, customer=customer, is_confirmed=False).exists():
        says = _("Does %(name)s (%(address)s) belong to this? Confirm it, or answer only whom you know")
        told = says % {"name": customer.known_as, "address": identity or "?"}
        give_duty(case, confirming.KIND, told[:240], due_at=now + CONFIRMED_WITHIN, now=now)


def _writer(arrival: Arrival) -> Employee | None:
    written_by = arrival.envelope.get("written_by", "")
    return Employee.objects.filter(pk=written_by).first() if written_by.isdecimal() else None


def write_fate(
    arrival: Arrival, ordinal: int, incoming: Incoming, judged: Judged, *, now: datetime
) -> Filed:  # no event: the fate is the record
    """What this contact became stands in the audit's equation."""
    sender = (incoming.sender[0].shown or incoming.sender[0].value) if incoming.sender else ""
    return Filed.objects.create(
        arrival_id=arrival.pk,
        ordinal=ordinal,
        fate=judged.fate,
        message=judged.message,
        why=judged.why,
        at=now,
        sender=sender[:320],
        subject=incoming.subject[:200],
    )
