"""How far a public post reaches, as a program sees it there; each rung is told as when Kept looks itself."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StrictInt

from kept.api.acting import in_one_piece
from kept.api.asking import Asked
from kept.api.entering import speaker
from kept.api.finding import find_case, named
from kept.api.in_public import ReachOut, reach_out
from kept.api.problems import Wrong
from kept.api.values import Id
from kept.cases.models import Case, Message
from kept.cases.reach import MOST, Counted, write_reach
from kept.lib import clock

router = Router(tags=["cases"])
router.add_decorator(in_one_piece)
People = Annotated[StrictInt, Field(ge=0, le=MOST)]


class ReachIn(Asked):
    """What stands beside a post just now; at least one number. `message`: which post; the last one if none is named."""

    message: Id | None = None
    followers: People | None = None
    reposts: People | None = None
    likes: People | None = None
    replies: People | None = None
    views: People | None = None


@router.get("/cases/{id}/reach", response=ReachOut)
def show_reach(request: HttpRequest, id: str) -> ReachOut:
    """How far it reaches, how fast that grows, and every reading."""
    return reach_out(find_case(request, id), now=clock.now())


@router.post("/cases/{id}/reach", response={201: ReachOut})
def keep_reach(request: HttpRequest, id: str, seen: ReachIn) -> Status[ReachOut]:
    """The reading stands on the matter, and whoever a newly passed rung names was told."""
    case, now = find_case(request, id), clock.now()
    numbers = seen.model_dump(exclude={"message"})
    write_reach(_post(case, seen.message), Counted(**numbers), by=speaker(request, case), now=now)
    return Status(201, reach_out(find_case(request, id), now=now))


def _post(case: Case, id: str | None) -> Message:
    posts = Message.objects.filter(case=case, is_theirs=True, medium="post")
    found = named(posts, id, field="message") if id else posts.order_by("-id").first()
    if found is None:
        raise Wrong("message", _("nothing of this was said in public"))
    return found
