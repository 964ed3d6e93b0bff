"""A folder where a scanner or a fax puts its files: each is committed before it is moved away (R1).

A file is taken when nothing about it has changed for ten seconds, or when it lost a temporary name, as careful programs do.
Killed between commit and move we take it once more, and its key, the sha256, finds the first copy. Links are not followed.
"""

from __future__ import annotations

import logging
import os
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import default_calendar
from kept.accounts.translating import channel_of
from kept.channels.base import NotSetUp, Raw
from kept.channels.cleaning import clean_line
from kept.intake.accepting import Busy, accept
from kept.letters.arriving import envelope_of
from kept.lib.clock import now
from kept.lib.refusal import Refusal

log = logging.getLogger(__name__)
LOOK_EVERY = 2.0
AFTER_TROUBLE = 30.0
UNCHANGED_FOR = timedelta(seconds=10)
SAY_HEARD_EVERY = timedelta(minutes=1)
DONE, NOT_TAKEN = "done", "not-taken"
WHY = ".why.txt"
MOST_NAMED = 3
_TEMPORARY = (".part", ".tmp", ".temp", ".crdownload", ".filepart", "~")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it lay there. `size` and `written` change while it is being written."""

    name: str
    size: int
    written: int
    since: datetime
    """Since when it has looked like this."""


@dataclass(slots=True)
class Watching:
    """What one thread remembers of its folder: how each file looked, by its inode, and which are kept and only to be moved."""

    looks: dict[int, Look] = field(default_factory=dict)
    kept: dict[int, tuple[int, int]] = field(default_factory=dict)


class NotTaken(Exception):
    """Why this file is not kept, in a sentence for whoever put it there."""


def watch(account_id: int, stop: threading.Event) -> None:
    """Until `stop`: whatever is put into the folder is kept within seconds; a folder that is not there is looked for for ever."""
    watching = Watching()
    while not stop.is_set():
        pause = LOOK_EVERY
        try:
            account = ChannelAccount.objects.get(pk=account_id)
            if account.closed_at is not None:
                return
            go_round(account, watching, at=now())
        except (NotSetUp, Busy, OSError) as trouble:
            _say(account_id, str(trouble), at=None)
            pause = AFTER_TROUBLE
        except Exception:
            log.exception("The folder of account %s could not be read; trying again.", account_id)
            pause = AFTER_TROUBLE
        finally:
            close_old_connections()
        stop.wait(pause)


def go_round(account: ChannelAccount, watching: Watching, *, at: datetime) -> int:
    """Every file that is finished is kept and moved to done/; what cannot be taken lies in not-taken/. How many are kept."""
    folder = channel_of(account).watches()
    if folder is None:
        return 0
    for place in (folder, folder / DONE, folder / NOT_TAKEN):
        place.mkdir(parents=True, exist_ok=True)
    kept, stuck = 0, []
    for entry in _finished(folder, watching, at=at):
        try:
            try:
                kept += _take(account, folder / entry.name, entry, watching, at=at)
            except NotTaken as why:
                _leave(folder, entry.name, str(why))
        except OSError as trouble:
            stuck.append(f"{_said(entry.name)}: {trouble.strerror}")
    _say(account.pk, "; ".join([*stuck[:MOST_NAMED], *_what_lies_there(folder)]), at=at, before=account)
    return kept


def _finished(folder: Path, watching: Watching, *, at: datetime) -> list[os.DirEntry[str]]:
    """The files that nobody writes any more, by name."""
    seen: dict[int, Look] = {}
    finished = []
    for entry in _files(folder):
        look = entry.stat(follow_symlinks=False)
        before = watching.looks.get(look.st_ino)
        is_same = before is not None and (before.size, before.written) == (look.st_size, look.st_mtime_ns)
        since = before.since if before is not None and is_same else at
        seen[look.st_ino] = Look(entry.name, look.st_size, look.st_mtime_ns, since)
        if _is_temporary(entry.name):
            continue
        lost_its_temporary_name = before is not None and _is_temporary(before.name)
        if at - since >= UNCHANGED_FOR or lost_its_temporary_name:
            finished.append(entry)
    watching.looks = seen
    watching.kept = {inode: what for inode, what in watching.kept.items() if inode in seen}
    return sorted(finished, key=lambda entry: entry.name)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Whatever lies there that is no folder."""
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.is_dir(follow_symlinks=False))


def _is_temporary(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(_TEMPORARY)


def _take(account: ChannelAccount, path: Path, entry: os.DirEntry[str], watching: Watching, *, at: datetime) -> bool:
    """Committed, then moved. False where it changed while it was read. Raises NotTaken, Busy."""
    content, look = _read(path)
    what = (look.st_size, look.st_mtime_ns)
    is_as_it_was = what == (entry.stat(follow_symlinks=False).st_size, entry.stat(follow_symlinks=False).st_mtime_ns)
    if not is_as_it_was or len(content) != look.st_size:
        return False
    if is_new := watching.kept.get(look.st_ino) != what:
        _keep(account, content, path.name, look, at=at)
        watching.kept[look.st_ino] = what
    today = at.astimezone(default_calendar().hours.tz).date()
    _move(path, path.parent / DONE / today.isoformat())
    return is_new


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a file that is one: no link, no pipe, no device."""
    limit = settings.MAX_CONTACT_BYTES
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as trouble:
        if path.is_symlink():
            raise NotTaken(_("This is a link to another place. Put the file itself here.")) from None
        raise NotTaken(_("It cannot be opened: %(why)s.") % {"why": trouble.strerror}) from None
    with os.fdopen(handle, "rb") as file:
        look = os.fstat(file.fileno())
        if not stat.S_ISREG(look.st_mode):
            raise NotTaken(_("This is no file."))
        if look.st_size > limit:
            raise NotTaken(
                _("It is larger than %(limit)d MB. Scan it with fewer dots, or in parts.") % {"limit": limit // 1024**2}
            )
        if look.st_size == 0:
            raise NotTaken(_("It is empty. Scan it again."))
        return file.read(limit + 1), os.fstat(file.fileno())


def _keep(account: ChannelAccount, content: bytes, name: str, look: os.stat_result, *, at: datetime) -> None:
    channel, hours = channel_of(account), default_calendar().hours
    try:
        day = _day_in(name) or datetime.fromtimestamp(look.st_mtime, hours.tz).date()
        envelope = envelope_of(name=name, day=day, hours=hours, now=at)
    except (Refusal, ValueError, OverflowError):  # a clock that runs wrong, or a day that cannot be meant: it came when we saw it
        envelope = envelope_of(name=name, day=at.astimezone(hours.tz).date(), hours=hours, now=at)
    accept(account, content, envelope, key=channel.dedupe_key(Raw(content, envelope, at)), reached_us_at=at)


def _day_in(name: str) -> date | None:
    """The day that the name begins with: when the letter came, says whoever scanned it."""
    found = _DAY.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _move(path: Path, into: Path) -> Path:
    """It lies there under its name, or with a number where that is taken."""
    into.mkdir(parents=True, exist_ok=True)
    number, free = 1, into / path.name
    while os.path.lexists(free):
        number += 1
        free = into / f"{path.stem} ({number}){path.suffix}"
    path.rename(free)
    return free


def _leave(folder: Path, name: str, why: str) -> None:
    moved = _move(folder / name, folder / NOT_TAKEN)
    moved.with_name(f"{moved.name}{WHY}").write_text(f"{why}\n", encoding="utf-8")


def _what_lies_there(folder: Path) -> list[str]:
    """What was not taken and still lies there, as one sentence for the settings page."""
    names = sorted(entry.name for entry in _files(folder / NOT_TAKEN) if not entry.name.endswith(WHY))
    if not names:
        return []
    named = [f"{_said(name)} ({_why(folder / NOT_TAKEN / f'{name}{WHY}')})" for name in names[:MOST_NAMED]]
    more = [_("and %(count)d more") % {"count": len(names) - MOST_NAMED}] if len(names) > MOST_NAMED else []
    return [
        _("Not taken, and lies in %(folder)s: %(files)s") % {"folder": folder / NOT_TAKEN, "files": ", ".join([*named, *more])}
    ]


def _said(name: str) -> str:
    """A name may hold anything; a sentence may not."""
    return clean_line(name, limit=80)


def _why(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()[:200] or "?"
    except OSError:
        return "?"


def _say(
    account_id: int, trouble: str, *, at: datetime | None, before: ChannelAccount | None = None
) -> None:  # no event: the settings page and the doctor show it
    """What is wrong stands on the settings page, and when we last looked."""
    is_news = before is None or before.trouble != trouble[:1000]
    is_long_ago = at is not None and before is not None and (before.heard_at is None or at - before.heard_at > SAY_HEARD_EVERY)
    if is_news or is_long_ago:
        heard = {"heard_at": at} if at is not None else {}
        ChannelAccount.objects.filter(pk=account_id).update(trouble=trouble[:1000], **heard)
