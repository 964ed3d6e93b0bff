"""One of the people behind a number, as far as whoever reads may know them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kept.people.models import Employee
from kept.surveys.behind import looks_after, may_know_who, may_read
from kept.surveys.measures import chosen_wording
from kept.surveys.models import Response


@dataclass(frozen=True, slots=True)
class Voice:
    """What they gave and wrote. `words` None: kept for who looks after it; `further`: question and answer."""

    response: Response
    who: str
    words: str | None
    further: list[tuple[str, str]]
    is_theirs: bool
    """This reader looks after it."""

    @property
    def leads_to_case(self) -> bool:
        """The matter it became may be opened by this reader without learning more than its writer allowed."""
        return self.response.case_id is not None and (self.is_theirs or self.response.consent == "name")


def voice_of(response: Response, reader: Employee) -> Voice:
    """As much of it as this reader may know."""
    readable = may_read(response, reader)
    return Voice(
        response,
        _who(response, reader),
        response.words if readable else None,
        _further(response) if readable else [],
        looks_after(response, reader),
    )


def _who(response: Response, reader: Employee) -> str:
    if response.customer is None:
        return _("Somebody without a name")
    return response.customer.known_as if may_know_who(response, reader) else _("Name kept back at their wish")


def _further(response: Response) -> list[tuple[str, str]]:
    # A further question stands in the order it was asked in, whatever the measure: the standard words have none.
    asked = chosen_wording("own", response.version.wording, response.language or get_language() or "en").further
    return [(question, str(answer)) for question, answer in zip(asked, response.further, strict=False) if answer]
