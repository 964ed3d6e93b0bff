"""What people write to Marlow about: a matter has words in several voices, an answer, and what it may promise."""

from __future__ import annotations

from dataclasses import dataclass

PIZZA, OFFICE = "pizza", "office"


@dataclass(frozen=True, slots=True)
class Pledge:
    """A word given in an answer: what the ledger calls it, the sentence as said ({day} is filled in), and its working days."""

    what: str
    quote: str
    days: float
    by: str = ""
    """The login of who keeps it; empty: whoever writes the answer."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that happens to customers of one of the two businesses."""

    business: str
    kind: str
    subject: str
    words: tuple[str, ...]
    answers: tuple[str, ...]
    wish: str = ""
    pledge: Pledge | None = None
    praises: str = ""
    """The login of whom it praises."""
    more: tuple[str, ...] = ()
    """What they write when it is not solved yet, or what else they think of."""
