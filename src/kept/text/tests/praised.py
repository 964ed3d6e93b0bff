"""Our own sentences about praise, and how well the reader does on them: one set for development, one held out and never tuned on.

Lies beside the tests so that the bench and the tests measure the same; knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kept.text.praise import find_praise
from kept.text.roster import Known, roster_of

SETS = Path(__file__).with_name("praise_set")
PRECISION, RECALL = 0.97, 0.85
OURS = {
    "will": "Will Turner", "grace": "Grace Lee", "may": "May Chen", "mark": "Mark Evans", "rose": "Rose Adler",
    "paris": "Paris Moreau", "frank": "Frank Weber", "ernst": "Ernst Huber", "wolf": "Wolf Brandt", "ben": "Ben Castillo",
    "amira": "Amira Haddad", "aenne": "Änne Müller", "jose": "José Álvarez", "peter": "Peter Hansen", "priya": "Priya Nair",
    "dana": "Dana Okafor", "tom": "Tom Reyes", "karen1": "Karen Smith", "karen2": "Karen Doyle", "siobhan": "Siobhan O'Neill",
    "kathi": "Katharina Schäfer", "sam": "Sam Young",
}  # fmt: skip
NICKNAMES = {"amira": "Mira, Ami", "kathi": "Kathi"}
KEYS = list(OURS)
ROSTER = roster_of(tuple(Known(KEYS.index(who), name, "", NICKNAMES.get(who, "")) for who, name in OURS.items()))


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a set: what was written, and who is praised in it."""

    text: str
    praised: frozenset[str]


def told_in(name: str) -> Iterator[Told]:
    """The lines of names_set/<name>.txt: who, a tab, the words; "-" for nobody."""
    for line in (SETS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            who, _tab, text = line.partition("\t")
            yield Told(text.replace("\\n", "\n"), frozenset() if who == "-" else frozenset(who.split(",")))


def found_in(text: str) -> frozenset[str]:
    """Everybody who is proposed as praised."""
    return frozenset(KEYS[mention.person_key] for word in find_praise(text, ROSTER) for mention in word.mentions)


def measure(name: str, *, show: bool = False) -> tuple[float, float, int]:
    """Precision and recall of "these words praise that person" over one set, and how many sentences it has."""
    right = wrong = missed = lines = 0
    for told in told_in(name):
        found, lines = found_in(told.text), lines + 1
        right, wrong, missed = (
            right + len(found & told.praised),
            wrong + len(found - told.praised),
            missed + len(told.praised - found),
        )
        if show and found != told.praised:
            print(f"  {','.join(sorted(found)) or '-'} instead of {','.join(sorted(told.praised)) or '-'}: {told.text!r}")
    return right / max(right + wrong, 1), right / max(right + missed, 1), lines
