"""How far a story goes: as far as its customer's last word says, once a person has read it as shown."""

from __future__ import annotations

from datetime import datetime

from kept.stories.models import Consent, Story, StoryState


def last_word(story: Story) -> Consent | None:
    """What its customer said last; None while they said nothing."""
    return Consent.objects.filter(story=story, says_yes__isnull=False).order_by("-id").first()


def name_to_show(story: Story, consent: Consent) -> str:
    """Their first name as far as they let it be known; empty: kept back."""
    name = story.customer.name.strip() if story.customer else ""
    return name.split()[0] if consent.with_name and name else ""


def share_if_ready(story: Story, *, now: datetime) -> bool:  # no event: whoever said yes, or read it, is recorded
    """It is shared as far as they said, if a person saw the words and they said yes. False: it still waits for one of these."""
    said = last_word(story)
    if said is None or not said.says_yes or story.redacted_at is None:
        return False
    story.state, story.scope, story.name_shown = StoryState.SHARED, said.scope, name_to_show(story, said)
    story.shared_at, story.withdrawn_at = story.shared_at or now, None
    story.save(update_fields=["state", "scope", "name_shown", "shared_at", "withdrawn_at"])
    return True
