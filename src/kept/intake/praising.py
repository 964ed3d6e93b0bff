"""An answer to a survey, as the reader of good words takes it: recognition and surveys do not know each other."""

from __future__ import annotations

from datetime import datetime

from kept.recognition.models import Recognition
from kept.recognition.noticing import notice_praise_in_response
from kept.surveys.models import Response


def notice_praise_in_answer(response: Response, *, now: datetime) -> list[Recognition]:
    """Whoever helped them, and whom their words praise where these ask for nothing, waits for a person to say who it was."""
    line = response.survey.line
    return notice_praise_in_response(
        response.words,
        named=response.named,
        went_well=line is None or response.score is None or response.score > line,
        customer=response.customer,
        case=response.case,
        place=response.place,
        consent=response.consent,
        source_key=f"response:{response.pk}",
        said_at=response.changed_at,
        now=now,
    )
