"""Which of our people a text speaks of: by name, nickname or title, with accents folded and small slips forgiven.

Only proposes (R12). Two Karens are both found. A husband, a month, a street or the writer's own signature is nobody of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kept.text import name_words as near
from kept.text.not_ours import has_evidence, is_somebody_elses, names_another
from kept.text.own_words import own_words
from kept.text.roster import SLIPS_FROM, Known, Names, Roster, roster_of, slip
from kept.text.word_by_word import Reading, Token, read, tokens_in
from kept.text.words import READ_AT_MOST

SURE, USUAL, SLIP = 0.98, 0.85, 0.5
_JOINTS = frozenset((" ", "-", "'", "’", ". ", "\n", ""))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that may mean this person. `likely` only orders a list."""

    person_key: int
    start: int
    end: int
    how: str
    """full, first, nickname, title, slip."""
    likely: float


def find_people(text: str, roster: Roster | Sequence[Known]) -> list[Mention]:
    """Whom of the roster the writer's own words mean, in order; several for one place where several could be meant."""
    known = roster if isinstance(roster, Roster) else roster_of(tuple(roster))
    return people_in(own_words(text[:READ_AT_MOST]), known)


def people_in(own: str, known: Roster) -> list[Mention]:
    """The same for words that hold no history and no signature any more."""
    tokens = list(tokens_in(own))
    if not any(_may_name(token, known) for token in tokens):
        return []
    return _all_mentions(read(own, tokens), known)


def _all_mentions(reading: Reading, known: Roster) -> list[Mention]:
    found, theirs, place, tokens = list[Mention](), set[str](), 0, reading.tokens
    while place < len(tokens):
        length, mentions = _at(reading, place, known)
        if not length:
            place += 1
            continue
        stop, low = place + length, tokens[place].low
        if length == 1 and is_somebody_elses(reading, place, stop, theirs):
            theirs.add(low)
        elif _is_ours_alone(reading, place, stop, mentions[0], known) and (length > 1 or low not in theirs):
            found += mentions
        place = stop
    return [mention for mention in found if not _was_taken_back(mention, tokens, theirs)]


def _is_ours_alone(reading: Reading, place: int, stop: int, mention: Mention, known: Roster) -> bool:
    """Nothing around it makes it the name of somebody or something else."""
    is_owner = mention.end < reading.tokens[stop - 1].end
    return stop - place > 1 or mention.how == "title" or is_owner or not names_another(reading, place, stop, known)


def _was_taken_back(mention: Mention, tokens: list[Token], theirs: set[str]) -> bool:
    """A first name that turned out, further on, to be their son's."""
    if mention.how in {"full", "title"} or not theirs:
        return False
    return any(token.start == mention.start and token.low in theirs for token in tokens)


def _may_name(token: Token, known: Roster) -> bool:
    low = token.low
    if low in known.names or low in known.surnames or (low.endswith("s") and low[:-1] in known.names):
        return True
    return token.is_capital and len(low) >= SLIPS_FROM - 1 and low not in near.GIVEN and slip(low, known) is not None


def _at(reading: Reading, place: int, known: Roster) -> tuple[int, list[Mention]]:
    """How many words from here name somebody, and whom."""
    tokens, token = reading.tokens, reading.tokens[place]
    before = tokens[place - 1] if place else None
    if before is not None and before.low in near.TITLES and token.gap in {" ", ". ", "."}:
        length, bearers = _longest(tokens, place, token.low, known.surnames)
        if bearers:
            end = tokens[place + length - 1].end
            return length, [Mention(key, token.start, end, how, SURE / len(bearers)) for key, how in sorted(bearers)]
    for low, is_owner in ((token.low, False), (token.low[:-1], True)):
        if is_owner and not (token.low.endswith("s") and _may_be_genitive(reading, place)):
            continue
        length, several = _longest(tokens, place, low, known.names)
        if several and _is_meant(reading, place, place + length, several[0][1]):
            end = tokens[place + length - 1].end - (1 if is_owner else 0)
            share = {"full": SURE, "first": USUAL, "nickname": USUAL}
            keys = dict(sorted(several, key=lambda one: one[1] != "nickname"))
            return length, [Mention(key, token.start, end, how, share[how] / len(keys)) for key, how in sorted(keys.items())]
    return _a_slip(reading, place, known)


def _may_be_genitive(reading: Reading, place: int) -> bool:
    """“Amiras Geduld”: German, with the thing right behind it."""
    tokens = reading.tokens
    return (
        place + 1 < len(tokens)
        and tokens[place + 1].gap == " "
        and (reading.german or tokens[place].low[:-1] not in near.ALSO_WORDS)
    )


def _longest(tokens: list[Token], place: int, low: str, names: Names) -> tuple[int, list[tuple[int, str]]]:
    """The longest names that begin here: their length and (person, how)."""
    found: list[tuple[int, str]] = []
    length = 0
    for parts, key, how in names.get(low, ()):
        if found and len(parts) < length:
            break
        following = tokens[place + 1 : place + len(parts)]
        if [token.low for token in following] != list(parts[1:]) or any(token.gap not in _JOINTS for token in following):
            continue
        found.append((key, how))
        length = len(parts)
    return length, found


def _a_slip(reading: Reading, place: int, known: Roster) -> tuple[int, list[Mention]]:
    token = reading.tokens[place]
    if not token.is_capital or len(token.low) < SLIPS_FROM - 1 or token.low in near.GIVEN or token.low in near.ALSO_WORDS:
        return 0, []
    name = slip(token.low, known)
    if name is None or not has_evidence(reading, place, place + 1, is_slip=True):
        return 0, []
    keys = {key: how for parts, key, how in known.names[name] if len(parts) == 1}
    return (1 if keys else 0), [Mention(key, token.start, token.end, "slip", SLIP / len(keys)) for key in sorted(keys)]


def _is_meant(reading: Reading, place: int, stop: int, how: str) -> bool:
    """A full name is; one that is also a word or a place, or stands without its capital, needs something that speaks for it."""
    token = reading.tokens[place]
    capitals_say_something = not (reading.shouts or reading.whispers)
    if stop - place > 1:
        return all(one.is_capital for one in reading.tokens[place:stop]) or not capitals_say_something or how == "full"
    if token.low in near.ALSO_WORDS or len(token.low) < 3:
        return has_evidence(reading, place, stop)
    return token.is_capital or not capitals_say_something or len(token.low) > 2
