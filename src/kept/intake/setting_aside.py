"""Words that are no customer's: set aside by a person with a reason. Nothing is deleted (R14); see bringing_back.py."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.cases.silence import recount
from kept.intake.models import Fate, Filed
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import withdraw_the_next_word
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

SET_ASIDE = "set aside: "


@transaction.atomic
def set_aside(message: Message, *, by: Employee, because: str, now: datetime) -> None:
    """The words count as set aside. A case left without any other word of theirs is neither open nor ended."""
    because = because.strip()
    if not because:
        raise Refusal(_("Say why this is set aside."))
    if not Filed.objects.filter(message=message, fate=Fate.MESSAGE).update(fate=Fate.SET_ASIDE, why=because[:200]):
        raise Refusal(_("This is not one of their words, or it is set aside already."))
    rows = Case.objects.select_for_update(of=("self",))
    case = rows.select_related("policy__calendar").get(pk=message.case_id)
    message.rested_at, message.rested_because = now, f"{SET_ASIDE}{because}"[:200]
    message.save(update_fields=["rested_at", "rested_because"])
    record(case.about, Happened.SET_ASIDE, at=now, by=by, why=because[:200], message=message.pk)
    others = Message.objects.filter(case=case, is_theirs=True).exclude(rested_because__startswith=SET_ASIDE)
    if not others.exists():
        case.is_open, case.set_aside_at = False, now
        case.save(update_fields=["is_open", "set_aside_at"])
        withdraw_the_next_word(case, now=now)
    recount(case, now=now)
