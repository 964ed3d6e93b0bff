"""The mails that ask: what was released leaves the house, after one last look whether it still may; and one reminder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.channels.base import NotSetUp, Outgoing, TryLater, Undeliverable
from kept.due.claiming import LeaseLost, claim, finish, put_off, try_again
from kept.lib.ids import new_id
from kept.lib.ready import ready
from kept.people.models import Customer, Employee
from kept.replies.addressing import sender_for
from kept.replies.composing import message_id
from kept.replies.delivering import UNDER_WAY
from kept.surveys.admitting import address_to_ask, why_no_longer
from kept.surveys.models import Invitation, InvitationState, Survey, SurveyVersion
from kept.surveys.offering import offer
from kept.surveys.releasing import standing
from kept.surveys.writing import compose
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Each may wait 30 s for a slow server, and all of them must be through before their lease of 2 minutes is over."""
REMIND_AFTER, REMIND_WITHIN = timedelta(days=5), timedelta(days=10)
Places = dict[int, int]
"""By the key of a survey, how many more answers its people have room for."""
A_MOMENT, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def send_invitations(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every invitation that was released, and every reminder due by now, was tried once. Returns how many mails went out."""
    due = Invitation.objects.filter(state__in=[InvitationState.RELEASED, InvitationState.SENT])
    sent, places = 0, dict[int, int]()
    while batch := claim(due, now=now, limit=AT_ONCE, read=_leased):
        for invitation in batch:
            sent += _send_or_wait(invitation, places, now=now, should_stop=should_stop)
        if len(batch) < AT_ONCE or should_stop():
            break
    return sent


@ready
def _leased(pk: int, lease: str) -> QuerySet[Invitation]:
    related = ("survey__account__brand", "survey__account__policy__calendar", "customer", "identity", "case", "version__survey")
    return Invitation.objects.select_related(*related).filter(pk=pk, lease=lease)


def _send_or_wait(invitation: Invitation, places: Places, *, now: datetime, should_stop: Callable[[], bool]) -> bool:
    try:
        if should_stop():
            put_off(invitation, until=now, trouble=invitation.trouble)
            return False
        return send(invitation, places, now=now)
    except LeaseLost:
        log.warning("Invitation %s went to another worker meanwhile.", invitation.pk)
    except Exception:
        log.exception("Invitation %s could not be tried.", invitation.pk)
        with suppress(LeaseLost):
            _wait(invitation, TryLater("a fault of our own; the log says more"), now=now)
    return False


def send(invitation: Invitation, places: Places | None = None, *, now: datetime) -> bool:
    """Tried once. True when the next hop has accepted it: the customer is asked, or reminded.

    `places`: what is known already of the free places of each survey, for whoever sends several in a row.
    """
    account, by = sender_for(invitation.survey.account), signer_for(invitation, now=now)
    if account is None or not account.is_open:
        put_off(invitation, until=now + A_MOMENT, trouble=_("no mailbox of ours can send"))
        return False
    if by is None:
        put_off(invitation, until=now + AN_HOUR, trouble=_("nobody who answers this survey is here"))
        return False
    if (outgoing := _set_off(invitation, account, places, by=by, now=now)) is None:
        return False
    try:
        channel_of(account).send(outgoing)
    except NotSetUp as trouble:
        put_off(invitation, until=now + A_MOMENT, trouble=str(trouble))
    except TryLater as trouble:
        _wait(invitation, trouble, now=now)
    except Undeliverable as trouble:
        _fail(invitation, str(trouble), now=now)
    else:
        _arrive(invitation, now=now)
        return True
    return False


def signer_for(invitation: Invitation, *, now: datetime) -> Employee | None:
    """Who asks: in turn, those who answer this survey, take follow-ups and are here; else whoever would answer just now."""
    here = [one for one in invitation.survey.people.order_by("pk") if not one.is_away(now)]
    here = [one for one in here if one.follow_ups_a_week] or here
    if here:
        return here[invitation.pk % len(here)]
    offered = offer(invitation.survey, now=now)
    return offered.person if offered is not None and not offered.person.is_away(now) else None


@transaction.atomic
def _set_off(
    invitation: Invitation, account: ChannelAccount, places: Places | None, *, by: Employee, now: datetime
) -> Outgoing | None:  # no event: see _arrive
    """The mail, and from here on it counts as under way; None when it may not go, which the row then says.

    The customer's row is held meanwhile: two invitations of one person, or a "don't ask me again", cannot overtake this look.
    """
    invitation.customer = Customer.objects.select_for_update().get(pk=invitation.customer_id)
    if _is_settled(invitation, {} if places is None else places, now=now):
        return None
    to, version = invitation.identity, invitation.version or _newest(invitation.survey)
    if to is None or to.dead_at is not None:
        to = address_to_ask(invitation.customer, invitation.case)
    if to is None or version is None:
        _settle(invitation, "no_address")
        return None
    invitation.identity, invitation.version = to, version
    invitation.message_id = invitation.message_id or message_id(new_id(), account)
    reminds = invitation.state == InvitationState.SENT
    outgoing = compose(invitation, version, to=to, through=account, by=by, reminds=reminds)
    columns = {"trouble": UNDER_WAY, "identity": to, "version": version, "message_id": invitation.message_id}
    mine = Invitation.objects.filter(pk=invitation.pk, lease=invitation.lease, state=invitation.state)
    if not mine.update(**columns):
        raise LeaseLost(f"{invitation!r} is leased to another worker, or was answered meanwhile.")
    return outgoing


def _is_settled(invitation: Invitation, places: Places, *, now: datetime) -> bool:
    """It may not go, now or ever, and the row says so."""
    others = Invitation.objects.filter(customer=invitation.customer_id, trouble=UNDER_WAY, lease_until__gte=now)
    if others.exclude(pk=invitation.pk).exists():
        put_off(invitation, until=now + A_MOMENT, trouble=_("another question to them is just going out"))
        return True
    why = why_no_longer([invitation], now=now).get(invitation.pk, "")
    if invitation.state == InvitationState.SENT:
        is_over = (why and why != "asked_lately") or invitation.reminded_at or _is_past_reminding(invitation, now)
    else:
        why = why or ("too_late" if invitation.expires_at <= now else "")
        is_over = bool(why)
    if is_over:
        _settle(invitation, why)
    elif invitation.state == InvitationState.SENT and _free_places(invitation.survey, places, now=now) < 1:
        put_off(invitation, until=now + A_DAY, trouble=_("nobody has room for one more answer"))
        return True
    return bool(is_over)


def _free_places(survey: Survey, places: Places, *, now: datetime) -> int:
    if survey.pk not in places:
        places[survey.pk] = standing(survey, now).free_places
    return places[survey.pk]


def _is_past_reminding(invitation: Invitation, now: datetime) -> bool:
    return invitation.sent_at is None or now - invitation.sent_at > REMIND_WITHIN


def _settle(invitation: Invitation, why: str) -> None:
    """Nothing goes: an invitation is not asked, a reminder is dropped and its question stands."""
    if invitation.state == InvitationState.SENT:
        finish(invitation)
    else:
        finish(invitation, state=InvitationState.NOT_ASKED, why=why)


def _newest(survey: Survey) -> SurveyVersion | None:
    return survey.versions.select_related("survey").order_by("-number").first()


@transaction.atomic
def _arrive(invitation: Invitation, *, now: datetime) -> None:
    """The next hop took it: they are asked, no survey asks them again for a while, and one reminder is due unless they answer."""
    state = Invitation.objects.select_for_update().values_list("state", flat=True).get(pk=invitation.pk)
    about = invitation.case.about if invitation.case is not None else f"customer:{invitation.customer_id}"
    if invitation.state == InvitationState.SENT:
        finish(invitation, reminded_at=now)
        record(about, Happened.INVITED_ONCE_MORE, at=now, survey=invitation.survey.name, invitation=invitation.pk)
        return
    is_open = state == InvitationState.RELEASED  # else they were quicker than we, and it is answered already
    finish(invitation, sent_at=now, attempts=0, why="", state=InvitationState.SENT if is_open else state)
    if is_open:
        Invitation.objects.filter(pk=invitation.pk).update(next_try_at=now + REMIND_AFTER)
    Customer.objects.filter(pk=invitation.customer_id).update(last_asked_at=now)
    record(about, Happened.INVITED, at=now, survey=invitation.survey.name, invitation=invitation.pk)


def _wait(invitation: Invitation, trouble: TryLater, *, now: datetime) -> None:
    with transaction.atomic():
        if try_again(invitation, now=now, trouble=str(trouble), after=trouble.after):
            _has_failed(invitation, str(trouble), now=now)


@transaction.atomic
def _fail(invitation: Invitation, why: str, *, now: datetime) -> None:
    finish(invitation)
    _has_failed(invitation, why, now=now)


def _has_failed(invitation: Invitation, why: str, *, now: datetime) -> None:
    """An invitation did not arrive; of a reminder only that is told, its question did."""
    if invitation.state == InvitationState.RELEASED:
        Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.FAILED, why="undeliverable")
    address = invitation.identity.value if invitation.identity is not None else ""
    record(f"customer:{invitation.customer_id}", Happened.INVITATION_CAME_BACK, at=now, address=address, why=why[:300])
