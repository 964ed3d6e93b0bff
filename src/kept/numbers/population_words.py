"""The populations and their parts in words; each said once, so that equal figures read equal."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ENDS: Final = {"white": _("happy"), "black": _("not happy"), "no_word": _("no word")}
WAITS: Final = {"answered": _("answered"), "waiting": _("waiting till now")}
BEGUN: Final = _("Every matter that began in this time; not what was set aside, nor what was joined into another.")
ENDED: Final = _("Every matter that ended in this time; thanks that were passed on are no ending.")
CONTACTS: Final = _("Everything they said in this time, by whatever medium; not what was set aside.")
AGAIN: Final = _("A matter that is reopened has not ended: it leaves the figure, and counts when it ends again.")
STAYS: Final = _("Reopening changes nothing here: it counts by when it began.")
NONE: Final = _("Nothing can be reopened here.")
ANSWERED: Final = _("Everybody who gave a number in this time, in the standard words; not those asked again after their matter.")
MONTHS: Final = _("Every customer whose months were imported; a time with one month is held against the month before.")
OUR_WORDS: Final = _(
    "Every promise that fell due in this time, the next word among them; not what was agreed anew or fell away before its hour."
)
