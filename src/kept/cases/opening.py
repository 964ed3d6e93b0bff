"""A new matter begins: it has an owner before it exists."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.accounts.models import ChannelAccount, SlaPolicy
from kept.accounts.policies import policy_for
from kept.cases.assigning import choose_owner, unanswered_of
from kept.cases.matching import subject_without_re
from kept.cases.models import Case, Participant
from kept.cases.wording import title_of
from kept.channels.base import Incoming
from kept.people.models import Customer, Employee
from kept.people.presence import house
from kept.people.telling import tell
from kept.places.models import Place, Touchpoint
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

OURS = frozenset({"form", "email", "survey"})
"""Media whose accounts have answer times of their own."""


@transaction.atomic
def open_case(
    customer: Customer,
    incoming: Incoming,
    *,
    account: ChannelAccount,
    now: datetime,
    fixed_subject: str = "",
    follows: Case | None = None,
    given_to: tuple[Employee, str] | None = None,
    place: Place | None = None,
    touchpoint: Touchpoint | None = None,
) -> tuple[Case, int]:
    """A case with a named owner who has been told. Returns it and how many unanswered cases that owner had before.

    `given_to`: who has it, and why, where that is settled already; else whoever is chosen. `place`, `touchpoint`: where it
    happened, as far as that is known better than by the way it came.
    """
    policy = account.policy if account.policy_id and incoming.medium in OURS else policy_for(incoming.medium)
    owner, why, load = (
        _given(given_to)
        if given_to
        else _chosen(customer, incoming, account=account, policy=policy, place=place or account.place, now=now)
    )
    bare = subject_without_re(incoming, fixed_subject=fixed_subject)
    case = Case.objects.create(
        customer=customer,
        owner=owner,
        account=account,
        policy=policy,
        place=place or account.place,
        touchpoint=touchpoint or account.touchpoint,
        subject=title_of(incoming.subject if bare else "", incoming.text),
        bare_subject=bare,
        wish=incoming.wish,
        opened_at=now,
        last_word_at=incoming.began_at,
        follows=follows,
    )
    Participant.objects.create(case=case, customer=customer)
    if customer.usual_owner is None or not customer.usual_owner.is_active:
        customer.usual_owner = owner
        customer.save(update_fields=["usual_owner"])
    record(case.about, Happened.OPENED, at=now, by=customer, medium=incoming.medium)
    record(case.about, Happened.ASSIGNED, at=now, owner=owner.known_as, why=why)
    tell(owner, str(case), about=case.about, kind="new_case", at=now)
    return case, load


def _given(given_to: tuple[Employee, str]) -> tuple[Employee, str, int]:
    owner, why = given_to
    return owner, why, unanswered_of(owner.pk)


def _chosen(
    customer: Customer,
    incoming: Incoming,
    *,
    account: ChannelAccount,
    policy: SlaPolicy,
    place: Place | None,
    now: datetime,
) -> tuple[Employee, str, int]:
    return choose_owner(
        customer,
        of_house=house(),
        words=f"{incoming.subject}\n{incoming.text}",
        hours=policy.calendar.hours,
        now=now,
        within=policy.answer_within(is_first=True),
        language=customer.language or account.brand.language,
        place=place,
    )
