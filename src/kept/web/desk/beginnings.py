"""The story that began something: chosen in a form, shown where that thing stands, as far as whoever looks may read it."""

from __future__ import annotations

from collections.abc import Iterable
from re import fullmatch
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from kept.people.models import Employee
from kept.stories.models import Story, StoryState

MOST: Final = 100


class BeganWith(forms.ChoiceField):
    """Choose a story of the library, or none. Cleans to its name, "story:3", or to nothing."""

    def __init__(self, **how: Any) -> None:
        super().__init__(label=gettext_lazy("The story that began it"), required=False, **how)

    def offer(self, me: Employee, *, chosen: str = "") -> None:
        """What this employee may choose."""
        self.choices = to_choose(me, chosen=chosen)


_KEPT_BACK: Final = gettext_lazy("a story that is not shared")


def to_choose(me: Employee, *, chosen: str = "") -> list[tuple[str, Any]]:
    """None, the newest shared stories, and the one that stands there already."""
    shared = Story.objects.visible_to(me).filter(state=StoryState.SHARED).order_by("-shared_at", "-id")[:MOST]
    known: dict[str, Any] = {story.about: story.title for story in shared}
    if chosen and chosen not in known:
        known[chosen] = stories_of([chosen], me).get(chosen, _KEPT_BACK)
    return [("", gettext_lazy("none yet")), *known.items()]


def stories_of(began_with: Iterable[str], me: Employee) -> dict[str, Story]:
    """The stories of these names, as far as this employee may read them; one query, none for nothing."""
    keys = {int(name.removeprefix("story:")) for name in began_with if fullmatch(r"story:\d{1,18}", name)}
    if not keys:
        return {}
    return {story.about: story for story in Story.objects.visible_to(me).filter(pk__in=keys)}
