"""The channel itself: the story of a customer's own, in the JSON that our own page keeps, becomes an Incoming."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, Raw, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.on_our_pages import OwnStory
from kept.channels.posted_fields import json_fields, posted_key, writer_in

SCOPES, ENDINGS = frozenset({"inside", "team_mail", "public"}), frozenset({"well", "badly"})


class OwnStorySettings(forms.Form):
    """All that can be said about the page on which customers tell a story."""

    asks_place = forms.ChoiceField(
        label=_("Ask where it was"), required=False, initial="yes", choices=[("yes", _("Yes")), ("no", _("No"))]
    )


class OwnStoryChannel(Channel):
    """What somebody lived through with us, told by themselves, and how far it may be told on."""

    kind = "own_story"
    label = gettext_noop("Stories of their own")
    can_send = False
    Settings = OwnStorySettings

    def dedupe_key(self, raw: Raw) -> str:
        """The page's one-time key, so that pressing twice is one story."""
        return posted_key(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One page, one Incoming. Raises Unreadable where it is not what our page keeps."""
        fields = json_fields(raw.body)
        if "words" not in fields:
            raise Unreadable("This is not what the page of stories keeps.")
        words, different = (clean_text(fields.get(name, "")).strip() for name in ("words", "different"))
        sender, called = writer_in(fields, raw)
        return [
            Incoming(
                sender=sender,
                name=called,
                text=f"{words}\n\n{different}".strip(),
                wish=clean_text(fields.get("wish", "")).strip(),
                medium="form",
                began_at=raw.reached_us_at,
                story=OwnStory(
                    words=words,
                    different=different,
                    ending=_one_of(ENDINGS, fields.get("ending", "")),
                    happened_on=_day(fields.get("on", ""), raw.reached_us_at),
                    place=clean_line(fields.get("place", ""), limit=60),
                    scope=_one_of(SCOPES, fields.get("far", "")),
                    with_name=fields.get("named", "") == "yes",
                ),
            )
        ]


def _one_of(known: frozenset[str], typed: str) -> str:
    return typed if typed in known else ""


def _day(typed: str, reached_us_at: datetime) -> date | None:
    """When it was, as they say; a day that is still to come is none, wherever on earth they are."""
    with suppress(ValueError):
        day = date.fromisoformat(typed[:10])
        return day if day <= (reached_us_at + timedelta(days=1)).date() else None
    return None
