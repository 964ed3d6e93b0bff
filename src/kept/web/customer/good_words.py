"""Good words on the customer's own page: what became of theirs, and the one question after a happy end."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from kept.cases.models import Case, Outcome
from kept.lib.refusal import Refusal
from kept.outcomes.models import Reason
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.showing import Met, chosen, people_met_by
from kept.web.customer.opening import Opened
from kept.web.public.keeping_good_words import keep_good_word, takes_good_words
from kept.web.public.once import this_sending
from kept.web.public.speaking_of_somebody import SHOWN, GoodWord

THEY_SAID = ("page", "ending")
"""Only what they gave as a good word is shown while we look for whom it was; what we noticed ourselves, once it is passed on."""


def good_words_on(case: Case, *, now: datetime) -> dict[str, object]:
    """`praises` of theirs on this matter, and whom they may name now that it ended well (None: not asked)."""
    found = Recognition.objects.filter(case=case).exclude(state=RecognitionState.NOT_PRAISE)
    praises = found.select_related("employee", "manager").order_by("said_at", "id")
    return {
        "praises": [praise for praise in praises if praise.is_passed_on or praise.source in THEY_SAID],
        "may_name": people_met_by(case.customer, now=now) if _is_asked(case) else None,
        "show_choices": SHOWN,
    }


def _is_asked(case: Case) -> bool:
    """Once, after their own yes: was there somebody who made the difference?"""
    if (case.outcome, case.outcome_reason) != (Outcome.WHITE, Reason.SAID) or not takes_good_words():
        return False
    said = Recognition.objects.filter(customer=case.customer, source="ending", said_at__gte=case.ended_at)
    return not said.exists()


def name_somebody(request: HttpRequest, opened: Opened, *, now: datetime) -> str:
    """Their good word is kept as a matter of its own. Returns its receipt's token. Refuses an empty one; raises Busy."""
    if opened.case is None:
        raise ValueError("there is no case yet whose people could be named")
    typed = GoodWord(request.POST)
    if not typed.is_valid():
        raise Refusal(" ".join(str(error) for errors in typed.errors.values() for error in errors))
    people: list[Met] = people_met_by(opened.case.customer, now=now)
    person = chosen(people, typed.cleaned_data["who"])
    said = {name: str(typed.cleaned_data[name]) for name in ("words", "hint", "show")}
    return keep_good_word(
        {**said, "who": str(person.public_id) if person else "", "name": opened.case.customer.name, "source": "ending"},
        sending=this_sending(request, opened.token),
        proven=opened.identity.value if opened.identity and opened.identity.kind == "email" else "",
        now=now,
    )
