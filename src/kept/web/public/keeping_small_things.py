"""What was told at /seen/ is kept as a small thing for somebody; where an address was left, also as a customer's word."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_named
from kept.cases.models import Case, Message
from kept.channels.base import Raw
from kept.intake.accepting import accept
from kept.intake.awaiting import file_within
from kept.observations.holding_back import hold_back
from kept.observations.models import Observation
from kept.observations.photos import NO_PHOTO, keep_photo
from kept.observations.reporting import report
from kept.people.models import Employee
from kept.places.models import Touchpoint


def form_account() -> ChannelAccount | None:
    """The form by which customers write to us, so that they are acknowledged and answered like anybody else."""
    return ChannelAccount.objects.filter(kind="webform", closed_at__isnull=True).order_by("pk").first()


def keep_small_thing(
    says: str, *, point: Touchpoint, by: Employee | None, email: str, photo: bytes, sending: str, now: datetime
) -> Observation:
    """Somebody sees to it. Where an address was left, its writer has a matter with an owner, and is acknowledged at once.

    Raises Refusal, and what `accept` raises where nothing can be stored.
    """
    known = uuid.UUID(bytes=hashlib.sha256(sending.encode()).digest()[:16]) if sending else None
    if by is None and not (known and Observation.objects.filter(public_id=known).exists()):
        hold_back(point, now=now)
    picture = keep_photo(photo) if photo else NO_PHOTO
    case = _as_their_word(says, point=point, email=email, sending=sending, now=now) if email and by is None else None
    customer = case.customer if case else None
    return report(says, by=by, customer=customer, touchpoint=point, told_on=case, photo=picture, id=known, now=now)


def set_aside_as_a_robot(says: str, *, point: Touchpoint, trap: str, sending: str, now: datetime) -> None:
    """Whoever filled what people do not see is kept where robots are kept, and can be brought back by a person (R1)."""
    _keep(says, point=point, email="", sending=sending, trap=trap, now=now)


def _as_their_word(says: str, *, point: Touchpoint, email: str, sending: str, now: datetime) -> Case | None:
    """Their matter; None while it waits to be filed."""
    arrival = _keep(says, point=point, email=email, sending=sending, trap="", now=now)
    if arrival is None or not file_within(arrival, now=now):
        return None
    word = Message.objects.filter(arrival_id=arrival, is_theirs=True).select_related("case__customer").order_by("id").first()
    return word.case if word else None


def _keep(says: str, *, point: Touchpoint, email: str, sending: str, trap: str, now: datetime) -> int | None:
    account = form_account()
    if account is None:
        return None
    fields = {"email": email, "subject": _("Noticed: %(where)s") % {"where": point.name}, "message": says}
    body = urlencode(fields).encode()
    envelope = {"content-type": "application/x-www-form-urlencoded", "form-nonce": sending, "trap": trap[:200]}
    key = channel_named(account.kind)(account.settings).dedupe_key(Raw(body, envelope, now))
    return accept(account, body, envelope, key=key, reached_us_at=now).arrival_id
