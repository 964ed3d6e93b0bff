"""Who could be meant: everybody the words, the place or the case point to, each with the reason. A person decides (R12)."""

from __future__ import annotations

from collections.abc import Sequence

from kept.people.knowing import roster
from kept.people.models import Employee
from kept.recognition.models import Candidate, Recognition
from kept.text.names import Mention, find_people
from kept.text.words import folded, words

MOST_AT_A_PLACE = 12
LIKELY = {"place": 0.2, "job": 0.5, "owner": 0.3}


def propose(
    recognition: Recognition, *, mentions: Sequence[Mention]
) -> None:  # no event: PRAISE_NOTICED or PRAISE_GIVEN tells it
    """Its candidates stand beside it: whom the words or the hint name, who works at that place, who owns the case."""
    named = [*mentions, *(find_people(recognition.hint, roster()) if recognition.hint else ())]
    found: dict[int, tuple[str, float]] = {}
    for mention in named:
        why = "nickname" if mention.how == "nickname" else "named"
        found[mention.person_key] = max(found.get(mention.person_key, (why, 0.0)), (why, mention.likely), key=lambda one: one[1])
    for employee in _at_the_place(recognition):
        job = LIKELY["job"] if _does_that(employee, recognition) else LIKELY["place"]
        found.setdefault(employee.pk, ("place", job))
    if recognition.case is not None:
        found.setdefault(recognition.case.owner_id, ("owner", LIKELY["owner"]))
    known = set(recognition.candidates.values_list("employee_id", flat=True))
    new = [
        Candidate(recognition=recognition, employee_id=key, why=why, likely=likely)
        for key, (why, likely) in found.items()
        if key not in known
    ]
    Candidate.objects.bulk_create(new)


def add_candidate(recognition: Recognition, employee: Employee, *, why: str, likely: float) -> None:  # no event: see propose
    """It could have been this one, too."""
    Candidate.objects.get_or_create(recognition=recognition, employee=employee, defaults={"why": why, "likely": likely})


def _at_the_place(recognition: Recognition) -> list[Employee]:
    if recognition.place_id is None:
        return []
    return list(Employee.objects.filter(place=recognition.place_id, is_active=True).order_by("pk")[:MOST_AT_A_PLACE])


def _does_that(employee: Employee, recognition: Recognition) -> bool:
    """Their job is in the description: "the rider on Sunday"."""
    told = {folded(word) for word in words(f"{recognition.hint} {recognition.marked}") if len(word) > 3}
    return bool(told & {folded(word) for word in words(employee.job)})
