"""What is left out of the words: each place with its reason; more is covered by naming it, and brought back by a tick."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.stories.models import Story, StoryState
from kept.stories.redacting import LEFT_OUT, called
from kept.stories.sources import as_said
from kept.text.redacting import Private, cover
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_PHRASES = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the words as they were said. `what`: why it is covered; empty: it is shown."""

    text: str
    what: str = ""
    number: int = -1
    """Which of the covered places it is."""


def pieces_of(story: Story) -> list[Piece]:
    """Their words in order, what is covered and what is shown."""
    said, places = _basis(story)
    found, at = list[Piece](), 0
    for number, one in enumerate(places):
        found += [Piece(said[at : one.start])] if said[at : one.start] else []
        found.append(Piece(said[one.start : one.end], one.what, number))
        at = one.end
    return [*found, Piece(said[at:])] if said[at:] else found


def why() -> dict[str, str]:
    """The reason for each kind of covered place."""
    return {
        "name": _("a name that Kept knows of them, of somebody on the matter, or of one of us"),
        "handle": _("a name that somebody uses elsewhere"),
        "email": _("an e-mail address"),
        "phone": _("a telephone number"),
        "address": _("an address, or a part of one"),
        "number": _("a number that belongs to them: an order, an account"),
        "link": _("a link, which may lead to them"),
        LEFT_OUT: _("left out by one of us"),
    }


@transaction.atomic
def change_what_is_covered(
    story: Story, *, bring_back: Collection[int], also: Sequence[str], by: Employee, now: datetime
) -> None:
    """The places named in `also` are covered, those numbered in `bring_back` are shown again; the words must be read anew."""
    now_so = Story.objects.select_for_update().get(pk=story.pk)
    if now_so.state != StoryState.CHOSEN:
        raise Refusal(_("They were asked about these very words; they cannot be changed any more."))
    said, places = _basis(now_so)
    kept = [one for number, one in enumerate(places) if number not in bring_back]
    covered = _apart([*kept, *_named(said, also)])
    words = cover(said, covered, called())
    if not re.search(r"\w", re.sub(r"\[[^]]*\]", "", words)):
        raise Refusal(_("Nothing would be left of their words."))
    story.covered, story.words = [[one.start, one.end, one.what] for one in covered], words
    story.redacted_by, story.redacted_at = None, None
    story.save(update_fields=["covered", "words", "redacted_by", "redacted_at"])
    record(story.line, Happened.STORY_COVERED, at=now, by=by, story=story.pk)


def _basis(story: Story) -> tuple[str, list[Private]]:
    """The words as they were said and what of them is covered; where they are gone or changed since, the words as shown."""
    said = as_said(story)
    places = [Private(int(start), int(end), str(what)) for start, end, what in story.covered]
    if said and re.sub(r"\[[^]]*\]", "[]", cover(said, places, {})) == re.sub(r"\[[^]]*\]", "[]", story.words):
        return said, places
    return story.words, []


def _named(said: str, also: Sequence[str]) -> Iterator[Private]:
    """Every place where one of these stands, whatever its case and its line breaks. Refuses what stands nowhere."""
    phrases = [phrase.split() for phrase in also if phrase.strip()]
    if len(phrases) > MOST_PHRASES:
        raise Refusal(_("So many at once? Leave out %(most)d places at a time.") % {"most": MOST_PHRASES})
    for phrase in phrases:
        within = r"\s+".join(map(re.escape, phrase))
        found = list(re.finditer(rf"(?<!\w){within}(?!\w)" if phrase[0][0].isalnum() else within, said, re.IGNORECASE))
        if not found:
            raise Refusal(
                _("“%(phrase)s” does not stand in their words. Write it as it stands there.") % {"phrase": " ".join(phrase)}
            )
        for one in found:
            yield Private(one.start(), one.end(), LEFT_OUT)


def _apart(places: list[Private]) -> list[Private]:
    """In order, none within another."""
    apart: list[Private] = []
    for one in sorted(places, key=lambda one: (one.start, -one.end)):
        last = apart[-1] if apart else None
        if last is not None and one.start < last.end:
            apart[-1] = Private(last.start, max(last.end, one.end), last.what if last.end >= one.end else LEFT_OUT)
        else:
            apart.append(one)
    return apart
