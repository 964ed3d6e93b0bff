"""What stands on the line of a case, one by one; what happens again and again with nobody doing anything is one of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kept.cases.models import Message, Posted
from kept.cases.wording import nth
from kept.lib.wording import day_in_words
from kept.timeline.happenings import Happened
from kept.timeline.reading import Line
from kept.web.desk.beside import Beside, File
from kept.web.media import medium

HURTS = {Happened.BROKEN, Happened.BOUNCED, Happened.NOT_DELIVERED}
REPEATS = {Happened.BOUNCED, Happened.NOT_DELIVERED, Happened.NOT_ACKNOWLEDGED}
"""What may happen many times in the same words."""
EACH_WORKING_DAY = 200
"""From this rung on the ladder is climbed once every working day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the line. `sort` says how it is drawn: day, in, out, ours, ack, event or gap."""

    sort: str
    at: datetime
    message: Message | None = None
    note: Beside | None = None
    new_text: str = ""
    quoted: str = ""
    gap: timedelta = timedelta()
    after: timedelta | None = None
    """For ours: how long after the word of theirs before it."""
    says: str = ""
    """For an event: its sentence."""
    is_late: bool = False
    files: Sequence[File] = field(default=())
    posted: Posted | None = None
    """Where in public it stands."""
    same: Hashable = None
    """For an event that may happen again in the same words: what makes two of them the same."""
    told: str = ""
    """For a rung of each working day: who was told."""
    last_at: datetime | None = None
    """For many that are drawn as one: when the last of them was."""


def told(line: Line) -> Item:
    """What happened, as one item."""
    if line.kind == Happened.MATCHED:
        name = str(medium(str(line.facts.get("medium", ""))).name).lower()
        says = _("Same matter, another way: %(medium)s. The silence clock kept running.") % {"medium": name}
        return Item("event", line.at, says=says)
    times = line.facts.get("times")
    if line.kind == Happened.REPEATED and isinstance(times, int):
        return Item("event", line.at, says=_("The %(nth)s time this happens to them.") % {"nth": nth(times)})
    level = line.facts.get("level")
    if line.kind == Happened.CLIMBED and isinstance(level, int):
        return _rung(line, level, str(line.facts.get("told", "")))
    same = (line.kind, line.says) if line.kind in REPEATS else None
    return Item("event", line.at, says=line.says, is_late=line.kind in HURTS, same=same)


def _rung(line: Line, level: int, names: str) -> Item:
    told = {"names": names}
    if level < 100:
        return Item("event", line.at, says=_("80 %% of the time is gone. Told: %(names)s.") % told)
    if level == 100:
        return Item("event", line.at, says=_("The promised hour has passed. Told: %(names)s.") % told, is_late=True)
    same = (line.kind, names) if level >= EACH_WORKING_DAY else None
    says = _("Still nothing. Told: %(names)s.") % told
    return Item("event", line.at, says=says, is_late=True, same=same, told=names if same else "")


def once(items: Iterable[Item], *, zone: str, now: datetime) -> list[Item]:
    """The same items, but what happened again and again is drawn once, where it began; a person's deed between begins anew."""
    runs = groupby(items, key=lambda item: item.same is not None)
    return [item for may_repeat, run in runs for item in (_each_once(run, zone, now) if may_repeat else run)]


def _each_once(run: Iterable[Item], zone: str, now: datetime) -> list[Item]:
    alike: dict[Hashable, list[Item]] = {}
    for item in run:
        alike.setdefault(item.same, []).append(item)
    return [same[0] if len(same) == 1 else _many(same, zone, now) for same in alike.values()]


def _many(same: Sequence[Item], zone: str, now: datetime) -> Item:
    first, last_at = same[0], same[-1].at
    day = day_in_words(last_at, zone, now)
    if not first.told:
        often = _("%(what)s. This happened %(num)s times, last on %(day)s.")
        return replace(first, says=often % {"what": first.says.rstrip("."), "num": len(same), "day": day}, last_at=last_at)
    days = len({item.at.astimezone(ZoneInfo(zone)).date() for item in same})
    says = ngettext(
        "Still nothing. %(names)s was told on %(num)s working day, last on %(day)s.",
        "Still nothing. %(names)s was told on each of %(num)s working days, last on %(day)s.",
        days,
    )
    return replace(first, says=says % {"names": first.told, "num": days, "day": day}, last_at=last_at)
