"""What was chosen on a page or asked for in its address: a row by its public id, a spot in a list of people."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest

from kept.numbers.people_behind import Spot


def id_in(typed: str) -> uuid.UUID:
    """What was chosen; the nil UUID, which names nothing, where nothing was."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.UUID(int=0)


def spot_in(request: HttpRequest) -> Spot | None:
    """Where the page before ended; None at the beginning. Raises Http404 for what is no spot."""
    asked = request.GET.get("after", "")
    try:
        return Spot.read(asked) if asked else None
    except ValueError:
        raise Http404 from None
