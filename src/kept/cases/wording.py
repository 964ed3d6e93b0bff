"""How a case is called, and its words in one line."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

_ORDINALS: Final[dict[int, str | Lazy]] = {
    1: pgettext_lazy("ordinal", "first"),
    2: pgettext_lazy("ordinal", "second"),
    3: pgettext_lazy("ordinal", "third"),
    4: pgettext_lazy("ordinal", "fourth"),
    5: pgettext_lazy("ordinal", "fifth"),
    6: pgettext_lazy("ordinal", "sixth"),
    7: pgettext_lazy("ordinal", "seventh"),
    8: pgettext_lazy("ordinal", "eighth"),
    9: pgettext_lazy("ordinal", "ninth"),
    10: pgettext_lazy("ordinal", "tenth"),
}


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


def nth(times: int) -> str:
    """The ordinal as said in "the %(nth)s time": "third", "11th"."""
    return str(_ORDINALS.get(times) or "") or pgettext("ordinal", "%(num)dth") % {"num": times}


def nth_time(times: int) -> str:
    """ "third time", as it stands on a chip."""
    return _("%(nth)s time") % {"nth": nth(times)}
