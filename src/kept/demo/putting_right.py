"""What Marlow gives to put things right."""

from __future__ import annotations

from decimal import Decimal

from kept.demo import desk
from kept.demo.life import Story
from kept.demo.town import Town
from kept.remedies.deciding import decide
from kept.remedies.doing import do
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState


def puts_it_right(town: Town, case_id: int) -> Story:
    """The owner gives what helps; beyond their limit Ines is asked and mostly says yes; then it is done."""
    case, rooms = desk.look(case_id), town.rooms
    remedy = town.dice.choices((rooms.money_back, rooms.another, rooms.a_call), weights=(6, 3, 1))[0]
    amount = Decimal(town.dice.randrange(900, 7400)) / 100 if remedy.currency else Decimal(1)
    gift = give(case, remedy, amount=amount, by=case.owner, now=town.now)
    if gift.state == GiftState.ASKED:
        if town.dice.random() < 0.15:
            return  # Ines has not looked yet
        yield town.at_work(20, 200)
        yes = town.dice.random() < 0.8
        gift = decide(gift, yes=yes, by=town.marlow.ines, now=town.now, why="" if yes else "We replaced it twice already.")
    if gift.state == GiftState.GIVEN:
        yield town.at_work(60, 1800)
        do(Gift.objects.get(pk=gift.pk), by=case.owner, now=town.now)
