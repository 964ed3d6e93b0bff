"""What is said in public, as programs tell and are told it: where it stands, how many stars, how far it reaches."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StrictFloat, StrictInt, model_validator

from kept.api.values import Moment
from kept.cases.models import Case, Posted, ReachReading
from kept.cases.reach import growth
from kept.channels.public_place import MOST_STARS, public_link

MOST_READINGS = 200
Number = Annotated[StrictInt | StrictFloat, Field(ge=0, le=MOST_STARS)]


def _link(written: str) -> str:
    if written and not public_link(written):
        raise ValueError("not a link such as https://example.org/review/1")
    return written


Link = Annotated[str, Field(max_length=1000), AfterValidator(_link)]


class Rating(BaseModel):
    """So many of so many."""

    scale: Number
    value: Number

    @model_validator(mode="after")
    def _fits(self) -> Rating:
        if not 0 < self.scale >= self.value:
            raise ValueError("the value lies between 0 and the scale")
        return self


class PostedOut(BaseModel):
    """Where a public word stands: the place as people call it, its link, the stars given there."""

    place: str
    url: str | None
    rating: Rating | None


class ReadingOut(BaseModel):
    """What was known of one post at one moment; NULL for what that place does not tell."""

    message: str
    at: Moment
    by: str | None
    followers: int | None
    reposts: int | None
    likes: int | None
    replies: int | None
    views: int | None
    reach: int


class ReachOut(BaseModel):
    """How far a matter reached: as far as any of its posts, until it ended; `an_hour`: how many more people each hour now."""

    case: str
    reach: int | None
    an_hour: int
    readings: list[ReadingOut]


def posted_out(posted: Posted) -> PostedOut:
    """Where it stands."""
    rating = posted.rating
    return PostedOut(
        place=posted.place,
        url=posted.url or None,
        rating=Rating(value=float(rating[0]), scale=float(rating[1])) if rating else None,
    )


def readings_of(case: Case) -> list[ReachReading]:
    """The newest readings of its posts, newest first."""
    rows = ReachReading.objects.filter(message__case=case).select_related("message", "by")
    return list(rows.order_by("-id")[:MOST_READINGS])


def reading_out(reading: ReachReading) -> ReadingOut:
    """One reading."""
    numbers = {name: getattr(reading, name) for name in ("followers", "reposts", "likes", "replies", "views", "reach")}
    by = reading.by.name if reading.by else None
    return ReadingOut(message=str(reading.message.public_id), at=reading.at, by=by, **numbers)


def reach_out(case: Case, *, now: datetime) -> ReachOut:
    """Of the whole matter: each post grows on its own."""
    readings = readings_of(case)
    posts: dict[int, list[ReachReading]] = defaultdict(list)
    for reading in readings:
        if now - reading.at < timedelta(hours=3):
            posts[reading.message_id].append(reading)
    an_hour = sum(growth(of_post, now=now) for of_post in posts.values())
    told = [reading_out(reading) for reading in readings]
    return ReachOut(case=str(case.public_id), reach=case.reach, an_hour=an_hour, readings=told)
