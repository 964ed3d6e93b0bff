"""Which answers are somebody's to answer: "please contact me", a low score with words, a question, a reply with words (R9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.assigning import is_named
from kept.cases.models import Case, Message
from kept.channels.base import Handle, Incoming
from kept.people.models import Customer, Employee, Identity
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.places.models import Place, Touchpoint
from kept.surveys.asked import Asked
from kept.surveys.measures import scale_of
from kept.surveys.models import Response
from kept.surveys.offering import Offer, reserve
from kept.text.questions import find_questions

WANTED = frozenset({"phone", "email"})


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in a response before this post."""

    is_new: bool
    score: int | None
    words: str
    contact: str
    has_more_than_a_score: bool

    @classmethod
    def of(cls, response: Response) -> Before:
        """As it stands there now."""
        more = (response.words, response.contact, response.consent, response.named, response.further)
        return cls(response.pk is None, response.score, response.words, response.contact, any(more))


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it now stands. `work`: the contact that it is for somebody here; None asks for nothing."""

    response: Response
    work: Incoming | None = None
    customer: Customer | None = None
    """Who wrote it, as far as we know; not always the one who was asked."""
    identity: Identity | None = None
    """The address of theirs that it came by."""
    shown: Offer | None = None
    """Whom and which hour they saw when they sent it."""
    is_machine: bool = False

    @property
    def is_first_word(self) -> bool:
        """A matter of its own begins with it."""
        return self.response.case_id is None


def what_is_new(
    asked: Asked, response: Response, before: Before, *, customer: Customer | None, identity: Identity | None
) -> Given:
    """The answer, and what in it nobody here has seen yet and somebody has to answer."""
    wants_contact = asked.answer.contact in WANTED and before.contact not in WANTED and response.closed_at is None
    has_new_words = bool(asked.words) and asked.words != before.words
    if response.case_id is not None:
        makes_work = has_new_words or wants_contact
    else:
        makes_work = wants_contact or (bool(response.words) and _asks_for_somebody(asked, response))
    if not makes_work:
        return Given(response)
    work = _as_contact(asked, response, identity)
    return Given(response, work, customer or response.customer, identity, shown_as(asked.answer.offered))


def _asks_for_somebody(asked: Asked, response: Response) -> bool:
    line, score = asked.survey.line, response.score
    is_low = line is not None and score is not None and score <= line
    return asked.is_reply or is_low or response.contact in WANTED or bool(find_questions(response.words))


def _as_contact(asked: Asked, response: Response, identity: Identity | None) -> Incoming:
    """What they said, for the one who answers it: on the case it has already, else on its own."""
    incoming, case = asked.incoming, response.case
    words = incoming.text or ("" if case is not None else response.words)
    own = (Handle(identity.kind, identity.value),) if identity is not None and not asked.is_reply else ()
    return replace(
        incoming,
        sender=(*own, *(one for one in incoming.sender if one not in own)),
        text=words,
        subject=incoming.subject or ("" if words else _("Please contact me")),
        case_key=str(case.public_id) if case is not None else "",
    )


def shown_as(offered: str) -> Offer | None:
    """The person and hour in the words of our page; None where none was shown."""
    person, _colon, hour = offered.partition(":")
    found = Employee.objects.filter(pk=person, is_active=True).first() if person.isdecimal() else None
    return Offer(found, datetime.fromisoformat(hour)) if found is not None else None


@dataclass(frozen=True, slots=True)
class Begins:
    """How the case of an answer begins: with whom, by which hour, and where it happened."""

    given_to: tuple[Employee, str] | None = None
    hour: datetime | None = None
    place: Place | None = None
    touchpoint: Touchpoint | None = None
    account: ChannelAccount | None = None
    """Whose answer times hold, where that is not the way it came by."""


def begin_with(given: Given, *, now: datetime) -> Begins:
    """The person and hour they were shown are reserved; somebody the words speak of does not get them (R3), the hour stands."""
    response = given.response
    kept = reserve(response.survey, now=now, offered=given.shown)
    person = kept.person if kept is not None and not is_named(kept.person, response.words) else None
    return Begins(
        given_to=(person, _("was named to them when they were asked")) if person is not None else None,
        hour=kept.hour if kept is not None and kept.hour > now else None,
        place=response.place,
        touchpoint=response.touchpoint,
        account=response.survey.account,
    )


@transaction.atomic
def become_work(given: Given, message: Message, *, now: datetime) -> None:  # no event: SCORED and RECEIVED tell it
    """The response knows its case and who was named to them; whoever leads the touchpoint has been told, once."""
    response, case = given.response, message.case
    is_first = response.case_id is None
    if response.case_id == case.pk:
        return
    response.case, response.customer = case, response.customer or case.customer
    response.owner, response.offered_at = case.owner, case.answer_due_at
    response.save(update_fields=["case", "customer", "owner", "offered_at"])
    if is_first:
        _tell_whoever_leads_it(response, case, now=now)


def _tell_whoever_leads_it(response: Response, case: Case, *, now: datetime) -> None:
    touchpoint, place = response.touchpoint, response.place
    leads = (touchpoint.manager if touchpoint else None) or (place.manager if place else None)
    leads = leads or manager_of(case.owner, of_house=house(), at=now)
    if leads is None or leads.pk == case.owner_id or not leads.is_active:
        return
    told = {"customer": case.customer.known_as, "owner": case.owner.first_name, "case": case, "survey": response.survey.name}
    if response.score is None:
        says = _("%(customer)s answered “%(survey)s”; %(owner)s has it: %(case)s") % told
    else:
        told |= {"score": response.score, "highest": scale_of(response.survey.measure).highest}
        says = _("%(customer)s gave %(score)s of %(highest)s for “%(survey)s”; %(owner)s has it: %(case)s") % told
    tell(leads, says, about=case.about, kind="survey_answer", at=now)
