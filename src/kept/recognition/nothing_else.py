"""A case that held nothing but good words: passed on, its writer told, it ends white with the reason praise (R8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.minding import classify
from kept.cases.models import Case, Message, Settled
from kept.cases.resting import rest
from kept.outcomes.hearing import pass_on as end_as_passed_on
from kept.people.models import Employee
from kept.promises.keeping import hear_the_next_word
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.text.questions import find_questions

PRAISE = "praise"


@transaction.atomic
def end_if_only_praise(
    case: Case, *, by: Employee, now: datetime, says_so: bool = False
) -> bool:  # no event: classify, rest and end record it
    """True when it is over: every word that waits is a good word that reached its person, and they know.

    Only where a person has called it praise, or does so now (`says_so`); never with a wish, a question or a promise in it.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("customer", "owner", "policy__calendar").get(pk=case.pk)
    waiting = list(Message.objects.filter(case=case, is_theirs=True, settled=Settled.WAITING).order_by("id"))
    if not case.is_open or case.wish or not (says_so or case.kind == PRAISE) or not _is_only_praise(case, waiting):
        return False
    if case.kind != PRAISE:
        classify(case, PRAISE, by=by, now=now)
    for message in waiting:
        rest(message, by=by, because=_("a good word, passed on"), now=now)
    hear_the_next_word(case, now=now)
    case.refresh_from_db()
    end_as_passed_on(case, by=by, now=now)
    return True


def _is_only_praise(case: Case, waiting: list[Message]) -> bool:
    words = Recognition.objects.filter(case=case)
    if words.filter(writer_told_at__isnull=True).exclude(state="not_praise").exists():
        return False
    passed_on = set(words.filter(state="passed_on", message__isnull=False).values_list("message_id", flat=True))
    if any(message.pk not in passed_on or message.wish or find_questions(message.text) for message in waiting):
        return False
    return bool(passed_on) and not Promise.objects.owed().filter(case=case, is_next_word=False).exists()
