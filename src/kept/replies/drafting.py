"""A reply being written is kept as typed."""

from __future__ import annotations

from datetime import datetime

from kept.cases.models import Case, Message
from kept.people.models import Employee
from kept.replies.models import Draft


def save_draft(  # no event: a draft is nobody's word yet
    case: Case,
    text: str,
    *,
    by: Employee,
    now: datetime,
    kind: str = "",
    medium: str = "",
    saw_up_to: Message | None = None,
    saw_ours_up_to: int = 0,
) -> Draft:
    """The words as typed lie with the case for this writer; an empty text leaves no draft behind."""
    draft = Draft(
        case=case,
        author=by,
        text=text,
        answers=kind,
        medium=medium,
        saw_up_to=saw_up_to,
        saw_ours_up_to=saw_ours_up_to,
        saved_at=now,
    )
    if not text.strip():
        Draft.objects.filter(case=case, author=by).delete()
        return draft
    kept = {
        "text": text,
        "answers": kind,
        "medium": medium,
        "saw_up_to": saw_up_to,
        "saw_ours_up_to": saw_ours_up_to,
        "saved_at": now,
    }
    return Draft.objects.update_or_create(case=case, author=by, defaults=kept)[0]
