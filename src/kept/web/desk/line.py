"""The whole line of one case, oldest first: words, notes, what happened, and every gap of our silence drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kept.cases.models import Case, Message, MessageKind, Note
from kept.people.models import Employee
from kept.text.splitting import split_reply
from kept.timeline.happenings import Audience, Happened
from kept.timeline.reading import Line, history

GAP = timedelta(hours=24)
TOLD_BY_MESSAGES = {
    *(Happened.RECEIVED, Happened.REPLIED, Happened.ACKNOWLEDGED, Happened.NOTED, Happened.OPENED, Happened.DELIVERED),
    *(Happened.PROMISED, Happened.ASKED, Happened.LINK_MAILED),
}
"""What the messages and the ledger show better than a sentence does."""
ALL = frozenset({Audience.CUSTOMER, Audience.DESK, Audience.MANAGERS, Audience.ADMINS})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the line. `sort` says how it is drawn: day, in, out, ours, ack, event or gap."""

    sort: str
    at: datetime
    message: Message | None = None
    note: Note | None = None
    line: Line | None = None
    new_text: str = ""
    quoted: str = ""
    gap: timedelta = timedelta()
    is_late: bool = False
    day: date | None = None
    files: list[object] = field(default_factory=list)


def line_of(case: Case, *, zone: str, now: datetime) -> list[Item]:
    """Everything that happened, with the days and the gaps between."""
    messages = list(
        Message.objects.filter(case=case)
        .select_related("author", "customer", "identity")
        .prefetch_related("files")
        .order_by("at", "id")
    )
    notes = list(Note.objects.filter(case=case).select_related("author"))
    told = history(case.about, audiences=ALL, names=_names())
    items = [_said(message) for message in messages]
    items += [Item("ours", note.at, note=note) for note in notes]
    items += [
        Item("event", line.at, line=line, is_late=line.kind in {Happened.BROKEN, Happened.CLIMBED, Happened.BOUNCED})
        for line in told
        if line.kind not in TOLD_BY_MESSAGES
    ]
    items.sort(key=lambda item: (item.at, item.sort == "event"))
    return _with_days(_with_gaps(items, case, now), ZoneInfo(zone))


def _names() -> dict[str, str]:
    return {f"employee:{pk}": name for pk, name in Employee.objects.values_list("pk", "name")}


def _said(message: Message) -> Item:
    files: list[object] = list(message.files.all())
    if message.is_theirs:
        split = split_reply(message.text)
        return Item("in", message.at, message=message, new_text=split.new or message.text, quoted=split.quoted, files=files)
    sort = "ack" if message.kind in {MessageKind.ACKNOWLEDGEMENT, MessageKind.ASKING, MessageKind.LINK} else "out"
    return Item(sort, message.at, message=message, new_text=message.text, files=files)


def _with_gaps(items: list[Item], case: Case, now: datetime) -> list[Item]:
    """A gap stands wherever they heard nothing from a person for longer than a day while a word of theirs waited."""
    drawn: list[Item] = []
    waiting: datetime | None = None
    for item in items:
        message = item.message
        if waiting is not None and item.at - waiting > GAP and message is not None and item.sort in {"in", "out"}:
            drawn.append(Item("gap", item.at, gap=item.at - waiting))
            waiting = item.at
        drawn.append(item)
        if item.sort == "in" and waiting is None:
            waiting = item.at
        elif item.sort == "out" and message is not None and message.kind == MessageKind.ANSWER and message.delivered_at:
            waiting = None
        elif item.sort == "out" and waiting is not None:
            waiting = item.at
    if waiting is not None and case.silent_since is not None and now - waiting > GAP:
        drawn.append(Item("gap", now, gap=now - waiting))
    return drawn


def _with_days(items: list[Item], zone: ZoneInfo) -> list[Item]:
    drawn: list[Item] = []
    day: date | None = None
    for item in items:
        its_day = item.at.astimezone(zone).date()
        if its_day != day and item.sort != "gap":
            day = its_day
            drawn.append(Item("day", item.at, day=day))
        drawn.append(item)
    return drawn
