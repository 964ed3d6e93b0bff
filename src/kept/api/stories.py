"""Stories, as far as their customers say: with a token of an employee what that person may read, else what anybody may."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from kept.api.acting import in_one_piece
from kept.api.entering import token_of
from kept.api.finding import by_public_id
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.schemas import Page
from kept.api.values import Id, Moment
from kept.stories.hearing import shown_to_everybody
from kept.stories.library import Wanted, narrowed
from kept.stories.models import Heard, Story, StoryQuerySet

router = Router(tags=["stories"])
router.add_decorator(in_one_piece)


class StoryOut(BaseModel):
    """One story as it may be shown. `name`: null where it is kept back. Never keep a copy: it may be taken back."""

    id: str
    title: str
    words: str
    ours: str
    different: str
    outcome: str | None
    touchpoint: str | None
    place: str | None
    name: str | None
    happened_on: date
    scope: Literal["inside", "team_mail", "public"]
    shared_at: Moment


class StoryPage(Page[StoryOut]):
    """Stories."""


class HeardOut(BaseModel):
    """You said, we did; `did` is empty while we are at it."""

    id: str
    said: str
    did: str
    published_at: Moment


class HeardPage(Page[HeardOut]):
    """What stands at /heard."""


@router.get("/stories", response=StoryPage)
def list_stories(
    request: HttpRequest,
    q: str = "",
    outcome: Literal["white", "black", "no_word", "small", "kept", ""] = "",
    touchpoint: str = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> StoryPage:
    """The shared ones, the newest first; narrowed by words, ending and touchpoint."""
    rows = narrowed(
        _readable(request), Wanted(words=q.replace("\x00", ""), outcome=outcome, touchpoint=touchpoint.replace("\x00", ""))
    )
    found, following = page(rows, by=("-id",), cursor=cursor, limit=limit)
    return StoryPage(items=[_out(story) for story in found], next=following)


@router.get("/stories/{id}", response=StoryOut)
def show_story(request: HttpRequest, id: Id) -> StoryOut:
    """One story; 404 from the moment it is taken back."""
    return _out(by_public_id(_readable(request), id))


@router.get("/heard", response=HeardPage)
def list_heard(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> HeardPage:  # noqa: ARG001 - every route gets it
    """What we heard and what we did about it, the newest first."""
    found, following = page(shown_to_everybody(), by=("-id",), cursor=cursor, limit=limit)
    return HeardPage(items=[_heard(one) for one in found], next=following)


def _readable(request: HttpRequest) -> StoryQuerySet:
    stories, employee = StoryQuerySet(Story).select_related("touchpoint", "place"), token_of(request).employee
    return stories.visible_to(employee).filter(state="shared") if employee else stories.public()


def _out(story: Story) -> StoryOut:
    told = ("title", "words", "ours", "different", "happened_on", "scope", "shared_at")
    return StoryOut.model_validate(
        {
            **{name: getattr(story, name) for name in told},
            "id": str(story.public_id),
            "outcome": story.outcome or None,
            "touchpoint": story.touchpoint.name if story.touchpoint else None,
            "place": story.place.name if story.place else None,
            "name": story.name_shown or None,
        }
    )


def _heard(heard: Heard) -> HeardOut:
    return HeardOut.model_validate(
        {"id": str(heard.public_id), "said": heard.said, "did": heard.did, "published_at": heard.published_at}
    )
