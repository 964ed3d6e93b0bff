"""The customers of a year: new ones every day, and some who come again."""

from __future__ import annotations

import unicodedata
from random import Random

from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.demo.small_words import DOMAINS, FIRST, HOURS, LAST, PIZZAS, PRINTERS, PRODUCTS, RELATIVES, WEEKDAYS

COME_AGAIN = 0.28


class Crowd:
    """Everybody who ever wrote; `somebody()` is the next who does."""

    def __init__(self, marlow: Marlow, dice: Random) -> None:
        self.marlow, self.dice = marlow, dice
        names = [(first, last) for first in FIRST for last in LAST]
        dice.shuffle(names)
        self._strangers = iter(names)
        self._known: list[CustomerOfMarlow] = []
        taken = {one.phone for one in (marlow.john, marlow.mary, marlow.samir)}
        phones = [phone for number in range(100, 1000) if (phone := f"+447700900{number}") not in taken]
        dice.shuffle(phones)
        self._phones = iter(phones)

    def somebody(self) -> CustomerOfMarlow:
        """A new customer, or one who was content enough to come again."""
        if self._known and self.dice.random() < COME_AGAIN:
            return self.dice.choice(self._known)
        first, last = next(self._strangers)
        self._known.append(self.called(f"{first} {last}"))
        return self._known[-1]

    def called(self, name: str) -> CustomerOfMarlow:
        """Somebody of this name, with all their addresses; no two have the same telephone, which would make them one."""
        first, _space, last = name.partition(" ")
        plain = unicodedata.normalize("NFKD", f"{first}.{last}".lower()).encode("ascii", "ignore").decode()
        number = self.dice.randrange(100, 999)
        street = self.dice.choice(("Weir Lane", "Tollgate", "Harbour Row", "Chapel Hill"))
        return CustomerOfMarlow(
            self.marlow,
            name,
            f"{plain}@{self.dice.choice(DOMAINS)}",
            phone=next(self._phones, "") if self.dice.random() < 0.4 else "",
            postal=f"{number % 90 + 1} {street}, Marlow ({last})",
            handle=f"@{plain.replace('.', '')}@social.example",
        )

    def slots(self) -> dict[str, str]:
        """What differs from one telling of a matter to the next."""
        dice = self.dice
        return {
            "pizza": dice.choice(PIZZAS),
            "product": dice.choice(PRODUCTS),
            "printer": dice.choice(PRINTERS),
            "relative": dice.choice(RELATIVES),
            "weekday": dice.choice(WEEKDAYS),
            "hour": dice.choice(HOURS),
            "order": f"MO-{dice.randrange(20_000, 29_999)}",
            "price": f"{dice.randrange(9, 190)}.{dice.choice(('00', '40', '50', '80'))}",
            "missing": str(dice.randrange(3, 19)),
        }
