"""Do we give more people a way to reach us than we answer in time? Said before a way is opened, and once when it comes true."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case
from kept.people.models import Employee
from kept.people.presence import house
from kept.people.telling import tell
from kept.surveys.models import Survey
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LATELY: Final = timedelta(days=28)
WEEK: Final = timedelta(days=7)
FEWEST: Final = 10
"""Fewer than so many tell us nothing yet."""
ENOUGH: Final = 0.9
"""Room for fewer of those who come, and it is said."""
CAUGHT_UP: Final = 0.95
"""Room for so many again, and it may be said anew one day."""


@dataclass(frozen=True, slots=True)
class Balance:
    """How many people a week one way brings, and how many a week we have room to answer in its time."""

    contacts: int
    room: int
    share: float
    """Room for each contact; 1 or more: enough."""

    @property
    def is_enough(self) -> bool:
        """Whoever comes this way is answered in time, but for one in ten."""
        return self.share >= ENOUGH

    @property
    def says(self) -> str:
        """The two figures in one sentence."""
        told = {"contacts": self.contacts, "room": self.room}
        return _("You give %(contacts)d people a week a way to reach you, and have room to answer %(room)d.") % told


def balance_of(account: ChannelAccount, *, now: datetime) -> Balance | None:
    """The balance of one way; None while too few came to tell."""
    return balances([account], now=now).get(account.pk)


def balances(accounts: Collection[ChannelAccount], *, now: datetime) -> dict[int, Balance]:
    """By the key of the account, for those that enough people used in the last four weeks to tell.

    Where somebody said how many they can take on, that is the room; else it is what was answered within the time promised.
    """
    lately = Case.objects.filter(opened_at__gt=now - LATELY, account__in=accounts, set_aside_at__isnull=True).order_by()
    late = Q(went_wrong=True) | Q(answer_due_at__lte=now)
    counted = lately.values("account").annotate(came=Count("pk"), late=Count("pk", filter=late))
    named, everybody = _named_room([account.pk for account in accounts]), _room_of_everybody()
    found, by_key = {}, {account.pk: account for account in accounts}
    for row in counted:
        account, came = by_key[row["account"]], row["came"]
        if came >= FEWEST:
            weeks = max(min(now - account.start_line_at, LATELY), WEEK) / WEEK
            said = named.get(account.pk) or (None if account.is_open else everybody)
            found[account.pk] = _balance(came / weeks, said or (came - row["late"]) / weeks)
    return found


def _balance(contacts: float, room: float) -> Balance:
    return Balance(round(contacts), round(room), room / contacts)


def _room_of_everybody() -> int:
    """What all of us together said they can take on beside their work: all there is for a way that is not open yet."""
    return sum(Employee.objects.filter(is_active=True, answers=True).values_list("follow_ups_a_week", flat=True))


def _named_room(accounts: Collection[int]) -> Mapping[int, int]:
    """For the ways in of surveys: the weekly numbers of those who answer them."""
    people = Survey.objects.filter(account__in=accounts, people__is_active=True, people__answers=True)
    room: dict[int, int] = {}
    for account, weekly in people.order_by().values_list("account", "people__follow_ups_a_week"):
        room[account] = room.get(account, 0) + weekly
    return room


def tell_where_room_is_short(now: datetime) -> int:
    """The manager of each open way that we do not keep up with was told, once until we do again. Returns how many were told."""
    accounts = ChannelAccount.objects.filter(opened_at__isnull=False, closed_at__isnull=True).select_related("place__manager")
    found = balances(list(accounts), now=now)
    told = 0
    for account in accounts:
        balance = found.get(account.pk)
        if balance is not None and not balance.is_enough:
            told += _tell(account, balance, now=now)
        elif account.short_of_room_since is not None and (balance is None or balance.share >= CAUGHT_UP):
            _keeps_up_again(account, now=now)
    return told


@transaction.atomic
def _tell(account: ChannelAccount, balance: Balance, *, now: datetime) -> bool:
    """True the first time; then it stands on the account until we keep up again."""
    still = ChannelAccount.objects.filter(pk=account.pk, short_of_room_since__isnull=True)
    if not still.update(short_of_room_since=now):
        return False
    record(account, Happened.SHORT_OF_ROOM, at=now, name=account.name, contacts=balance.contacts, room=balance.room)
    manager = _manager_of(account, now=now)
    if manager is not None:
        says = _("%(account)s: %(balance)s") % {"account": account.name, "balance": balance.says}
        tell(manager, says, about=f"account:{account.pk}", kind="short_of_room", at=now)
    return True


@transaction.atomic
def _keeps_up_again(account: ChannelAccount, *, now: datetime) -> None:
    still = ChannelAccount.objects.filter(pk=account.pk, short_of_room_since__isnull=False)
    if still.update(short_of_room_since=None):
        record(account, Happened.KEEPS_UP_AGAIN, at=now, name=account.name)


def _manager_of(account: ChannelAccount, *, now: datetime) -> Employee | None:
    """Of its place, else on duty, else the head of the house; rather one who is here."""
    ours = house()
    people = [account.place.manager if account.place else None, ours.duty_manager, ours.head]
    can = [person for person in people if person is not None and person.is_active]
    return min(can, key=lambda person: person.is_away(now), default=None)
