"""Whoever gave a good word hears what became of it: that it was passed on, and one line back if there is one."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Message, MessageKind
from kept.recognition.models import Recognition
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


class Says(Protocol):
    """The words of such a mail, in the language that is active."""

    def __call__(self, recognition: Recognition, *, is_proven: bool) -> str:
        """`is_proven`: it goes to an address that we know to be theirs."""


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


def _passed_on(recognition: Recognition, *, is_proven: bool) -> str:
    """True at this very second, and no more: that it was read is for its reader to show, names for an address that is theirs."""
    name, manager = recognition.named_for_writer if is_proven else "", recognition.manager
    if not name:
        return _("Your good word is with the person it is about and with their manager, whole and in your own words.")
    if manager is None or not manager.is_listed:
        return _("Your good word is with %(name)s, whole and in your own words.") % {"name": name}
    says = _("Your good word is with %(name)s and with %(manager)s, whole and in your own words.")
    return says % {"name": name, "manager": manager.known_as}


def line_back(recognition: Recognition, *, is_proven: bool) -> str:
    """The one line, in its writer's name as far as they show it."""
    name = recognition.named_for_writer if is_proven else ""
    if not name:
        return _("The person you meant wrote back: “%(line)s”") % {"line": recognition.answer}
    return _("%(name)s wrote back: “%(line)s”") % {"name": name, "line": recognition.answer}


def write_to_them(
    recognition: Recognition, kind: MessageKind, says: Says, *, now: datetime
) -> Message | None:  # no event: the caller records what it was
    """One short mail in the name of whoever owns the case; None where there is no case, or no address that is theirs."""
    case = recognition.case
    if case is None or recognition.customer_id != case.customer_id:
        return None
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None or not account.is_open:
        return None
    with translation.override(account.brand.language):
        text = says(recognition, is_proven=identity.proven_at is not None)
    return mail(case, kind, text, to=identity, through=account, now=now)
