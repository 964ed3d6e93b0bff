"""What Marlow promises to everybody, on a flyer and by guarantee, and what it was worth to those whom it failed."""

from __future__ import annotations

from datetime import timedelta

from kept.cases.models import Case
from kept.demo import desk
from kept.demo.life import Story
from kept.demo.town import Town
from kept.promises.holding import hold
from kept.promises.keeping import keep
from kept.promises.models import SaidWhere, StandingPromise
from kept.promises.standing import Terms, add_standing

HOT, WHOLE = "Hot at your door, or the next one is on us", "Everything on the delivery note is in the boxes"
BROKEN_BY = {"cold_food": HOT, "missing_item": WHOLE}
"""What a complaint with this theme is held against."""


def they_stand(town: Town) -> Story:
    """Both were said before the first customer of the year wrote."""
    since = (town.now - timedelta(days=30)).date()
    for says, said_in, where in ((HOT, SaidWhere.ADVERT, "The flyer at every door"), (WHOLE, SaidWhere.GUARANTEE, "Our terms")):
        add_standing(Terms(says, since, said_in=said_in, where=where), by=town.marlow.ines, now=town.now)
    yield from ()


def is_held_to_it(town: Town, case: Case) -> None:
    """Whoever answers looks whether it was broken here; if so it is owed, and mostly made good within days."""
    standing = StandingPromise.objects.filter(says=BROKEN_BY.get(case.theme, "")).first()
    if standing is None:
        return
    broken = town.dice.random() < 0.7
    made = hold(case, standing, became="broken" if broken else "kept", by=case.owner, now=town.now)
    if broken and town.dice.random() < 0.8:
        town.begins(is_made_good(town, made.pk), town.later(hours=town.dice.uniform(20, 90)))


def is_made_good(town: Town, key: int) -> Story:
    """The next one was on us; the box that was missing came."""
    made = desk.promise_of(key)
    keep(made, by=made.by, now=town.now)
    yield from ()
