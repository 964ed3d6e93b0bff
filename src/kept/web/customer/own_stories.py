"""The stories of a customer on their own page: how far each goes, and the way to change that."""

from __future__ import annotations

from dataclasses import dataclass

from kept.lib.links import page_token
from kept.people.models import Customer
from kept.stories.models import Consent, Story, StoryState

MOST = 20


@dataclass(frozen=True, slots=True)
class Theirs:
    """One story of theirs. `token` opens the page on which they say how far it may go."""

    story: Story
    token: str


def stories_of(customer: Customer) -> list[Theirs]:
    """Those they were asked about or told themselves, the newest first; not what they refused or took back."""
    gone = [StoryState.REFUSED, StoryState.WITHDRAWN]
    asked = Consent.objects.filter(story__customer=customer, asked_at__isnull=False).exclude(story__state__in=gone)
    newest = {one.story_id: one for one in asked.select_related("story").order_by("id")}
    return [
        Theirs(one.story, page_token("consent", one.public_id)) for one in sorted(newest.values(), key=lambda one: -one.story_id)
    ][:MOST]
