"""The roots that Marlow finds and mends in its year, and what it says to everybody who suffered from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from kept.cases.models import Case
from kept.causes.checking import judge
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import gather_many
from kept.causes.models import Cause
from kept.causes.opening import open_cause
from kept.demo.life import Story
from kept.demo.town import Town
from kept.people.models import Employee


def roots(town: Town) -> Iterator[tuple[datetime, Story]]:
    """What stood in the way at Marlow this year, each with the moment at which somebody said so."""
    marlow = town.marlow
    told = "The zips of our bags gave way in the rain, so the heat went. Six new bags are in use since this week."
    bags = ("Bag zips give way in the rain", "cold_food", marlow.dana, "Six new bags with a double zip", told)
    yield town.days_ago(150, 9, 30), is_mended(town, *bags, held="Two cold pizzas in six weeks, both from other causes.")
    told = "Your order number now stands on every invoice, in the first line."
    bills = ("Invoices without the order number", "billing", marlow.tom, "The number stands in the first line", told)
    yield town.days_ago(120, 11, 0), is_mended(town, *bills, back="The branch invoices still leave it out.")
    yield town.days_ago(12, 15, 0), is_promised(town, "Drinks are forgotten at the pass", "missing_item", marlow.dana)


def is_mended(
    town: Town, title: str, theme: str, owner: Employee, remedy: str, told: str, *, held: str = "", back: str = ""
) -> Story:
    """Found, promised by a day, mended; everybody who suffered from it is told once; looked at again six weeks later."""
    cause = _gathered(town, title, theme, owner)
    cause.root = f"{title}: found by {owner.first_name}, who went to look."
    cause.save(update_fields=["root"])
    promise_fix(cause, remedy, on=town.later(days=16).date(), by=owner, now=town.now)
    yield town.later(days=13)
    fix(Cause.objects.get(pk=cause.pk), told_text=told, by=owner, now=town.now)
    yield town.later(days=44)
    judge(Cause.objects.get(pk=cause.pk), held=not back, says=held or back, by=owner, now=town.now)


def is_promised(town: Town, title: str, theme: str, owner: Employee) -> Story:
    """Found and promised; the day is still to come."""
    cause = _gathered(town, title, theme, owner)
    promise_fix(cause, "A shelf for the drinks, beside the oven", on=town.later(days=21).date(), by=owner, now=town.now)
    yield from ()


def _gathered(town: Town, title: str, theme: str, owner: Employee) -> Cause:
    cause = open_cause(title, owner=owner, by=town.marlow.ines, theme=theme, now=town.now)
    since = town.now - timedelta(days=120)
    alike = Case.objects.filter(theme=theme, opened_at__gte=since, opened_at__lte=town.now).order_by("id")
    gather_many(cause, alike[:12], by=owner, now=town.now)
    return cause
