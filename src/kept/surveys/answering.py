"""What a customer answered, once: the score first, then the words and the rest, each kept as it is given (KEPT.md 1.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kept.channels.base import Handle
from kept.lib.ids import new_id
from kept.people.identifying import identify, prove
from kept.people.models import Customer, Identity, Team
from kept.places.models import Place, Touchpoint
from kept.surveys.asked import Asked
from kept.surveys.counting import count_in, week_of
from kept.surveys.making_work import Before, Given, what_is_new
from kept.surveys.models import Invitation, InvitationState, Response, SurveyVersion
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

AT_ONCE = timedelta(seconds=60)
MOST_TOUCHES = 2
"""So many other scores touched at once are a slip of the finger; more are a machine that opens every link."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose answer it is, as far as we know, and the address it came by."""

    customer: Customer | None
    identity: Identity | None


@transaction.atomic
def answer(asked: Asked, *, at: datetime, now: datetime) -> Given:  # no event: _record tells it
    """Their answer is kept as it now stands, counted, and what in it asks for somebody is told apart.

    A score that the page posted by itself gives way to whatever they sent. What was answered by us already stays as it was; words
    that come after that are only a further word on its case.
    """
    _one_at_a_time(asked)
    who, response = _who(asked, at=at), _response_of(asked)
    if response is None:
        response = _begin(asked, who, at=at)
    before = Before.of(response)
    if asked.answer.is_touched and _is_a_machine(asked, response, is_new=before.is_new, at=at):
        return _by_a_machine(asked, response, before=before)
    if _close_if_answered(response):
        return what_is_new(asked, response, before, customer=who.customer, identity=who.identity)
    if asked.answer.is_touched and before.has_more_than_a_score:
        return Given(response)
    _take_over(asked, response, who, at=at)
    response.save()
    count_in(response, before=before.score)
    _invitation_is_answered(asked)
    given = what_is_new(asked, response, before, customer=who.customer, identity=who.identity)
    _record(asked, response, before, now=now)
    return given


def _one_at_a_time(asked: Asked) -> None:
    """Two posts of one page are filed one after the other: there is one Response of an invitation."""
    if asked.invitation is not None:
        Invitation.objects.select_for_update(of=("self",)).get(pk=asked.invitation.pk)


def _who(asked: Asked, *, at: datetime) -> Who:
    """Whoever was invited; who wrote, where that was by mail; else whoever the address belongs to that they gave, or nobody."""
    sender, invitation = asked.incoming.sender, asked.invitation
    if invitation is None:
        return Who(*identify(sender, name=asked.incoming.name, at=at)) if sender else Who(None, None)
    own = invitation.identity or _address_of(invitation.customer)
    if own is None:
        return Who(invitation.customer, None)
    if not asked.is_reply:
        identify((Handle(own.kind, own.value), *sender), name=asked.incoming.name, at=at)
        if invitation.identity is not None:
            prove(own, at=at)  # whoever posts through the link that we mailed there reads that mailbox
        return Who(invitation.customer, own)
    return Who(*identify(sender, name=asked.incoming.name, at=at))


def _address_of(customer: Customer) -> Identity | None:
    alive = customer.identities.filter(kind="email", dead_at__isnull=True)
    return min(alive, key=lambda one: (one.proven_at is None, one.pk), default=None)


def _response_of(asked: Asked) -> Response | None:
    """What they answered so far."""
    answers = Response.objects.select_for_update(of=("self",)).select_related("case", "survey", "customer")
    if asked.invitation is not None:
        return answers.filter(invitation=asked.invitation).first()
    return answers.filter(survey=asked.survey, public_id=asked.answer.key).first() if asked.answer.key else None


def _begin(asked: Asked, who: Who, *, at: datetime) -> Response:
    """A Response that nothing stands in yet; not saved."""
    invitation, survey, answer = asked.invitation, asked.survey, asked.answer
    touchpoint = (invitation.touchpoint if invitation else None) or survey.touchpoint
    case = invitation.case if invitation else None
    began_with_a_score = case is not None and Response.objects.filter(case=case).exists()
    return Response(
        public_id=UUID(answer.key) if answer.key and invitation is None else new_id(),
        survey=survey,
        version=_version(asked),
        invitation=invitation,
        customer=invitation.customer if invitation is not None else who.customer,
        medium=answer.through,
        touchpoint=touchpoint,
        place=_place(asked, touchpoint),
        team=_team(asked),
        product=invitation.product if invitation else "",
        language=answer.language or (invitation.language if invitation else ""),
        after_case=case if began_with_a_score else None,
        first_at=at,
        changed_at=at,
        week_on=week_of(at),
    )


def _place(asked: Asked, touchpoint: Touchpoint | None) -> Place | None:
    """Where the card stood whose code they opened; else what the invitation, the survey or the touchpoint says."""
    named = Place.objects.filter(slug=asked.answer.place).first() if asked.answer.place else None
    invited = asked.invitation.place if asked.invitation is not None else None
    return named or invited or asked.survey.account.place or (touchpoint.place if touchpoint is not None else None)


def _version(asked: Asked) -> SurveyVersion:
    """The wording they read: an old answer keeps the question it was asked."""
    if asked.invitation is not None and asked.invitation.version is not None:
        return asked.invitation.version
    versions = asked.survey.versions.order_by("-number")
    read = versions.filter(number=int(asked.answer.version)) if asked.answer.version.isdecimal() else versions.none()
    return read.first() or versions[0]


def _team(asked: Asked) -> Team | None:
    """Of whoever looked after the matter that it asks about; else of whoever leads the touchpoint."""
    case = asked.invitation.case if asked.invitation else None
    touchpoint = (asked.invitation.touchpoint if asked.invitation else None) or asked.survey.touchpoint
    if case is not None:
        return case.owner.team
    return touchpoint.manager.team if touchpoint is not None and touchpoint.manager is not None else None


def _is_a_machine(asked: Asked, response: Response, *, is_new: bool, at: datetime) -> bool:
    """Posted sooner than anybody can look at a page, or one of many different scores within a minute."""
    if asked.answer.is_too_fast:
        return True
    is_another = not is_new and response.score != asked.score and abs(at - response.changed_at) < AT_ONCE
    return response.touches >= MOST_TOUCHES and (is_another or response.score is None)


def _by_a_machine(asked: Asked, response: Response, *, before: Before) -> Given:  # no event: nobody said anything
    """Counted apart. A score that stands there only because that machine touched it counts no longer."""
    if asked.invitation is not None:
        _one_more_look(asked.invitation)
    if not before.is_new and not before.has_more_than_a_score and not asked.answer.is_too_fast:
        response.score = None
        response.save(update_fields=["score"])
        count_in(response, before=before.score)
    return Given(response, is_machine=True)


def _one_more_look(invitation: Invitation) -> None:  # no event: nobody said anything
    invitation.machine_looks = min(invitation.machine_looks + 1, 30_000)
    invitation.save(update_fields=["machine_looks"])


def _close_if_answered(response: Response) -> bool:  # no event: the answer has its own
    """Somebody answered them: what they had said stands as it is."""
    case = response.case
    if response.closed_at is None and case is not None and case.first_answered_at is not None:
        response.closed_at = case.first_answered_at
        response.save(update_fields=["closed_at"])
    return response.closed_at is not None


def _take_over(asked: Asked, response: Response, who: Who, *, at: datetime) -> None:
    """Whatever this post says stands in the response; what it does not speak of stays."""
    answer = asked.answer
    if asked.score is not None:
        slips = response.pk is not None and answer.is_touched and response.score != asked.score
        if slips and abs(at - response.changed_at) < AT_ONCE:
            response.touches += 1
        response.score = asked.score
    response.customer = response.customer or who.customer
    response.changed_at = max(response.changed_at, at)
    if answer.is_touched:
        return
    response.words = _words(asked, response)
    if not asked.is_reply:
        response.named, response.consent, response.further = answer.named, answer.consent, list(answer.further)
        response.contact = answer.contact
        response.contact_to = _reach(asked, who) if answer.contact in {"phone", "email"} else ""


def _words(asked: Asked, response: Response) -> str:
    """A reply adds to what stands there, a page shows it and sends it back. What is on a case was said, and stays."""
    if asked.is_reply:
        return "\n\n".join(part for part in (response.words, asked.words) if part)
    return asked.words or (response.words if response.case_id else "")


def _reach(asked: Asked, who: Who) -> str:
    """The number or address at which they want to hear from us: the one they typed, else the one we know."""
    kind = asked.answer.contact
    typed = next((one.value for one in asked.incoming.sender if one.kind == kind), "")
    if typed or who.customer is None:
        return typed
    if kind == "email" and who.identity is not None:
        return who.identity.value
    known = who.customer.identities.filter(kind=kind, dead_at__isnull=True).order_by("-id").first()
    return known.value if known is not None else ""


def _invitation_is_answered(asked: Asked) -> None:  # no event: SCORED tells it
    """No reminder goes to whoever has answered."""
    if asked.invitation is not None:
        open_ones = Invitation.objects.filter(pk=asked.invitation.pk).exclude(state=InvitationState.ANSWERED)
        open_ones.update(state=InvitationState.ANSWERED, next_try_at=None)


def _record(asked: Asked, response: Response, before: Before, *, now: datetime) -> None:
    if response.score == before.score and not before.is_new:
        return
    about = response.case.about if response.case is not None else f"customer:{response.customer_id}"
    record(
        about if response.case or response.customer_id else response,
        Happened.SCORED,
        at=now,
        by=response.customer,
        customer=response.customer.known_as if response.customer else "",
        survey=asked.survey.name,
        score=response.score,
        response=response.pk,
    )
