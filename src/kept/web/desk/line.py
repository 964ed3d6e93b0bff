"""The whole line of one case, oldest first: words, notes, what happened, and every gap of our silence drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kept.cases.models import Case, Message, MessageKind
from kept.text.splitting import split_reply
from kept.timeline.happenings import Audience, Happened
from kept.timeline.reading import history
from kept.web.desk.beside import AllBeside, File
from kept.web.desk.line_items import Item, once, told

GAP = timedelta(hours=24)
TOLD_BY_MESSAGES = {
    *(Happened.RECEIVED, Happened.REPLIED, Happened.ACKNOWLEDGED, Happened.NOTED, Happened.OPENED, Happened.DELIVERED),
    *(Happened.PROMISED, Happened.REMINDED, Happened.ASKED, Happened.ASKED_IN_WRITING, Happened.LINK_MAILED),
    *(Happened.TELLING_FIXED, Happened.CONSENT_ASKED),
    *(Happened.LETTER_READY, Happened.POSTED),
    *(Happened.PRAISE_TOLD, Happened.PRAISE_ANSWERED),
}
"""What the messages and the ledger show better than a sentence does."""
BY_KEPT = {
    *(MessageKind.ACKNOWLEDGEMENT, MessageKind.ASKING, MessageKind.REMINDER, MessageKind.IS_THAT_SO, MessageKind.LINK),
    *(MessageKind.PASSED_ON, MessageKind.LINE_BACK, MessageKind.CONSENT, MessageKind.IS_IT_YOU),
}
ALL = frozenset({Audience.CUSTOMER, Audience.DESK, Audience.MANAGERS, Audience.ADMINS})


def line_of(
    case: Case, messages: Sequence[Message], besides: AllBeside, *, names: Mapping[int, str], zone: str, now: datetime
) -> list[Item]:
    """Everything that happened, with the days and the gaps between. `names` are our people's, by their key."""
    items = [_said(message, besides.files.get(message.pk, ())) for message in messages if not message.taken_back_at]
    items += [Item("ours", note.at, note=note) for note in besides.notes]
    happened = history(case.about, audiences=ALL, names={f"employee:{pk}": name for pk, name in names.items()})
    items += [told(line) for line in happened if line.kind not in TOLD_BY_MESSAGES]
    items.sort(key=lambda item: (item.at, item.sort == "event"))
    items = once(items, zone=zone, now=now)
    return _with_days(_with_gaps(items, case, now), ZoneInfo(zone))


def _said(message: Message, files: Sequence[File]) -> Item:
    if message.is_theirs:
        split = split_reply(message.text)
        rest = "\n".join(part for part in (split.signature, split.quoted) if part.strip()).strip()
        there = getattr(message, "posted", None)
        words = split.new or message.text
        return Item("in", message.at, message=message, new_text=words, quoted=rest, files=files, posted=there)
    return Item("ack" if message.kind in BY_KEPT else "out", message.at, message=message, new_text=message.text, files=files)


def _with_gaps(items: list[Item], case: Case, now: datetime) -> list[Item]:
    """A gap stands wherever they heard nothing from a person for longer than a day while a word of theirs waited."""
    drawn: list[Item] = []
    waiting: datetime | None = None
    heard: datetime | None = None
    for item in items:
        heard = item.at if item.sort == "in" else heard
        if waiting is not None and (item.sort == "in" or _reached_them(item)) and item.at - waiting > GAP:
            drawn.append(Item("gap", item.at, gap=item.at - waiting))
            waiting = item.at
        drawn.append(replace(item, after=item.at - heard) if heard and item.sort in {"out", "ack"} else item)
        waiting = _still_waiting(item, waiting)
    if waiting is not None and case.silent_since is not None and now - waiting > GAP:
        drawn.append(Item("gap", now, gap=now - waiting))
    return drawn


def _still_waiting(item: Item, waiting: datetime | None) -> datetime | None:
    """Since when they have heard nothing, after this item; None when nothing of theirs waits."""
    message = item.message
    if message is None:
        return waiting
    if item.sort == "in":
        return waiting if waiting is not None or message.rested_at is not None else item.at
    if _reached_them(item):
        return None if message.kind == MessageKind.ANSWER else waiting and item.at
    return waiting


def _reached_them(item: Item) -> bool:
    """Words of a person of ours that they have."""
    message = item.message
    return item.sort == "out" and message is not None and message.delivered_at is not None and message.failed_at is None


def _with_days(items: list[Item], zone: ZoneInfo) -> list[Item]:
    drawn: list[Item] = []
    day = None
    for item in items:
        its_day = item.at.astimezone(zone).date()
        if its_day != day and item.sort != "gap":
            day = its_day
            drawn.append(Item("day", item.at))
        drawn.append(item)
    return drawn
