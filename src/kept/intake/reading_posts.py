"""A list of public posts, as a review site saves it: rows out, and for each that cannot be used the reason. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from kept.channels.cleaning import clean_line, clean_text
from kept.channels.public_place import key_of_post, name_of, public_link, public_place
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import cells_in, numbered
from kept.surveys.reading_lists import moment_in

MOST_ROWS = 10_000
LONGEST_TEXT = 50_000
NAMED: Final = {
    "text": ("text", "review", "review text", "comment", "content", "message", "post", "tweet", "body", "bewertung", "kommentar"),
    "title": ("title", "headline", "subject", "titel", "überschrift"),
    "author": ("author", "name", "reviewer", "user", "username", "from", "customer", "autor", "autorin", "verfasser"),
    "url": ("url", "link", "permalink", "review url", "post url", "adresse"),
    "external_id": ("external_id", "id", "review id", "post id", "tweet id", "reference", "nummer"),
    "place": ("place", "channel", "source", "site", "platform", "network", "quelle", "plattform"),
    "at": ("at", "date", "created", "created at", "published", "time", "datum", "wann"),
    "rating": ("rating", "stars", "score", "sterne", "note"),
    "scale": ("scale", "of", "skala", "von"),
    "views": ("views", "reach", "impressions", "reichweite", "aufrufe"),
}
"""What a column may be called; a person can say otherwise before anything is taken in."""
NEEDED = ("text", "title", "rating")
_STARS = re.compile(r"(\d+(?:[.,]\d)?)\s*(?:/|of|von|out of)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class PostRow:
    """One row by its number in the file. `told` None: it cannot be used, and `mistake` says why."""

    number: int
    cells: tuple[str, ...]
    who: str
    text: str
    told: Mapping[str, object] | None = None
    """The contact, in the JSON of POST /api/v1/contacts."""
    key: str = ""
    """Names this one post: the same list again brings it once."""
    said_at: datetime | None = None
    views: int | None = None
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class PostList:
    """The list as it was understood: its own header, what each column was taken for, and every row."""

    header: tuple[str, ...]
    columns: tuple[str, ...]
    """One of NAMED for each, empty for what is left out."""
    rows: list[PostRow] = field(default_factory=list)


def read_posts(text: str, *, zone: str, now: datetime, columns: Sequence[str] = (), place: str = "") -> PostList:
    """Every row that has anything in it. `columns` says what each is where a person said so; `place` where no column does.

    Refuses what is no list, or names neither words nor stars, with one sentence.
    """
    cells = cells_in(text)
    header = tuple(clean_line(cell, limit=80) for cell in next(cells, []))
    taken_for = tuple(columns[: len(header)]) if columns else _guessed(header)
    if not set(taken_for) & set(NEEDED):
        raise Refusal(_("No column holds their words. Say which one does; the first row names the columns."))
    names = [name or f"-{number}" for number, name in enumerate(taken_for)]
    rows = [_row(number, row, names, zone=zone, now=now, place=place) for number, row in numbered(cells, names, most=MOST_ROWS)]
    return PostList(header, taken_for, _once(rows))


def _guessed(header: Sequence[str]) -> tuple[str, ...]:
    """Each meaning once: the first column that is called so."""
    called = {other: name for name, others in NAMED.items() for other in others}
    found: list[str] = []
    for cell in header:
        name = called.get(cell.strip().lower().replace("_", " "), called.get(cell.strip().lower(), ""))
        found.append("" if name in found else name)
    return tuple(found)


def _row(number: int, row: Mapping[str, str], names: Sequence[str], *, zone: str, now: datetime, place: str) -> PostRow:
    said = {name: clean_text(row.get(name) or "").strip() for name in NAMED}
    cells = tuple(row.get(name) or "" for name in names)
    url, who, text = public_link(said["url"]), clean_line(said["author"], limit=200), said["text"][:LONGEST_TEXT]
    where = clean_line(said["place"] or place, limit=80) or name_of(url)
    at, views, rating = moment_in(said["at"], zone), _whole(said["views"]), _rating(said["rating"], said["scale"])
    mistake = _mistake(said, url=url, at=at, views=views, rating=rating, now=now)
    if mistake:
        return PostRow(number, cells, who, text or said["title"], mistake=mistake)
    own_id = clean_line(said["external_id"], limit=300)
    told = {
        "medium": "post",
        "channel": where,
        "url": url,
        "rating": rating,
        "external_id": f"{where}:{own_id}" if own_id else url,
        "subject": clean_line(said["title"], limit=200),
        "from": {"name": who, "identities": [["external", f"{where}:{who}"]] if who.startswith("@") else []},
        "text": text or said["title"],
    }
    key = key_of_post(place=where, own_id=own_id, url=url, words=f"{who}\n{said['at']}\n{said['title']}\n{text}")
    return PostRow(number, cells, who, text or said["title"], told, key, at, views)


def _mistake(said: Mapping[str, str], *, url: str, at: datetime | None, views: int | None, rating: object, now: datetime) -> str:
    if not said["text"] and not said["title"] and not said["rating"]:
        return _("nothing was said")
    if said["url"] and not url:
        return _("the link leads to no page: it begins with https://")
    if said["at"] and at is None:
        return _("write the day as 2026-06-01 or 1.6.2026, with 18:30 behind it if you know the hour")
    if at is not None and at > now:
        return _("that day is still to come")
    if said["rating"] and rating is None:
        return _("write the stars as 1, or as 1/5")
    if said["views"] and views is None:
        return _("write how many saw it as a number")
    return ""


def _rating(written: str, scale: str) -> dict[str, str] | None:
    """Of five, where nothing says otherwise."""
    both = _STARS.fullmatch(written.lower())
    value, most = (both[1], both[2]) if both else (written, scale or "5")
    rating = {"value": value.replace(",", "."), "scale": most}
    there = public_place("", "", rating)
    return rating if there is not None and there.stars else None


def _whole(written: str) -> int | None:
    digits = re.sub(r"[.,'\s]", "", written)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 11 else None


def _once(rows: list[PostRow]) -> list[PostRow]:
    """A post that stands in the list twice is one."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        twice = row.told is not None and row.key in seen
        mistake = _("stands in this list twice")
        kept.append(PostRow(row.number, row.cells, row.who, row.text, mistake=mistake) if twice else row)
        seen.add(row.key)
    return kept


def left_out(found: PostList) -> str:
    """The rows that cannot be used, as a list of their own: to be mended and brought again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    rows = [row.cells for row in found.rows if row.told is None and row.mistake != _("stands in this list twice")]
    writer.writerows([found.header, *rows] if rows else [])
    return out.getvalue()
