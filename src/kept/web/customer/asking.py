"""The question that stands on their own page after their yes: put there with it, answered through its own link."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import translation

from kept.cases.models import Case
from kept.lib.links import make_form_token, page_token
from kept.surveys.asking_on_a_page import ask_on_their_page, question_on
from kept.surveys.measures import scale_of, wording_of

log = logging.getLogger(__name__)


def ask_how_it_was(case: Case, *, now: datetime) -> None:
    """The question stands there, if they may be asked. Their yes has been heard by now, whatever becomes of the question."""
    try:
        ask_on_their_page(case, now=now)
    except Exception:
        log.exception("%s ended, but could not be asked about on its page.", case.about)


def question_for(case: Case, *, now: datetime) -> dict[str, object]:
    """`question`: what the page asks, None where it asks nothing."""
    invitation = question_on(case) if not case.is_open else None
    if invitation is None or invitation.version is None:
        return {"question": None}
    token = page_token("survey", invitation.public_id)
    return {
        "question": wording_of(invitation.version, translation.get_language() or "en"),
        "question_scale": scale_of(invitation.survey.measure),
        "question_token": token,
        "question_form_token": make_form_token(f"survey:{token}", now),
    }
