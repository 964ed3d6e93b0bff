"""A question that came back undelivered: they were not asked, and nobody counts them among those who said nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.people.models import Customer, Identity
from kept.surveys.models import Invitation, InvitationState
from kept.surveys.writing import REMINDER
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def come_back(message_id: str, *, why: str, is_final: bool, now: datetime) -> Invitation | None:
    """The mail with this Message-ID came back. Final: they were never asked, and the address is dead. None: not ours."""
    invitation = invitation_of(message_id)
    if invitation is None or invitation.state != InvitationState.SENT or not is_final:
        return invitation
    address = invitation.identity.value if invitation.identity is not None else ""
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.FAILED, why="came_back", next_try_at=None)
    invitation.refresh_from_db(fields=["state", "why", "next_try_at"])
    if invitation.identity_id is not None:
        Identity.objects.filter(pk=invitation.identity_id, dead_at__isnull=True).update(dead_at=now)
    before = Invitation.objects.filter(customer=invitation.customer_id, sent_at__isnull=False).exclude(pk=invitation.pk)
    last = before.exclude(state=InvitationState.FAILED).order_by("-sent_at").values_list("sent_at", flat=True).first()
    Customer.objects.filter(pk=invitation.customer_id, last_asked_at=invitation.sent_at).update(last_asked_at=last)
    record(f"customer:{invitation.customer_id}", Happened.INVITATION_CAME_BACK, at=now, address=address, why=why)
    return invitation


def invitation_of(message_id: str) -> Invitation | None:
    """The invitation that this mail of ours was, or reminded of."""
    known = message_id.removeprefix(REMINDER)
    return Invitation.objects.select_related("identity").filter(message_id=known).first() if known else None
