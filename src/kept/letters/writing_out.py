"""A letter as it is printed: under which name, to which window, in which language, and what stands at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message, MessageKind
from kept.letters.lettering import unprintable
from kept.letters.typesetting import Sheet, as_pdf
from kept.lib.address import base_url
from kept.lib.letter_codes import letter_code
from kept.lib.wording import date_in_words
from kept.places.models import Brand
from kept.replies.models import Letter

A_YEAR_LATER = timedelta(days=366)
EVERYTHING = (
    *("message__author", "message__case__customer", "message__case__owner"),
    *("message__case__account__brand", "message__case__policy__calendar", "message__identity"),
)


def with_everything(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """These letters with all that is printed on them, in two questions."""
    return letters.select_related(*EVERYTHING).prefetch_related("message__files")


def print_out(letters: Sequence[Letter]) -> bytes:
    """All of them as one PDF, in this order."""
    return as_pdf([sheet_of(letter) for letter in letters])


def sheet_of(letter: Letter) -> Sheet:
    """What stands on it, in the language of whoever reads it."""
    message = letter.message
    case, brand = message.case, message.case.account.brand
    author = message.author or case.owner
    language = case.customer.language if case.customer.language in dict(settings.LANGUAGES) else brand.language
    with translation.override(language):
        return Sheet(
            language=language,
            title=_("Letter to %(name)s") % {"name": case.customer.known_as},
            author=author.known_as,
            sender=brand.name,
            sent_back_to=" · ".join(part for part in (brand.name, brand.address) if part),
            window=tuple(letter.address.splitlines()),
            day=_day(letter, case),
            subject=_subject(message, case),
            text=_text(message, case),
            signed=tuple(line for line in (_name(message, author.known_as), author.job, brand.name) if line),
            foot=_foot(letter, brand),
            code=letter_code(letter.pk),
            scan=page_address(letter),
            page_of=_("Page %(page)s of %(pages)s"),
            enclosed=tuple(_("Enclosed: %(name)s") % {"name": file.name} for file in message.files.all()),
        )


def _day(letter: Letter, case: Case) -> str:
    """The day on which it was written, with the year: a letter is read for a long time."""
    at = letter.message.at.astimezone(ZoneInfo(case.policy.calendar.zone))
    return date_in_words(at.date(), at + A_YEAR_LATER)


def _subject(message: Message, case: Case) -> str:
    """Theirs; of an acknowledgement only who it is from: nobody has proven yet that they read what is posted there."""
    if message.kind == MessageKind.ACKNOWLEDGEMENT:
        return _("Your words are here")
    return case.subject


def _text(message: Message, case: Case) -> str:
    if message.kind != MessageKind.ACKNOWLEDGEMENT:
        return message.text.strip()
    name = case.customer.name
    greeting = _("Dear %(name)s,") % {"name": name} if name else _("Hello,")
    nothing_to_do = _("You need do nothing, and say nothing twice.")
    return f"{greeting}\n\n{message.text.strip()}\n\n{nothing_to_do}"


def _name(message: Message, known_as: str) -> str:
    """Under the room for a hand, unless the last line of their words is that name already."""
    last = message.text.strip().splitlines()[-1:] or [""]
    return "" if known_as in last[0] else known_as


def page_address(letter: Letter) -> str:
    """Where the code leads: short enough to type."""
    return f"{base_url()}/l/{letter_code(letter.pk)}"


def _foot(letter: Letter, brand: Brand) -> tuple[str, ...]:
    asks = letter.message.kind == MessageKind.ANSWER
    says = [_("Is it solved? Only you can say: on your page, or on this sheet sent back to us.")] if asks else []
    if letter.message.identity_id is not None:
        says.append(_("Your page, only for you: %(address)s") % {"address": page_address(letter).removeprefix("https://")})
    says.append(_("Send this sheet back, and it comes to the same person."))
    return (*says, " · ".join(part for part in (brand.name, brand.address) if part))


def missing_signs(letter: Letter) -> str:
    """What of it cannot be printed with the fonts that are here."""
    return unprintable("".join((letter.address, letter.message.text, letter.message.case.subject)))
