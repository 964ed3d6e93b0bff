"""The one exception that carries a sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing a person should look at before going on: a `code` for programs, what it `says` for people."""

    code: str
    says: str


class Refusal(Exception):
    """What was asked cannot be done, and `str(refusal)` tells a person what to do instead.

    `doubts` holds the single reasons where there are several; a view shows them, the API lists them in its 409.
    """

    def __init__(self, says: str, *, doubts: tuple[Doubt, ...] = ()) -> None:
        super().__init__(says)
        self.doubts = doubts

    @classmethod
    def because(cls, doubts: tuple[Doubt, ...]) -> Refusal:
        """One refusal out of several doubts."""
        return cls(" ".join(doubt.says for doubt in doubts), doubts=doubts)
