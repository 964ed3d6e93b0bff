"""Small things that the people of Marlow saw, before a customer had to say them; and the way they drew of an evening's pizza."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kept.demo.life import Story
from kept.demo.town import Town
from kept.journeys.keeping import draw
from kept.journeys.starting import start_from
from kept.observations.reporting import report
from kept.observations.settling import settle

SEEN: tuple[tuple[int, str, str, str], ...] = (
    (210, "amira", "Allergy labels smear when they get damp", "New pens since this week"),
    (205, "amira", "Nobody can read the bells at Quay House", "Amira’s sheet hangs by the door"),
    (156, "amira", "The zips of our bags give way in the rain", "Six new bags are ordered"),
    (60, "ben", "The opening hours on the door are those of last summer", "A new card is up"),
    (24, "tom", "Two boxes in ten come back with a crushed corner", "The van has a second strap"),
    (1, "amira", "Scooter 3: the back light is loose", ""),
)
"""How many days ago, who saw it, what, and what became of it; empty: it is still open."""


def small_things(town: Town) -> Iterator[tuple[datetime, Story]]:
    """Each with the moment at which somebody saw it."""
    for days, login, says, became in SEEN:
        yield town.days_ago(days, 16, 20), is_seen(town, login, says, became)
    yield town.days_ago(140, 10, 0), is_drawn(town)


def is_seen(town: Town, login: str, says: str, became: str) -> Story:
    """Whoever leads there sees to it, and whoever saw it hears what became of it."""
    rooms = town.rooms
    at = rooms.delivery if login == "amira" else rooms.counter
    seen = report(says, by=getattr(town.marlow, login), touchpoint=at, now=town.now)
    if became:
        yield town.at_work(120, 900)
        settle(seen, became, by=seen.owner, now=town.now)


def is_drawn(town: Town) -> Story:
    """Ines drew how an evening with a pizza should go."""
    name, drawn = start_from("pizza")
    draw(name, drawn, by=town.marlow.ines, now=town.now)
    yield from ()
