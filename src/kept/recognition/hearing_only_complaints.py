"""“We only hear complaints”: a whole week in which a team was written to, and no good word reached anybody in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.people.models import Employee, Team
from kept.people.telling import tell
from kept.recognition.models import Recognition
from kept.timeline.happenings import Happened
from kept.timeline.models import Event
from kept.timeline.recording import record

KIND = "only_complaints"
WEEK = timedelta(days=7)


def tell_who_only_hears_complaints(now: datetime) -> int:
    """The managers of such teams were told of the last whole week, each team once. Returns how many teams that were."""
    ends = _monday(now, default_calendar().zone)
    begins = ends - WEEK
    led = _led_teams()
    told = _told_since(ends, led)
    teams = [team for team in led if _name(team) not in told]
    if not teams:
        return 0
    written_to, thanked = _written_to(begins, ends), _thanked(begins, ends)
    silent = [team for team in teams if team.pk in written_to and team.pk not in thanked]
    for team in silent:
        _tell(team, begins, now=now)
    return len(silent)


def _monday(now: datetime, zone: str) -> datetime:
    """The last Monday, 0:00, on the house's own wall clock."""
    local = now.astimezone(ZoneInfo(zone))
    day = (local - timedelta(days=local.weekday())).date()
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def _led_teams() -> list[Team]:
    led = Team.objects.filter(manager__is_active=True, members__is_active=True).distinct()
    return list(led.select_related("manager").order_by("pk"))


def _told_since(ends: datetime, teams: list[Team]) -> set[str]:
    about = [_name(team) for team in teams]
    return set(Event.objects.filter(about__in=about, kind=Happened.ONLY_COMPLAINTS, at__gte=ends).values_list("about", flat=True))


def _written_to(begins: datetime, ends: datetime) -> set[int]:
    """The teams whose people own what began in that week, or work where it happened."""
    begun = Case.objects.filter(opened_at__gte=begins, opened_at__lt=ends, set_aside_at__isnull=True)
    owners, places = set(begun.values_list("owner", flat=True)), set(begun.values_list("place", flat=True)) - {None}
    meant = Employee.objects.filter(Q(pk__in=owners) | Q(place__in=places), team__isnull=False)
    return set(meant.values_list("team", flat=True))


def _thanked(begins: datetime, ends: datetime) -> set[int]:
    passed_on = Recognition.objects.filter(state="passed_on", passed_on_at__gte=begins, passed_on_at__lt=ends)
    return set(passed_on.filter(employee__team__isnull=False).values_list("employee__team", flat=True))


@transaction.atomic
def _tell(team: Team, begins: datetime, *, now: datetime) -> None:
    assert team.manager is not None  # noqa: S101 - only led teams are looked at
    says = _(
        "Last week customers wrote to %(team)s, and no good word reached anybody there. It was surely said aloud: "
        "ask at the counter and on the phone, and write down what you hear."
    )
    tell(team.manager, says % {"team": team.name}, about=_name(team), kind=KIND, at=now)
    day = begins.date().isoformat()
    record(_name(team), Happened.ONLY_COMPLAINTS, at=now, team=team.name, manager=team.manager.known_as, day=day)


def _name(team: Team) -> str:
    return f"team:{team.pk}"
