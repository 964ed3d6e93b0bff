"""What came back: the customer was not answered, and the clock runs on from the old moment (R5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty
from kept.cases.models import Case, Message
from kept.cases.silence import recount
from kept.people.models import Identity
from kept.people.telling import tell
from kept.promises.unsaying import unsay
from kept.replies.models import Delivery
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def bounce(message_id: str, *, why: str, is_final: bool, now: datetime) -> Message | None:
    """Our message with this Message-ID came back. Final: it never reached them; else it is only late. None: not ours."""
    message = Message.objects.filter(external_id=message_id, is_theirs=False).exclude(external_id="").order_by("id").first()
    if message is None or message.failed_at is not None:
        return message
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("customer", "owner", "policy__calendar")
        .get(pk=message.case_id)
    )
    address = message.identity.value if message.identity is not None else ""
    if not is_final:
        record(case.about, Happened.NOT_DELIVERED, at=now, address=address, why=why, message=message.pk)
        return message
    message.failed_at, message.failure = now, why
    message.save(update_fields=["failed_at", "failure"])
    Delivery.objects.filter(message=message).update(bounced_at=now)
    if message.identity_id is not None:
        Identity.objects.filter(pk=message.identity_id, dead_at__isnull=True).update(dead_at=now)
    record(case.about, Happened.BOUNCED, at=now, address=address, why=why, message=message.pk)
    case.asked_at = case.asking_due_at = None
    case.save(update_fields=["asked_at", "asking_due_at"])
    recount(case, now=now)
    unsay(message, case=case, now=now)
    says = _("%(address)s does not take our words (%(why)s): reach %(name)s another way") % {
        "address": address,
        "why": why,
        "name": case.customer.known_as,
    }
    give_duty(case, "another_way", says, due_at=case.answer_due_at or now + timedelta(days=1), now=now)
    tell(case.owner, says, about=case.about, kind="delivery", at=now)
    return message
