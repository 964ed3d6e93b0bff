"""How a case is called, and its words in one line."""

from __future__ import annotations

from django.utils.translation import gettext as _


def title_of(subject: str, text: str) -> str:
    """The subject as they wrote it, else the first sentence of their words."""
    subject = " ".join(subject.split())
    if subject:
        return subject[:200]
    first = snippet_of(text.strip().partition("\n")[0], 90)
    return first or _("Without words")


def snippet_of(text: str, most: int = 160) -> str:
    """Their words on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rpartition(" ")[0].rstrip(",;:") + "…"
