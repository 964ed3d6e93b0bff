"""Their words by a call, a letter, a visit, anything: kept first, then filed, as at every other door."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import Router
from ninja.responses import Status

from kept.accounts.opening import account_of_kind
from kept.api.acting import idempotency_key, other_body
from kept.api.asking import ContactIn
from kept.api.entering import token_of
from kept.api.finding import named, visible_cases
from kept.api.problems import too_large
from kept.api.schemas import ContactKept
from kept.intake.accepting import Receipt, accept
from kept.intake.awaiting import file_within
from kept.intake.models import Arrival, Filed
from kept.lib import clock

router = Router(tags=["contacts"])


@router.post("/contacts", response={201: ContactKept, 202: ContactKept})
def keep_contact(request: HttpRequest, told: ContactIn) -> Status[ContactKept] | JsonResponse:
    """201: their words are kept and on a case. 202: they are kept, and filed as soon as somebody is here who can own them.

    The same Idempotency-Key brings the same contact, however often it is sent.
    """
    if len(request.body) > settings.MAX_CONTACT_BYTES:
        return too_large()
    now, key = clock.now(), idempotency_key(request)
    account = account_of_kind("by_hand", now=now)
    key = f"token:{token_of(request).pk}:{key}" if key else ""
    envelope = _envelope(request, told)
    if key and _was_for_other_words(request, Arrival.objects.filter(account=account, key=key).first()):
        raise other_body()
    receipt = accept(account, request.body, envelope, key=key, reached_us_at=now)
    if not receipt.is_new and _was_for_other_words(request, Arrival.objects.get(pk=receipt.arrival_id)):
        raise other_body()
    filed = _file(receipt)
    if filed is None or filed.message is None:
        return Status(202, ContactKept(case=None, message=None, receipt=str(receipt.receipt)))
    case, message = str(filed.message.case.public_id), str(filed.message.public_id)
    return Status(201, ContactKept(case=case, message=message, receipt=str(receipt.receipt)))


def _envelope(request: HttpRequest, told: ContactIn) -> dict[str, str]:
    token = token_of(request)
    envelope = {"content-type": "application/json", "through": f"apitoken:{token.pk}"}
    if token.employee is not None:
        envelope["written_by"] = str(token.employee.pk)
    if told.case:
        envelope["case-key"] = str(named(visible_cases(request), told.case, field="case").public_id)
    return envelope


def _was_for_other_words(request: HttpRequest, earlier: Arrival | None) -> bool:
    return earlier is not None and earlier.bytes != request.body


def _file(receipt: Receipt) -> Filed | None:
    """What the contact became; None when it could not be filed within 2 s, or waits until somebody is here."""
    if not file_within(receipt.arrival_id, now=clock.now()):
        return None
    return Filed.objects.filter(arrival_id=receipt.arrival_id, ordinal=0).select_related("message__case").first()
