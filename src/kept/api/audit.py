"""The audit adds up, to anyone who asks."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from kept.api.schemas import AuditOut
from kept.audit.counting import count
from kept.lib import clock

router = Router(tags=["audit"])


@router.get("/audit", response=AuditOut)
def show_audit(request: HttpRequest) -> AuditOut:  # noqa: ARG001
    """received = answered + waiting_in_time + waiting_late + nothing_to_answer + set_aside + duplicates + unaccounted (0)."""
    audit = count(clock.now())
    return AuditOut(**asdict(audit), unaccounted=audit.unaccounted)
