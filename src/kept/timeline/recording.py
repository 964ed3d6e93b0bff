"""Write down that something happened, in the transaction that changed it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from kept.timeline.happenings import Happened
from kept.timeline.models import Event

_through: ContextVar[str] = ContextVar("through", default="")


def name_of(thing: object) -> str:
    """Its name on the timeline: "case:42", "employee:3"; a string stands for itself, None is Kept."""
    if thing is None:
        return ""
    if isinstance(thing, str):
        return thing
    return f"{type(thing).__name__.lower()}:{getattr(thing, 'pk', '')}"


def record(about: object, kind: Happened, *, at: datetime, by: object = None, **facts: object) -> Event:
    """One Event stands in the history; `facts` are plain JSON values."""
    if through_whom := _through.get():
        facts = {**facts, "through": through_whom}
    return Event.objects.create(kind=kind, about=name_of(about), by=name_of(by), at=at, facts=facts)


@contextmanager
def through(token: object) -> Iterator[None]:
    """Whatever is recorded inside names the program (an API token) whose hand it was."""
    before = _through.set(name_of(token))
    try:
        yield
    finally:
        _through.reset(before)
