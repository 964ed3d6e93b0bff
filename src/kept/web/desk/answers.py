"""What a customer answered in a survey, on top of the case that it became: the number, the question, their words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from kept.cases.models import Case
from kept.surveys.measures import Wording, scale_of, wording_of
from kept.surveys.models import Response


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer with the question as it was asked, in the language it was asked in."""

    response: Response
    wording: Wording
    highest: int

    @property
    def further(self) -> list[tuple[str, str]]:
        """The further questions that they answered, each with its answer."""
        pairs = zip(self.wording.further, self.response.further, strict=False)
        return [(question, answer) for question, answer in pairs if answer]


def answers_on(case: Case) -> list[Answered]:
    """What stands on top of it, oldest first; looked for only where a word of theirs came by a survey."""
    if case.account.kind != "survey" and "survey" not in case.media.split():
        return []
    found = Response.objects.filter(Q(case=case) | Q(case__joined_into=case)).select_related("version__survey", "invitation")
    return [
        Answered(one, wording_of(one.version, one.language or "en"), scale_of(one.version.survey.measure).highest)
        for one in found.order_by("id")
    ]
