"""One in ten who told us their yes is asked back in writing, so that nobody of ours can say it for them (R8)."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Message, MessageKind
from kept.lib.drawing import is_drawn
from kept.outcomes.models import Verdict
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

ONE_IN = 10


def make_sure(verdict: Verdict, *, now: datetime) -> Message | None:
    """If this spoken yes is drawn and a mail can go, they are asked whether it is so, once in a matter. It stays white."""
    case, heard_by = verdict.case, verdict.confirmed_by
    if heard_by is None or not is_drawn(f"{case.public_id}:{case.verdicts.count()}", one_in=ONE_IN):
        return None
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None or not account.is_open:
        return None
    if Message.objects.filter(case=case, kind=MessageKind.IS_THAT_SO).exists():
        return None
    with translation.override(account.brand.language):
        text = _("You told %(name)s that it is solved. Is that so?") % {"name": heard_by.known_as}
    asked = mail(case, MessageKind.IS_THAT_SO, text, to=identity, through=account, now=now)
    record(case.about, Happened.ASKED_IN_WRITING, at=now, message=asked.pk, verdict=verdict.pk)
    return asked
