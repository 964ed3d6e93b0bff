"""What Kept itself mails in the owner's name: an asking, a reminder, a link. Never an answer."""

from __future__ import annotations

from datetime import datetime

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.due import ringing
from kept.lib.ids import new_id
from kept.people.models import Identity
from kept.replies.composing import message_id
from kept.replies.models import Delivery


def mail(  # no event: whoever asks for it records what it is
    case: Case, kind: str, text: str, *, to: Identity, through: ChannelAccount, now: datetime
) -> Message:
    """It is on its way; nothing holds it back, and nobody can take it back."""
    message = Message.objects.create(
        case=case,
        is_theirs=False,
        kind=kind,
        medium="email",
        author=case.owner,
        identity=to,
        account=through,
        text=text,
        at=now,
        external_id=message_id(new_id(), through),
    )
    Delivery.objects.create(message=message, account=through, identity=to, made_at=now, next_try_at=now)
    ringing.wake(Delivery)
    return message
