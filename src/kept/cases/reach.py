"""How far a public post reaches, and who is told when it passes ten, a hundred, ... a hundred thousand people: once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.escalating import step_onto
from kept.cases.locking import locked
from kept.cases.models import Case, Message, ReachReading
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

RUNGS = {1: 10, 2: 100, 3: 1_000, 4: 10_000, 5: 100_000}
"""How many noughts, and the number."""
MANAGER_FROM, DUTY_MANAGER_FROM, HEAD_FROM = 3, 4, 5
MOST = 2_000_000_000
LOOKED_AT_FOR = timedelta(days=30)
"""A post older than this is no longer looked at, however long its matter stays open."""
OVER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of a post; None for what is not."""

    followers: int | None = None
    reposts: int | None = None
    likes: int | None = None
    replies: int | None = None
    views: int | None = None
    reach: int | None = None

    @property
    def people(self) -> int:
        """How many may have read it: the most that any of what is known says."""
        return max(one or 0 for one in (self.views, self.reach, self.followers))


@transaction.atomic
def take_reading(message: Message, counted: Counted, *, now: datetime, by: Employee | None = None) -> ReachReading | None:
    """How far the post reached stands as of now, and whoever a newly passed rung names was told. None: nothing changed."""
    counted = _bounded(counted)
    case = locked(message.case_id)
    last = ReachReading.objects.filter(message=message).order_by("-id").first()
    if last is not None and by is None and _says_the_same(last, counted):
        return None
    known = {**asdict(counted), "reach": counted.people}
    reading = ReachReading.objects.create(message=message, at=now, by=by, **known)
    if by is not None:
        record(case.about, Happened.REACH_WRITTEN, at=now, by=by, reach=counted.people, message=message.pk)
    if case.ended_at is None and counted.people > (case.reach or 0):
        case.reach = counted.people
        case.save(update_fields=["reach"])
    _climb(case, counted.people, now=now)
    return reading


def write_reach(message: Message, counted: Counted, *, by: Employee, now: datetime) -> ReachReading | None:
    """The same for a post that only a person can look at. Refuses numbers that cannot be."""
    if message.medium != "post" or not message.is_theirs:
        raise Refusal(_("Only what they said in public has a reach."))
    if all(one is None for one in asdict(counted).values()):
        raise Refusal(_("Write at least one number."))
    return take_reading(message, counted, by=by, now=now)


def _bounded(counted: Counted) -> Counted:
    if any(one is not None and one < 0 for one in asdict(counted).values()):
        raise Refusal(_("A number of people is not below nought."))
    return replace(counted, **{name: min(one, MOST) for name, one in asdict(counted).items() if one is not None})


def _says_the_same(last: ReachReading, counted: Counted) -> bool:
    return all(getattr(last, name) == one for name, one in {**asdict(counted), "reach": counted.people}.items())


def rungs_passed(people: int) -> list[int]:
    """The noughts of every rung that so many people are on or beyond."""
    return [noughts for noughts, number in RUNGS.items() if people >= number]


def _climb(case: Case, people: int, *, now: datetime) -> None:
    new = [noughts for noughts in rungs_passed(people) if step_onto(case, "reach", since=case.opened_at, level=noughts, now=now)]
    if not new:
        return
    says = _("%(case)s: more than %(rung)s people may have read it by now") % {"case": case, "rung": RUNGS[new[-1]]}
    told = whom_to_tell(case, new[-1], now=now)
    for person in told:
        tell(person, says, about=case.about, kind="reach", at=now)
    names = ", ".join(person.known_as for person in told)
    record(case.about, Happened.REACHED, at=now, rung=RUNGS[new[-1]], reach=people, told=names)


def whom_to_tell(case: Case, noughts: int, *, now: datetime) -> list[Employee]:
    """The owner; from a thousand their manager too, from ten thousand the duty manager, from a hundred thousand the head."""
    of_house = house()
    people: list[Employee | None] = [case.owner]
    if noughts >= MANAGER_FROM:
        people.append(manager_of(case.owner, of_house=of_house, at=now))
    if noughts >= DUTY_MANAGER_FROM:
        people.append(of_house.duty_manager)
    if noughts >= HEAD_FROM:
        people.append(of_house.head)
    return list({person.pk: person for person in people if person is not None}.values())


def growth(readings: Sequence[ReachReading], *, now: datetime) -> int:
    """People an hour, over the last hour and what lies before it back to the reading there; `readings` newest first."""
    if len(readings) < 2:
        return 0
    newest = readings[0]
    before = next((one for one in readings[1:] if now - one.at >= OVER), readings[-1])
    hours = max((now - before.at) / timedelta(hours=1), 1 / 60)
    return round((newest.reach - before.reach) / hours)


def posts_to_look_at(account: ChannelAccount, *, after: int, most: int, now: datetime) -> list[Message]:
    """Public posts of open matters, in turn: those that come after the last one looked at, else from the beginning again."""
    posts = Message.objects.filter(account=account, is_theirs=True, withdrawn_at__isnull=True, at__gt=now - LOOKED_AT_FOR)
    posts = posts.filter(case__is_open=True).exclude(external_id="").order_by("id")
    return list(posts.filter(pk__gt=after)[:most]) or list(posts[:most])
