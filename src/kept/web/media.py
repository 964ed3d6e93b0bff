"""How each medium is drawn and called: by its human name, never by its code (DESIGN.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

Words = str | Lazy


@dataclass(frozen=True, slots=True)
class Medium:
    """`icon` is a drawing of web/icons; `name` stands alone, `they` and `we` after somebody's name."""

    icon: str
    name: Words
    they: Words
    we: Words


MEDIA: Final[dict[str, Medium]] = {
    "form": Medium("form", _("Form"), _("filled in the form"), _("wrote by e-mail")),
    "email": Medium("mail", _("E-mail"), _("wrote an e-mail"), _("wrote by e-mail")),
    "phone": Medium("phone", _("Phone"), _("rang"), _("rang them")),
    "letter": Medium("letter", _("Letter"), _("sent a letter"), _("sent a letter")),
    "fax": Medium("fax", _("Fax"), _("sent a fax"), _("sent a fax")),
    "visit": Medium("counter", _("At the counter"), _("came in"), _("spoke with them")),
    "post": Medium("post", _("Public post"), _("wrote in public"), _("wrote in public")),
    "survey": Medium("survey", _("Survey"), _("answered a survey"), _("wrote by e-mail")),
    "sms": Medium("sms", _("Text message"), _("sent a text message"), _("sent a text message")),
    "chat": Medium("sms", _("Chat"), _("wrote in the chat"), _("wrote in the chat")),
    "api": Medium("api", _("Program"), _("wrote through a program"), _("wrote by e-mail")),
}


def medium(code: str) -> Medium:
    """The medium behind a code; one that is not known is drawn as a program and called by its code."""
    return MEDIA.get(code) or Medium("api", code, _("wrote"), _("wrote"))
