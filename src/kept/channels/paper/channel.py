"""The channel of paper itself: one file that came is one contact, with the file as it is; what stands on it is read later."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from pathlib import Path, PurePath

from django.utils.translation import gettext_noop

from kept.channels.base import Attachment, Channel, Incoming, NotSetUp, Raw, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.paper.folders import NotAllowed, folder_at
from kept.channels.paper.form import MEDIA, PaperSettings
from kept.channels.paper.sorts import ENDINGS, sort_of
from kept.lib.paper_programs import lacking


class PaperChannel(Channel):
    """Whatever lies in the letter box or comes out of the fax: the words are the customer's, the file is what we have of them."""

    kind = "paper"
    label = gettext_noop("Letters and faxes")
    can_send = False
    is_on_paper = True
    Settings = PaperSettings

    def watches(self) -> Path | None:
        """The folder whose files come in, if one is set."""
        folder = self.settings.get("folder", "")
        if not folder:
            return None
        try:
            return folder_at(folder)
        except NotAllowed as why:
            raise NotSetUp(str(why)) from None

    def dedupe_key(self, raw: Raw) -> str:
        """The file's own sha256: no two scans of two letters are alike to the last bit."""
        return f"sha256:{hashlib.sha256(raw.body).hexdigest()}"

    def parse(self, raw: Raw) -> list[Incoming]:
        """One file, one Incoming, and nothing read from it: that takes time, and a person has to look at what was read."""
        if not raw.body:
            raise Unreadable("The file is empty.")
        sha256 = hashlib.sha256(raw.body).hexdigest()
        return [
            Incoming(
                sender=(),
                text=clean_text(raw.envelope.get("text", "")).strip(),
                began_at=_arrived_at(raw),
                medium=self._medium(raw),
                external_id=sha256,
                content_hash=sha256,
                case_key=raw.envelope.get("case-key", ""),
                attachments=(_as_it_came(raw),),
            )
        ]

    def problems(self) -> list[str]:
        """A folder that may not be watched, and whatever is not installed that reads paper."""
        try:
            self.watches()
        except NotSetUp as why:
            return [str(why), *lacking()]
        return lacking()

    def _medium(self, raw: Raw) -> str:
        said = raw.envelope.get("medium", "") or self.settings.get("medium", "")
        return said if said in dict(MEDIA) else "letter"


def _arrived_at(raw: Raw) -> datetime:
    """When the house opened on the day it came, as whoever brought it worked out; else that day's first moment; never later
    than it reached us."""
    for said in (raw.envelope.get("arrived-at", ""), raw.envelope.get("arrived-on", "")):
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            continue
        return min(at if at.tzinfo else datetime.combine(at.date(), time(), UTC), raw.reached_us_at)
    return raw.reached_us_at


def _as_it_came(raw: Raw) -> Attachment:
    sort = sort_of(raw.body)
    name = clean_line(PurePath(raw.envelope.get("filename", "").replace("\\", "/")).name, limit=200)
    return Attachment(name or f"letter{ENDINGS[sort]}", sort, raw.body)
