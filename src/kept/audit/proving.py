"""One Statement a day: the audit as it stood, with the seal's last link, so that nobody can count differently later."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from django.db import transaction

from kept.audit.counting import count
from kept.audit.models import Statement
from kept.timeline.happenings import Happened
from kept.timeline.models import Event
from kept.timeline.recording import record
from kept.timeline.sealing import seal


@transaction.atomic
def publish_the_audit(now: datetime) -> Statement | None:
    """Today's Statement stands; None when it stood already."""
    day = now.astimezone(UTC).date()
    if Statement.objects.filter(day=day).exists():
        return None
    seal()
    last = Event.objects.filter(number__isnull=False).order_by("-number").first()
    audit = count(now)
    counts = {**asdict(audit), "unaccounted": audit.unaccounted, "as_of": now.isoformat()}
    statement = Statement.objects.create(
        day=day, made_at=now, counts=counts, sealed_up_to=last.number or 0 if last else 0, chain=last.chain if last else None
    )
    record(statement, Happened.PUBLISHED, at=now, day=day.isoformat(), counts=counts)
    return statement
