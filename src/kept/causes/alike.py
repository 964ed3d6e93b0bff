"""Matters that look alike and have no root yet: "these six look alike, is there one root?" A person says so, or says no (R12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kept.causes.likeness import Weights, pairs
from kept.causes.matters import Matter
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.themes import in_words
from kept.people.models import Employee
from kept.people.presence import house
from kept.people.telling import tell
from kept.places.models import Place, Touchpoint
from kept.text.words import folded, stem, words
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

AT_LEAST = 5
OF_SO_MANY = 3
"""Different customers: five matters of one person are that person's."""
AT_ONCE = 3
"""So many new ones an hour at most: a long list of guesses helps nobody."""
MOST_TOGETHER = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Some matters without a root, and what they have in common."""

    matters: tuple[Matter, ...]
    why: str
    theme: str = ""
    touchpoint: int | None = None
    words: tuple[str, ...] = ()

    @property
    def is_many(self) -> bool:
        """Enough of them, of enough people, to ask whether there is one root."""
        return len(self.matters) >= AT_LEAST and len({matter.customer for matter in self.matters}) >= OF_SO_MANY


def propose_new_roots(matters: Sequence[Matter], weights: Mapping[int, Weights], *, now: datetime) -> int:
    """What looks alike is a proposed cause, and who leads there is asked once. Returns how many are new."""
    free = _without_a_root(matters)
    proposed = 0
    while proposed < AT_ONCE and (group := _largest(free, weights)) is not None:
        if not _propose(group, now=now):
            break
        together = {matter.pk for matter in group.matters}
        free = [matter for matter in free if matter.pk not in together]
        proposed += 1
    return proposed


def _without_a_root(matters: Sequence[Matter]) -> list[Matter]:
    """Neither gathered nor proposed anywhere, nor among those that somebody called not one root."""
    stands = Q(refused_at__isnull=True) | Q(cause__state=CauseState.REFUSED)
    known = set(Gathered.objects.filter(stands, case__in=[m.pk for m in matters]).values_list("case", flat=True))
    return [matter for matter in matters if matter.pk not in known]


def _largest(free: Sequence[Matter], weights: Mapping[int, Weights]) -> Group | None:
    """The largest group by touchpoint and theme; only where there is none, by two rare words that all of them share."""
    found = max(_by_theme(free), key=lambda group: len(group.matters), default=None)
    if found is None or not found.is_many:
        found = max(_by_words(free, weights), key=lambda group: len(group.matters), default=None)
    return found if found is not None and found.is_many else None


def _by_theme(free: Iterable[Matter]) -> Iterator[Group]:
    together = defaultdict[tuple[int | None, str], list[Matter]](list)
    for matter in free:
        if matter.theme:
            together[matter.touchpoint, matter.theme].append(matter)
    for (touchpoint, theme), same in together.items():
        if (group := Group(tuple(same[:MOST_TOGETHER]), "theme", theme=theme, touchpoint=touchpoint)).is_many:
            yield group


def _by_words(free: Iterable[Matter], weights: Mapping[int, Weights]) -> Iterator[Group]:
    together = defaultdict[tuple[str, str], list[Matter]](list)
    for matter in free:
        for pair in pairs(weights[matter.pk]):
            together[pair].append(matter)
    for pair, same in together.items():
        if (group := Group(tuple(same[:MOST_TOGETHER]), "words", touchpoint=_common(same), words=pair)).is_many:
            yield group


def _common(same: Sequence[Matter]) -> int | None:
    """The touchpoint of all of them, if it is one."""
    touchpoints = {matter.touchpoint for matter in same}
    return touchpoints.pop() if len(touchpoints) == 1 else None


@transaction.atomic
def _propose(group: Group, *, now: datetime) -> bool:
    """False: nobody is there who could be asked."""
    touchpoint = Touchpoint.objects.select_related("place", "manager").filter(pk=group.touchpoint or 0).first()
    place = touchpoint.place if touchpoint else None
    owner = _whom_to_ask(touchpoint, place)
    if owner is None:
        return False
    count = len(group.matters)
    with translation.override(settings.LANGUAGE_CODE):
        title = _title(group, touchpoint)
        says = _("%(count)s matters look alike (%(title)s). Is there one root?") % {"count": count, "title": title}
    cause = Cause.objects.create(
        title=title, owner=owner, theme=group.theme, touchpoint=touchpoint, place=place, state=CauseState.PROPOSED, opened_at=now
    )
    Gathered.objects.bulk_create(Gathered(cause=cause, case_id=matter.pk, at=now, why=group.why) for matter in group.matters)
    record(cause, Happened.LOOKED_ALIKE, at=now, title=title, count=count)
    tell(owner, says, about=cause.about, kind="cause", at=now)
    return True


def _whom_to_ask(touchpoint: Touchpoint | None, place: Place | None) -> Employee | None:
    managers = [there.manager for there in (touchpoint, place) if there is not None]
    people = [*managers, house().duty_manager, house().head]
    return next((person for person in people if person is not None and person.is_active), None)


def _title(group: Group, touchpoint: Touchpoint | None) -> str:
    about = in_words(group.theme) or ", ".join(_as_written(word, group.matters) for word in group.words)
    title = f"{about} ({touchpoint.name})" if touchpoint else about
    return (title[:1].upper() + title[1:])[:160]


def _as_written(stem_of_word: str, matters: Iterable[Matter]) -> str:
    """The word as most of them write it."""
    written = Counter(word for matter in matters for word in words(matter.text) if stem(folded(word)) == stem_of_word)
    return written.most_common(1)[0][0] if written else stem_of_word
