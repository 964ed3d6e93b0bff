"""A list of who met us, as a spreadsheet saves it: bytes in, rows out, and for each row that cannot be used the reason. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kept.channels.cleaning import clean_line
from kept.channels.handles import handles
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import cells_in, numbered
from kept.surveys.touching import Met

MOST_ROWS = 1000
WITHIN: Final = timedelta(days=366)
NAMED: Final = {
    "email": ("email", "e-mail", "mail", "e-mail-adresse", "emailadresse"),
    "phone": ("phone", "telephone", "telefon", "mobile"),
    "name": ("name", "customer", "kunde", "kundin"),
    "event_id": ("event_id", "event id", "event", "id", "order", "vorgang", "bestellung", "nummer"),
    "at": ("at", "date", "when", "time", "datum", "wann", "zeit"),
    "about": ("about", "occasion", "anlass"),
    "product": ("product", "produkt", "artikel"),
}
"""What a column may be called. Whatever has another name is a fact about the customer."""
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, by its number in the file. `told` None: it cannot be used, and `mistake` says why."""

    number: int
    address: str
    name: str
    told: Met | None
    mistake: str = ""


def read_list(text: str, *, zone: str, now: datetime) -> list[Line]:
    """Every row that has anything in it. Refuses what is no list, with one sentence. Days and hours are of this zone."""
    rows = cells_in(text)
    header = _columns(next(rows, []))
    lines = [_line(number, row, zone=zone, now=now) for number, row in numbered(rows, header, most=MOST_ROWS)]
    return _once(lines)


def _columns(header: list[str]) -> list[str]:
    called = {other: name for name, others in NAMED.items() for other in others}
    found = [called.get(cell.strip().lower(), cell.strip()) for cell in header]
    for needed in ("email", "at"):
        if needed not in found:
            raise Refusal(_("The first row must name the columns, among them email and at (when it was)."))
    return found


def _line(number: int, row: dict[str, str], *, zone: str, now: datetime) -> Line:
    address, name = row.get("email", "").strip(), clean_line(row.get("name", ""), limit=200)
    known, _rest = handles((kind, row.get(kind, "")) for kind in ("email", "phone"))
    at = moment_in(row.get("at", ""), zone)
    mistake = ""
    if not any(handle.kind == "email" for handle in known):
        mistake = _("needs an e-mail address")
    elif at is None:
        mistake = _("write the day as 2026-06-01 or 1.6.2026, with 18:30 behind it if you know the hour")
    elif not -WITHIN < at - now < WITHIN:
        mistake = _("more than a year away")
    if mistake or at is None:
        return Line(number, address, name, None, mistake)
    facts = {key: value for key, value in row.items() if key and key not in NAMED and value and value.strip()}
    told = Met(
        event_id=clean_line(row.get("event_id", ""), limit=90) or _named_by_itself(row),
        at=at,
        handles=known,
        name=name,
        about=clean_line(row.get("about", ""), limit=200),
        product=clean_line(row.get("product", ""), limit=80),
        facts=dict(list(facts.items())[:20]),
    )
    return Line(number, address, name, told)


def moment_in(written: str, zone: str) -> datetime | None:
    """What is meant by "2026-06-01 18:30", "1.6.2026" (noon, then) or "2026-06-01T18:30:00Z"; None for anything else."""
    written = written.strip()
    try:
        if day := _DAY.fullmatch(written):
            d, m, y, hour, minute = (int(part) if part else None for part in day.groups())
            moment = datetime(y or 0, m or 0, d or 0, 12 if hour is None else hour, minute or 0)  # noqa: DTZ001 - its zone follows
        else:
            moment = datetime.fromisoformat(written)
            if len(written) <= len("2026-06-01"):
                moment = datetime.combine(moment.date(), time(12))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _named_by_itself(row: dict[str, str]) -> str:
    """Without a number of its own a row is named by what stands in it: the same list again invites nobody twice."""
    whole = "\n".join(str(row.get(key, "")).strip().lower() for key in NAMED)
    return f"list:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def _once(lines: list[Line]) -> list[Line]:
    """A number that stands in the list twice names one occasion."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        again = line.told is not None and line.told.event_id in seen
        kept.append(Line(line.number, line.address, line.name, None, _("stands in this list twice")) if again else line)
        if line.told is not None:
            seen.add(line.told.event_id)
    return kept
