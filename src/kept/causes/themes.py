"""What a matter is about, in words: the codes of text/themes.py as people read them. They name the thing, never a person."""

from __future__ import annotations

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Lazy] = {
    "cold_food": _("cold food"),
    "late_delivery": _("a late delivery"),
    "wrong_item": _("the wrong thing"),
    "missing_item": _("something missing"),
    "damaged": _("something damaged"),
    "rude": _("how they were spoken to"),
    "billing": _("the bill"),
    "waiting_on_phone": _("waiting on the phone"),
    "no_answer": _("no answer from us"),
    "website": _("the website"),
    "dirty": _("something not clean"),
}


def in_words(theme: str) -> str:
    """The theme as one says it; a code that has no words yet without its hyphens."""
    return str(NAMES.get(theme, theme.replace("_", " ")))
