"""What goes out in the owner's name beside replies: an asking, a reminder, a link; news for many. Never an answer."""

from __future__ import annotations

from datetime import datetime

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.due import ringing
from kept.lib.ids import new_id
from kept.people.models import Employee, Identity
from kept.replies.composing import message_id
from kept.replies.models import Delivery
from kept.replies.sending import UNDO_WINDOW


def mail(  # no event: whoever asks for it records what it is
    case: Case, kind: str, text: str, *, to: Identity, through: ChannelAccount, now: datetime
) -> Message:
    """It is on its way; nothing holds it back, and nobody can take it back."""
    return _on_its_way(case, kind, text, author=case.owner, to=to, through=through, now=now, goes_at=now)


def mail_held(  # no event: whoever asks for it records what it is
    case: Case, kind: str, text: str, *, author: Employee, to: Identity, through: ChannelAccount, now: datetime
) -> Message:
    """A person's words are on their way, and held like every reply: for 20 seconds they can be taken back."""
    return _on_its_way(case, kind, text, author=author, to=to, through=through, now=now, goes_at=now + UNDO_WINDOW)


def _on_its_way(  # no event: whoever asks for it records what it is
    case: Case,
    kind: str,
    text: str,
    *,
    author: Employee,
    to: Identity,
    through: ChannelAccount,
    now: datetime,
    goes_at: datetime,
) -> Message:
    message = Message.objects.create(
        case=case,
        is_theirs=False,
        kind=kind,
        medium="email",
        author=author,
        identity=to,
        account=through,
        text=text,
        at=now,
        external_id=message_id(new_id(), through),
        is_held=goes_at > now,
    )
    Delivery.objects.create(message=message, account=through, identity=to, made_at=now, next_try_at=goes_at)
    ringing.wake(Delivery)
    return message
