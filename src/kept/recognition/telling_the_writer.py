"""Whoever gave a good word hears what became of it: that it was passed on, and one line back if there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Message, MessageKind
from kept.recognition.models import Recognition
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def tell_the_writer(recognition: Recognition, *, now: datetime) -> bool:
    """They know that it was passed on. False where there is no way to write to them: then a person tells them.

    Who chose the person on our page reads it there; one mail on top of the acknowledgement would say the same again.
    """
    if not recognition.chosen_by_writer and write_to_them(recognition, MessageKind.PASSED_ON, _passed_on, now=now) is None:
        return False
    recognition.writer_told_at = now
    recognition.save(update_fields=["writer_told_at"])
    record(recognition.line, Happened.PRAISE_TOLD, at=now)
    return True


def _passed_on(recognition: Recognition) -> str:
    """True at this very second, and no more: that it was read is only for the reader to show."""
    name, manager = recognition.named_for_writer, recognition.manager
    if not name:
        return _("Your good word is with the person it is about and with their manager, whole and in your own words.")
    if manager is None or not manager.is_listed:
        return _("Your good word is with %(name)s, whole and in your own words.") % {"name": name}
    says = _("Your good word is with %(name)s and with %(manager)s, whole and in your own words.")
    return says % {"name": name, "manager": manager.known_as}


def line_back(recognition: Recognition) -> str:
    """The one line, in its writer's name as far as they show it."""
    name = recognition.named_for_writer
    if not name:
        return _("The person you meant wrote back: “%(line)s”") % {"line": recognition.answer}
    return _("%(name)s wrote back: “%(line)s”") % {"name": name, "line": recognition.answer}


def write_to_them(
    recognition: Recognition, kind: MessageKind, says: Callable[[Recognition], str], *, now: datetime
) -> Message | None:  # no event: the caller records what it was
    """One short mail in the name of whoever owns the case; None where there is no case, or no address that is theirs."""
    case = recognition.case
    if case is None or recognition.customer_id != case.customer_id:
        return None
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None or not account.is_open:
        return None
    with translation.override(account.brand.language):
        text = says(recognition)
    return mail(case, kind, text, to=identity, through=account, now=now)
