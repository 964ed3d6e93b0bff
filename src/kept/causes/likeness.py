"""What words are about, and how alike two matters are: plain counting of shared rare words, nothing learnt, nothing guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import log, sqrt

from kept.text.words import READ_AT_MOST, folded, stem, word_set, words

SHORTEST = 3
HEAVIEST = 12
"""Words of one matter that count, the rarest first."""
LITTLE = frozenset(
    stem(folded(word))
    for word in word_set(
        "a about after again all also am an and any are as at back be because been before being but by came can could day"
        " days dear did do does done down even ever every for from get got had has have having he hello her here hi him his"
        " how i if in into is it its just know last let like me more most much my never new no not now of off on once one"
        " only or our out over please really regards said same say see she should since so some still such than thank thanks"
        " that the their them then there these they thing this those three time times to today told too tonight two up us"
        " very want was we well were what when where which who why will with would yes yesterday yet you your"
        " ab aber alle als also am an auch auf aus bei bin bis bitte da danke dann das dass dem den der des die dies diese"
        " doch drei durch ein eine einem einen einer er erst es etwas euch fuer ganz gar gestern guten habe haben hallo hat"
        " heute hier ich ihm ihn ihnen ihr ihre im immer in ist ja jetzt kam kann kein keine mal man mehr mein meine mich mir"
        " mit nach nicht nichts noch nun nur ob oder ohne schon sehr sein seit sich sie sind so tag tage um und uns unser"
        " viel vom von vor war waren was weil wenn wer wie wieder will wir wird wo wurde zu zum zur zwei"
    )
)
Weights = Mapping[str, float]


def rare_words(text: str) -> list[str]:
    """The stems of the words that say what it is about, each once, in their order."""
    found = (stem(folded(word)) for word in words(text[:READ_AT_MOST]) if len(word) >= SHORTEST and not word.isdecimal())
    return list(dict.fromkeys(word for word in found if word not in LITTLE))


def rareness(texts: Iterable[Sequence[str]]) -> dict[str, float]:
    """How much each word says, among these matters: the fewer have it, the more."""
    counted, total = Counter[str](), 0
    for found in texts:
        total += 1
        counted.update(found)
    return {word: log(1 + total / count) for word, count in counted.items()}


def weighed(found: Sequence[str], rare: Weights) -> dict[str, float]:
    """The words that say most of one matter, with their weights, of length 1 together; empty where nothing is said."""
    heaviest = sorted(found, key=lambda word: (-rare.get(word, 0.0), word))[:HEAVIEST]
    length = sqrt(sum(rare.get(word, 0.0) ** 2 for word in heaviest))
    return {word: rare.get(word, 0.0) / length for word in heaviest if rare.get(word)} if length else {}


def likeness(one: Weights, other: Weights) -> float:
    """From 0, no word in common, to 1, the same words."""
    if len(one) > len(other):
        one, other = other, one
    return min(1.0, sum(weight * other[word] for word, weight in one.items() if word in other))


def pairs(found: Weights) -> Iterable[tuple[str, str]]:
    """Every two of its words, in order of the alphabet."""
    return combinations(sorted(found), 2)
