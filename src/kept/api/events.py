"""The feed of everything that happened, once it is sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated

from django.db.models import Model
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from kept.accounts.models import ChannelAccount
from kept.api.entering import token_of
from kept.api.paging import USUAL, Limit
from kept.api.schemas import EventOut, EventPage, Thing
from kept.cases.models import Case, Message, Note
from kept.causes.models import Cause
from kept.people.models import ApiToken, Customer, Employee
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.timeline.happenings import HAPPENINGS, Audience, sentence
from kept.timeline.models import Event

router = Router(tags=["events"])
After = Annotated[int, Field(ge=0, le=2**63 - 1, description="Events with a higher number, in their order.")]
THINGS: dict[str, tuple[type[Model], str]] = {
    "case": (Case, "subject"),
    "customer": (Customer, "name"),
    "employee": (Employee, "name"),
    "channelaccount": (ChannelAccount, "name"),
    "message": (Message, "medium"),
    "note": (Note, ""),
    "promise": (Promise, "what"),
    "cause": (Cause, "title"),
    "apitoken": (ApiToken, "name"),
    "recognition": (Recognition, ""),
}
ONLY_OURS = {"duty", "verdict"}
"""Facts that name a row which has no id outside."""
Known = dict[tuple[str, int], Thing]


@router.get("/events", response=EventPage)
def list_events(request: HttpRequest, after: After = 0, limit: Limit = USUAL) -> EventPage:
    """What happened after event number `after`, as far as this token may read it. Ask again with `last` for what is newer."""
    sealed = Event.objects.filter(number__gt=after, kind__in=_readable(request)).order_by("number")
    found = list(sealed[: limit + 1])
    events = found[:limit]
    known = _known(events)
    items = [_shown(event, known) for event in events]
    last = items[-1].number if items else after
    return EventPage(items=items, next=last if len(found) > limit else None, last=last)


def _readable(request: HttpRequest) -> list[str]:
    token = token_of(request)
    leads = token.employee.leads_others if token.employee else "all" in token.scopes.split(",")
    is_admin = token.employee.is_admin if token.employee else leads
    audiences = {Audience.CUSTOMER, Audience.DESK}
    audiences |= {Audience.MANAGERS} if leads else set()
    audiences |= {Audience.ADMINS} if is_admin else set()
    return [kind for kind, happening in HAPPENINGS.items() if happening.audience in audiences]


def _known(events: Iterable[Event]) -> Known:
    """Every row these events name, with its id and name outside."""
    wanted = defaultdict[str, set[int]](set)
    for event in events:
        for kind, key in _names(event):
            wanted[kind].add(key)
    known: Known = {}
    for kind in wanted.keys() & THINGS.keys():
        model, name = THINGS[kind]
        columns = ["pk", *(["public_id"] if kind != "apitoken" else []), *([name] if name else [])]
        for row in model._default_manager.filter(pk__in=wanted[kind]).values(*columns):
            id = row.get("public_id")
            known[kind, row["pk"]] = Thing(kind=kind, id=str(id) if id else None, name=row.get(name) or None)
    return known


def _names(event: Event) -> Iterable[tuple[str, int]]:
    for name in (event.about, event.by, event.facts.get("through", "")):
        kind, _colon, key = str(name).partition(":")
        if key.isdecimal():
            yield kind, int(key)
    for kind in ("message", "note", "promise", "cause"):
        if isinstance(key := event.facts.get(kind), int):
            yield kind, key


def _shown(event: Event, known: Known) -> EventOut:
    by = _thing(event.by, known)
    facts = {name: _outside(name, fact, known) for name, fact in event.facts.items() if name not in ONLY_OURS}
    return EventOut(
        number=event.number or 0,
        kind=event.kind,
        at=event.at,
        about=_thing(event.about, known),
        by=by,
        says=sentence(event.kind, event.facts, by_name=by.name or "Kept"),
        facts=facts,
    )


def _thing(name: str, known: Known) -> Thing:
    kind, _colon, key = name.partition(":")
    found = known.get((kind, int(key))) if key.isdecimal() else None
    return found or Thing(kind=kind, id=None, name=None)


def _outside(name: str, fact: object, known: Known) -> object:
    if name in {"message", "note", "promise", "cause"} and isinstance(fact, int):
        return known[name, fact].id if (name, fact) in known else None
    if name == "through":
        return _thing(str(fact), known).name
    return fact
