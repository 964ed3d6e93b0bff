"""A year at Marlow, lived in seconds through the same verbs as in life; the clock of the house then runs on by itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from kept.clock.duties import DUTIES
from kept.demo.advertised import they_stand
from kept.demo.asked import everybody_is_asked
from kept.demo.bought import books_are_brought
from kept.demo.by_hand import sees_to_it
from kept.demo.cast import Marlow
from kept.demo.known_stories import the_cast
from kept.demo.life import Story
from kept.demo.machines import a_mail_comes_back, a_person_on_a_list, an_offer_nobody_asked_for, letters_from_machines
from kept.demo.office_matters import OFFICE_MATTERS
from kept.demo.pizza_matters import PIZZA_MATTERS
from kept.demo.rooting_out import roots
from kept.demo.small_things import small_things
from kept.demo.stories import told
from kept.demo.telling import stories_are_told, we_say_what_we_did
from kept.demo.thanks import somebody_looks_who_was_meant
from kept.demo.town import Town

MATTERS = (*PIZZA_MATTERS, *OFFICE_MATTERS)
A_DAY = {0: 5, 1: 4, 2: 4, 3: 4, 4: 5, 5: 3, 6: 2}
"""New matters on each day of the week, as busy as it is now."""
BUSY_FOR = 45
"""Days; before that Marlow was a smaller house."""
BEFORE = 0.34
"""How much of today's business it had then."""


def live(now: datetime, days: int = 365, *, seed: int = 7) -> Marlow:
    """An empty, migrated database holds `days` of the sample house, ending at `now`: the same words for the same seed."""
    dice = Random(seed)  # noqa: S311 - a story, not a secret
    with _in_a_hurry():
        marlow = Marlow(now - timedelta(days=days))
        marlow.hires_the_others()
        town = Town(marlow, until=now, dice=dice)
        town.begins(town.ends_each_day(), town.now.replace(hour=18, minute=0, second=0, microsecond=0))
        town.begins(sees_to_it(town), town.now.replace(hour=15, minute=0, second=0, microsecond=0))
        for day in range(days + 1):
            _plan(town, marlow.clock.now + timedelta(days=day), dice, share=1.0 if days - day <= BUSY_FOR else BEFORE)
        town.begins(everybody_is_asked(town), town.now.replace(hour=11, minute=5, second=0, microsecond=0))
        town.begins(somebody_looks_who_was_meant(town), town.now.replace(hour=8, minute=45, second=0, microsecond=0))
        town.begins(letters_from_machines(town), town.later(hours=2))
        town.begins(they_stand(town), town.now)
        town.begins(stories_are_told(town), town.later(hours=3))
        town.begins(books_are_brought(town), town.later(hours=4))
        town.begins(we_say_what_we_did(town), town.days_ago(2, 9, 0))
        for at, story in (*the_cast(town), *roots(town), *small_things(town)):
            if at >= town.now:
                town.begins(story, at)
        town.goes_on()
        for duty in DUTIES:
            duty.do(now)
    return marlow


def _plan(town: Town, day: datetime, dice: Random, *, share: float) -> None:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    for _matter in range(int(A_DAY[midnight.weekday()] * share + dice.random())):
        at = midnight + timedelta(hours=min(23.4, max(6.5, dice.gauss(13.5, 3.6))))
        town.begins(_somebody_writes(town), at)
    if dice.random() < 0.12:
        town.begins(an_offer_nobody_asked_for(town), midnight + timedelta(hours=dice.uniform(7, 20)))
    if dice.random() < 0.05:
        town.begins(a_mail_comes_back(town), midnight + timedelta(hours=dice.uniform(10, 16)))
    if dice.random() < 0.03:
        town.begins(a_person_on_a_list(town), midnight + timedelta(hours=dice.uniform(9, 14)))


def _somebody_writes(town: Town) -> Story:
    matter = town.dice.choice(MATTERS)
    yield from told(town, town.crowd.somebody(), matter, town.crowd.slots())


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """While the past is made up nothing can be lost that anybody said: nothing waits for the disk. Then all is synced."""
    gc.disable()
    is_sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            gc.enable()
            if is_sqlite:
                cursor.execute("PRAGMA synchronous=FULL")
                cursor.execute("PRAGMA wal_checkpoint(FULL)")
