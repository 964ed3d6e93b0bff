"""What makes somebody eligible by itself: their matter ended, or the calendar says so. Touchpoints: surveys/touching.py."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Outcome
from kept.outcomes.models import Reason
from kept.people.models import Customer, Identity
from kept.surveys.admitting import AGAIN, UNSENT_FOR, admit, occasion_of
from kept.surveys.models import Invitation, InvitationState, Occasion, Response, Survey
from kept.surveys.releasing import standing

AT_ONCE = 500
ALL_AT_HAND = 20_000
"""Up to so many customers they are all put in the hat; beyond that, numbers are drawn until enough of them are somebody's."""
ROUNDS = 40
MORE_THAN_ASKED, AT_LEAST = 1.5, 10
"""The line is longer than what goes in a week, so that no room is left unused; the rest of it is not asked, and says so."""
_LOT = random.SystemRandom()


def ask_after_endings(now: datetime) -> int:
    """Whoever ended their matter lately is in line once, by each survey that asks after an ending. Returns how many.

    A matter that began with a score is asked about again, once, in the question it began with, and by no other survey.
    """
    lined_up = sum(_ask_again(case, now=now) for case in _begun_by_a_score(now)[:AT_ONCE])
    surveys = Survey.objects.filter(occasion=Occasion.ENDING, opened_at__isnull=False, closed_at__isnull=True)
    for survey in surveys.select_related("account__brand"):
        for case in _ended_for(survey, now)[:AT_ONCE]:
            lined_up += _ask_about(case, survey, now=now)
    return lined_up


def _ended(now: datetime) -> QuerySet[Case]:
    """Not joined, not set aside: ended, and not so long ago that nobody would be asked any more."""
    lately = Case.objects.filter(ended_at__gt=now - UNSENT_FOR, ended_at__lte=now)
    return lately.select_related("customer", "owner", "account__brand", "touchpoint", "place").order_by("-ended_at", "-id")


def _began_with_a_score() -> Exists:
    return Exists(scores_it_began_with(OuterRef("pk"), opened_at=OuterRef("opened_at")))


def scores_it_began_with(case: int | OuterRef, *, opened_at: datetime | OuterRef) -> QuerySet[Response]:
    """Given before this matter was opened, and because of which it was."""
    return Response.objects.filter(case=case, score__isnull=False, first_at__lte=opened_at)


def _known(invitations: QuerySet[Invitation]) -> Exists:
    """This ending is in line already, or was asked about. One that an open matter stood in the way of is looked at anew."""
    of_this_end = Q(eligible_at__gte=OuterRef("ended_at")) | ~Q(state=InvitationState.NOT_ASKED)
    return Exists(invitations.filter(of_this_end, case=OuterRef("pk")))


def _begun_by_a_score(now: datetime) -> QuerySet[Case]:
    known = _known(Invitation.objects.filter(occasion_key__startswith=f"{AGAIN}:"))
    return _ended(now).filter(_began_with_a_score(), ~known)


def _ended_for(survey: Survey, now: datetime) -> QuerySet[Case]:
    """Ended by the customer, happy or not, since this survey asks; theirs to ask about by brand and touchpoint."""
    said = Q(outcome__in=[Outcome.WHITE, Outcome.BLACK], outcome_reason__in=[Reason.SAID, Reason.LEFT])
    of_brand = ChannelAccount.objects.filter(brand=survey.account.brand).values_list("pk", flat=True)
    # "+ 0": the few that ended lately are found by when they ended, never by looking through all that ever came this way.
    cases = _ended(now).alias(way=F("account_id") + 0, where=F("touchpoint_id") + 0)
    cases = cases.filter(said, ended_at__gte=survey.opened_at, way__in=list(of_brand))
    if survey.touchpoint_id is not None:
        cases = cases.filter(where=survey.touchpoint_id)
    asked = Invitation.objects.alias(by=F("survey_id") + 0).filter(by=survey.pk)
    return cases.exclude(_began_with_a_score()).exclude(_known(asked))


def _ask_about(case: Case, survey: Survey, *, now: datetime) -> bool:
    key, ended_at = occasion_of(case), case.ended_at or now
    invitation = admit(
        survey, case.customer, occasion_key=key, about=about(case), at=ended_at, now=now, case=case, touchpoint=case.touchpoint
    )
    return invitation.state == InvitationState.WAITING


def _ask_again(case: Case, *, now: datetime) -> bool:
    """The question that began it is asked once more: did it get better? The rule of so many days between two rests here."""
    responses = Response.objects.filter(case=case, score__isnull=False).select_related("survey__account__brand", "touchpoint")
    began = responses.earliest("first_at", "id")
    invitation = admit(
        began.survey,
        case.customer,
        occasion_key=occasion_of(case, asks_again=True),
        about=about(case),
        at=case.ended_at or now,
        now=now,
        case=case,
        touchpoint=case.touchpoint or began.touchpoint,
        product=began.product,
    )
    return invitation.state == InvitationState.WAITING


def about(case: Case) -> str:
    """What it is about, as said to the customer: nothing of their words, for whoever reads the mailbox."""
    with translation.override(case.customer.language or case.account.brand.language):
        return _("what %(name)s looked after for you") % {"name": case.owner.known_as}


def ask_on_schedule(now: datetime) -> int:
    """Each survey that asks on a schedule has a week's worth of people in line, drawn from all customers. Returns how many came.

    Nobody is drawn twice in a month for the same survey. Who of them is asked, and when, is for the room there is (R9).
    """
    surveys = Survey.objects.filter(occasion=Occasion.SCHEDULE, opened_at__isnull=False, closed_at__isnull=True)
    related = surveys.select_related("account__brand", "account__policy__calendar").prefetch_related("people")
    return sum(_fill(survey, now=now) for survey in related)


def _fill(survey: Survey, *, now: datetime) -> int:
    wanted, month = _a_week_of(survey, now=now), f"{now:%Y-%m}"
    drawn = _drawn(_askable(survey, month, now), wanted) if wanted > 0 else ()
    rows = [admit(survey, customer, occasion_key=f"{month}:{customer.pk}", about="", at=now, now=now) for customer in drawn]
    return sum(row.state == InvitationState.WAITING for row in rows)


def _a_week_of(survey: Survey, *, now: datetime) -> int:
    """How many more the line needs: by what goes in a week, or could go now, and never beyond its quota."""
    stands = standing(survey, now)
    length = round(MORE_THAN_ASKED * max(stands.allowed, stands.released_this_week)) + AT_LEAST
    return min(length, survey.quota_a_week or length) - stands.waiting


def _askable(survey: Survey, month: str, now: datetime) -> QuerySet[Customer]:
    """Everybody who could be asked by mail and was not drawn this month."""
    alive = Identity.objects.filter(customer=OuterRef("pk"), kind="email", dead_at__isnull=True)
    this_month = Invitation.objects.filter(survey=survey, customer=OuterRef("pk"), occasion_key__startswith=f"{month}:")
    rested = Q(last_asked_at__isnull=True) | Q(last_asked_at__lte=now - timedelta(days=survey.ask_again_days))
    return Customer.objects.filter(rested, Exists(alive), ~Exists(this_month), not_asked_since__isnull=True)


def _drawn(askable: QuerySet[Customer], wanted: int) -> Iterable[Customer]:
    """So many of them, each with the same chance; fewer where there are not so many."""
    ends = Customer.objects.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    if last - first < ALL_AT_HAND:
        found = set(askable.values_list("pk", flat=True))
    else:
        found = set()
        for _round in range(ROUNDS):
            tickets = {_LOT.randint(first, last) for _ticket in range(AT_ONCE)}
            found |= set(askable.filter(pk__in=tickets).values_list("pk", flat=True))
            if len(found) >= wanted:
                break
    chosen = _LOT.sample(sorted(found), min(wanted, len(found)))
    return Customer.objects.filter(pk__in=chosen).order_by(F("pk").asc())
