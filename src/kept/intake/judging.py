"""Is this contact a customer's word, a repeat, a robot, or history? The order of the questions matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.cases.models import Message
from kept.cases.withdrawing import withdraw
from kept.channels.base import Incoming
from kept.intake.models import Arrival, Fate
from kept.lib.ready import ready
from kept.replies.bouncing import bounce
from kept.surveys.coming_back import come_back

PULLED = {"internaldate", "feed"}
"""What stands in the envelope of everything that Kept fetched: it may be older than our being there (R1)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The fate of one contact, why, and the message it became or repeats."""

    fate: Fate
    why: str = ""
    message: Message | None = None

    def about(self, message: Message) -> Judged:
        """The same, now that the message exists."""
        return replace(self, message=message)


def judge(incoming: Incoming, arrival: Arrival) -> Judged:
    """What this contact is. Bounces of ours are acted on here: they are a status of a message, not somebody's word."""
    if incoming.kind == "bounce" or incoming.automatic == "bounce":
        return _bounced(incoming, now=arrival.reached_us_at)
    if incoming.kind == "delete":
        return Judged(Fate.STATUS, message=withdraw(incoming.external_id, account=arrival.account, now=arrival.reached_us_at))
    if incoming.began_at < arrival.account.start_line_at and arrival.envelope.keys() & PULLED:
        return Judged(Fate.BEFORE_KEPT)
    if repeated := _repeated(incoming):
        return Judged(Fate.DUPLICATE, message=repeated)
    if arrival.envelope.get("trap"):
        return Judged(Fate.SET_ASIDE, why="robot")
    if incoming.automatic:
        return Judged(Fate.SET_ASIDE, why=incoming.automatic)
    if _from_ourselves(incoming):
        return Judged(Fate.SET_ASIDE, why="loop")
    return Judged(Fate.MESSAGE)


def _bounced(incoming: Incoming, *, now: datetime) -> Judged:
    came_back, why = incoming.bounced_message_id, incoming.text.strip()[:300] or "returned"
    message = bounce(came_back, why=why, is_final=incoming.bounce_is_final, now=now) if came_back else None
    if message is None and come_back(came_back, why=why, is_final=incoming.bounce_is_final, now=now) is not None:
        return Judged(Fate.STATUS)
    return Judged(Fate.STATUS, message=message) if message else Judged(Fate.SET_ASIDE, why="bounce")


def _repeated(incoming: Incoming) -> Message | None:
    """The same Message-ID *and* the same content: one message. The same id with other words is another message (I2)."""
    if not incoming.external_id or not incoming.content_hash:
        return None
    return _same_words.first(external_id=incoming.external_id, content_hash=incoming.content_hash)


@ready
def _same_words(external_id: str, content_hash: str) -> QuerySet[Message]:
    same = Message.objects.filter(external_id=external_id, content_hash=content_hash, is_theirs=True)
    return same.order_by("id")[:1]


def _from_ourselves(incoming: Incoming) -> bool:
    addresses = [handle.value for handle in incoming.sender if handle.kind == "email"]
    return bool(addresses) and ChannelAccount.objects.filter(address__in=addresses, closed_at__isnull=True).exists()
