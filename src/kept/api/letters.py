"""Letters of ours: who posts them for the house says on which day, and until the end of that day takes it back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from kept.api.acting import in_one_piece
from kept.api.asking import Asked, Code
from kept.api.entering import speaker
from kept.api.finding import find_message
from kept.api.schemas import Delivered
from kept.api.showing import delivery_of
from kept.api.values import Moment
from kept.letters.posting import say_posted
from kept.letters.unposting import take_back_posting
from kept.lib import clock
from kept.replies.models import Letter

router = Router(tags=["letters"])
router.add_decorator(in_one_piece)


def _day(written: object) -> date:
    try:
        return date.fromisoformat(written if isinstance(written, str) and len(written) == 10 else "")
    except ValueError:
        raise ValueError("not a day such as 2026-06-30") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day of the calendar as we are told it."""


class PostedIn(Asked):
    """On which day it went into the post, where the house stands. `despite` names the doubts that do not stop it."""

    posted_on: Day
    despite: Literal["all"] | Annotated[list[Code], Field(max_length=50)] = []


class LetterOut(BaseModel):
    """A letter of ours: by when it is to be in the post, and since which day it is."""

    message: str
    post_by: Moment
    posted_on: date | None
    delivery: Delivered


@router.post("/messages/{id}/posted", response={200: LetterOut})
def post_letter(request: HttpRequest, id: str, said: PostedIn) -> Status[LetterOut]:
    """This letter is in the post: an answer stops the clock, promises bind. 409 with the doubts that `despite` does not name."""
    letter = _find_letter(request, id)
    despite = frozenset(["all"] if said.despite == "all" else said.despite)
    say_posted(letter, on=said.posted_on, by=speaker(request, letter.message.case), now=clock.now(), despite=despite)
    return Status(200, _shown(request, id))


@router.post("/messages/{id}/not-posted", response={200: LetterOut})
def take_posting_back(request: HttpRequest, id: str) -> Status[LetterOut]:
    """It was not posted after all; only on the day on which it was said."""
    letter = _find_letter(request, id)
    take_back_posting(letter, by=speaker(request, letter.message.case), now=clock.now())
    return Status(200, _shown(request, id))


def _find_letter(request: HttpRequest, id: str) -> Letter:
    """The letter with this message, as far as this token may see it; 404 for any other message."""
    message = find_message(request, id)
    letter = Letter.objects.filter(message=message).first()
    if letter is None:
        raise Http404
    letter.message = message
    return letter


def _shown(request: HttpRequest, id: str) -> LetterOut:
    letter = _find_letter(request, id)
    return LetterOut(
        message=str(letter.message.public_id),
        post_by=letter.due_at,
        posted_on=letter.posted_on,
        delivery=delivery_of(letter.message),
    )
