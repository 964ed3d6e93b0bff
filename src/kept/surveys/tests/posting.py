"""How an answer comes in: what a survey's page posts, kept and filed as the page does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from kept.accounts.opening import account_named
from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now
from kept.intake.models import Filed
from kept.lib.ids import new_id
from kept.people.models import Customer, Employee, Identity
from kept.surveys.models import Invitation, InvitationState, Response, Survey
from kept.surveys.setting_up import open_survey, set_up, usual_plan

ASKED = "email"


def how_likely(marlow: Marlow, *, people: list[Employee] | None = None, measure: str = "nps", **changed: Any) -> Survey:
    """The usual question, answered by Dana, who can take 20 a week; it is open."""
    if not hasattr(marlow, "dana"):
        marlow.hires_the_others()
    people = [marlow.dana] if people is None else people
    Employee.objects.filter(pk__in=[one.pk for one in people]).update(follow_ups_a_week=20)
    for one in people:
        one.refresh_from_db()
    plan = usual_plan(measure, name="How likely", people=people)
    survey = set_up(plan, by=marlow.ines, now=marlow.clock.now)
    Survey.objects.filter(pk=survey.pk).update(**changed)
    survey.refresh_from_db()
    open_survey(survey, by=marlow.ines, now=marlow.clock.now)
    return survey


def asks(survey: Survey, who: CustomerOfMarlow, **more: Any) -> Invitation:
    """They were asked by mail, at the address they write from."""
    moment = who.house.clock.now
    known = Identity.objects.filter(kind="email", value=who.address).first() or _newcomer(who)
    return Invitation.objects.create(
        survey=survey,
        version=survey.versions.latest("number"),
        customer=known.customer,
        identity=known,
        occasion_key=new_id().hex,
        about="your order on Sunday 14 June",
        state=InvitationState.SENT,
        eligible_at=moment,
        expires_at=moment,
        sent_at=moment,
        message_id=f"{new_id().hex}@marlow.example",
        **more,
    )


def _newcomer(who: CustomerOfMarlow) -> Identity:
    moment = who.house.clock.now
    customer = Customer.objects.create(name=who.name, first_seen_at=moment)
    return Identity.objects.create(customer=customer, kind="email", value=who.address, first_seen_at=moment)


def posts(house: Marlow, invitation: Invitation, *, at: datetime | None = None, nonce: str = "", **fields: str) -> str:
    """What the page behind the invitation's link posts. Returns what it became."""
    told = {"invitation": str(invitation.public_id), "came-by": ASKED}
    envelope = {name: fields.pop(name.replace("-", "_")) for name in ("offered", "too-fast") if name.replace("-", "_") in fields}
    return _kept(house, invitation.survey, {**told, **envelope}, fields, at=at, nonce=nonce)


def posts_by_link(house: Marlow, survey: Survey, *, key: str = "", nonce: str = "", **fields: str) -> str:
    """The same from the page that a link or a QR code opens, where nobody was invited."""
    return _kept(house, survey, {"came-by": "link", "answer-key": key}, fields, at=None, nonce=nonce)


def _kept(house: Marlow, survey: Survey, told: dict[str, str], fields: dict[str, str], *, at: Any, nonce: str) -> str:
    account = account_named(survey.account.slug)
    moment = at or house.clock.now
    envelope = {"content-type": "application/x-www-form-urlencoded", **told}
    assert account is not None
    receipt = accept_here(account, urlencode(fields).encode(), envelope, key=nonce, reached_us_at=moment)
    assert file_now(receipt.arrival_id, now=moment)
    return str(Filed.objects.get(arrival_id=receipt.arrival_id).fate)


def the_answer() -> Response:
    """The one there is."""
    return Response.objects.select_related("case__owner", "customer").get()
