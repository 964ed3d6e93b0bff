"""How the desk's pages say by which way somebody was asked, and why somebody was not."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kept.web.desk.score_words import Words

WAYS: Final[dict[str, Words]] = {
    "email": _("by the mail that asked"),
    "reply": _("by replying to it"),
    "link": _("by a link, unasked"),
    "qr": _("by a printed code, unasked"),
    "page": _("on a page, unasked"),
    "ending": _("when their matter ended"),
}
UNASKED: Final = ("link", "qr", "page")
WHY: Final[dict[str, Words]] = {
    "no_room": _("nobody here had room to answer them"),
    "quota": _("enough were asked that week"),
    "asked_lately": _("asked lately, by this or another survey"),
    "opt_out": _("they do not want to be asked"),
    "minor": _("minors"),
    "bereaved": _("bereaved"),
    "open_complaint": _("we owed them an answer"),
    "staff": _("they work here"),
    "no_address": _("no address to ask at"),
    "too_late": _("it would have been too late"),
    "closed": _("the survey was closed"),
}
WHY_WAITING: Final[dict[str, Words]] = {
    "no_people": _("nobody is named to answer them"),
    "shut": _("the house is closed just now"),
    "no_room": _("nobody here has room to answer them just now"),
    "quota": _("enough were asked this week"),
}
