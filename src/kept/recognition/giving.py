"""A good word is given: by its writer on our page, by one of us who heard it; and a person says who was meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee
from kept.places.models import Place
from kept.recognition.guessing import add_candidate, propose
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.nothing_else import end_if_only_praise
from kept.recognition.passing_on import pass_on
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

SHOWN = ("name", "anon", "")
"""Who may read it besides the two (Recognition.consent)."""


@transaction.atomic
def say_a_good_word(
    words: str,
    *,
    employee: Employee | None,
    now: datetime,
    hint: str = "",
    message: Message | None = None,
    customer: Customer | None = None,
    writer_name: str = "",
    place: Place | None = None,
    consent: str = "",
    wants_reply: bool = False,
    source: str = "page",
    source_key: str = "",
) -> Recognition:
    """The customer gave it themself. Passed on at once when they chose `employee`; else it waits visibly for a name.

    `message`: the contact it came with, whose case and customer it then has. What was noticed in that message becomes this.
    """
    given = _begin(words, message=message, source=source, source_key=source_key, now=now)
    given.hint, given.consent, given.wants_reply = hint.strip()[:300], consent if consent in SHOWN else "", wants_reply
    given.customer = given.customer or customer
    given.writer_name = writer_name.strip()[:120]
    given.place = place or given.place
    return _given(given, employee, by=None, now=now)


@transaction.atomic
def write_down_praise(
    words: str,
    *,
    by: Employee,
    employee: Employee | None,
    now: datetime,
    source: str = "heard",
    medium: str = "",
    hint: str = "",
    writer_name: str = "",
    said_at: datetime | None = None,
    place: Place | None = None,
    consent: str = "",
    case: Case | None = None,
) -> Recognition:
    """One of us typed it in: from a call, a card on the wall, a review elsewhere. Passed on at once if they say about whom.

    What somebody heard about themself waits until another one of us says so too.
    """
    given = _begin(words, message=None, source=source, source_key="", now=now)
    given.medium, given.hint, given.writer_name = medium, hint.strip()[:300], writer_name.strip()[:120]
    given.said_at, given.place, given.consent, given.added_by = said_at or now, place, consent if consent in SHOWN else "", by
    given.case, given.customer = case, case.customer if case else None
    return _given(given, employee, by=by, now=now)


def _begin(words: str, *, message: Message | None, source: str, source_key: str, now: datetime) -> Recognition:
    words = words.strip()
    if not words:
        raise Refusal(_("Say what they did; a word is enough."))
    if message is None:
        return Recognition(words=words, said_at=now, source=source, source_key=source_key)
    key = source_key or f"message:{message.pk}"
    noticed = Recognition.objects.filter(source_key=key, state=RecognitionState.LOOKING).order_by("id").first()
    given = noticed or Recognition(source_key=key)
    given.words, given.source, given.said_at, given.medium = words, source, message.at, message.medium
    given.message, given.case, given.customer, given.place = message, message.case, message.customer, message.case.place
    return given


def _given(given: Recognition, employee: Employee | None, *, by: Employee | None, now: datetime) -> Recognition:
    given.save()
    whom = employee.known_as if employee else given.hint or _("somebody we do not know yet")
    record(given.line, Happened.PRAISE_GIVEN, at=now, by=by or given.customer, whom=whom)
    if employee is not None and (by is None or by.pk != employee.pk or by.leads_others):
        pass_on(given, to=employee, now=now, confirmed_by=by)
        return given
    if employee is not None:
        add_candidate(given, employee, why="named", likely=0.9)
    propose(given, mentions=())
    return given


@transaction.atomic
def it_was(recognition: Recognition, employee: Employee, *, by: Employee, now: datetime, nothing_else: bool = False) -> None:
    """A person says who was meant, and it is passed on. `nothing_else`: its case held only this, says `by`, and ends with it."""
    standing = _locked(recognition)
    if standing.is_passed_on:
        raise Refusal(_("It was passed on already, to %(name)s.") % {"name": standing.employee})
    if employee.pk == by.pk and not by.leads_others:
        raise Refusal(_("If it was you, a colleague has to say so."))
    pass_on(standing, to=employee, now=now, confirmed_by=by)
    if standing.case is not None:
        end_if_only_praise(standing.case, by=by, now=now, says_so=nothing_else)
    recognition.refresh_from_db()


@transaction.atomic
def no_praise(recognition: Recognition, *, by: Employee, now: datetime, why: str) -> None:
    """It waits for nobody any more: a person says why it is no good word about one of us. `it_was` takes that back."""
    why = why.strip()
    if not why:
        raise Refusal(_("Say in a few words why it is no praise."))
    standing = _locked(recognition)
    if standing.is_passed_on:
        raise Refusal(_("It was passed on already."))
    standing.state, standing.confirmed_by, standing.decided_at = RecognitionState.NOT_PRAISE, by, now
    standing.save(update_fields=["state", "confirmed_by", "decided_at"])
    record(standing.line, Happened.NO_PRAISE, at=now, by=by, why=why[:200])
    recognition.refresh_from_db()


def _locked(recognition: Recognition) -> Recognition:
    """As it stands now; nobody else decides about it until this transaction ends."""
    rows = Recognition.objects.select_for_update(of=("self",)).select_related("case__owner", "case__account__brand", "customer")
    return rows.select_related("employee", "case__policy__calendar", "case__customer").get(pk=recognition.pk)


def candidates_first(recognition: Recognition, everybody: Iterable[Employee]) -> list[Employee]:
    """Everybody who can be chosen, whom we think of first."""
    order = {candidate.employee_id: -candidate.likely for candidate in recognition.candidates.all()}
    return sorted(everybody, key=lambda employee: (order.get(employee.pk, 1.0), employee.name))
