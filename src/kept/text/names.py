"""Which of our people a text speaks of: by name, nickname or title, with accents folded and small slips forgiven.

Only proposes (R12). Two Karens are both found. A husband, a month, a street or the writer's own signature is nobody of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kept.text import name_words as near
from kept.text.own_words import own_words
from kept.text.words import READ_AT_MOST, folded, is_german

SURE, USUAL, SLIP = 0.98, 0.85, 0.5
SLIPS_FROM = 5
"""Letters from which on a name may be misspelt by one."""
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[.!?…:;\n\"“”„»«]")
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


@dataclass(frozen=True, slots=True)
class Known:
    """One of us, by every name that customers may use; `nicknames` are separated by commas."""

    key: int
    name: str
    public_name: str = ""
    nicknames: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that may mean this person. `likely` only orders a list."""

    person_key: int
    start: int
    end: int
    how: str
    """full, first, nickname, title, slip."""
    likely: float


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody's names, ready to be looked for: by the first word of each name, the longest names first."""

    people: tuple[Known, ...]
    names: dict[str, list[tuple[tuple[str, ...], int, str]]] = field(repr=False)
    surnames: dict[str, set[int]] = field(repr=False)
    slips: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, folded, where it stands, and what stands before it."""

    text: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def begins(self) -> bool:
        """First of its sentence, so that a capital says nothing."""
        return self.start == 0 or _STOPS.search(self.gap) is not None

    @property
    def is_capital(self) -> bool:
        """Written with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in words, and how it is written."""

    tokens: list[Token]
    german: bool
    shouts: bool
    whispers: bool
    """Without any capital, or in nothing but capitals: then capitals say nothing."""


def find_people(text: str, roster: Roster | Sequence[Known]) -> list[Mention]:
    """Whom of the roster the writer's own words mean, in order; several for one place where several could be meant."""
    known = roster if isinstance(roster, Roster) else roster_of(tuple(roster))
    return people_in(own_words(text[:READ_AT_MOST]), known)


def people_in(own: str, known: Roster) -> list[Mention]:
    """The same for words that hold no history and no signature any more."""
    tokens = list(_tokens(own))
    if not any(_may_name(token, known) for token in tokens):
        return []
    letters = [token.text for token in tokens]
    reading = Reading(
        tokens=tokens,
        german=is_german(own.lower()),
        shouts=len(letters) > 3 and sum(word.isupper() for word in letters) > 0.6 * len(letters),
        whispers=not any(word[0].isupper() and word != "I" for word in letters),
    )
    return _all_mentions(reading, known)


def _all_mentions(reading: Reading, known: Roster) -> list[Mention]:
    found, theirs, place, tokens = list[Mention](), set[str](), 0, reading.tokens
    while place < len(tokens):
        length, mentions = _at(reading, place, known)
        if not length:
            place += 1
            continue
        stop, low = place + length, tokens[place].low
        if length == 1 and _is_somebody_elses(reading, place, stop, theirs):
            theirs.add(low)
        elif _is_ours_alone(reading, place, stop, mentions[0], known) and (length > 1 or low not in theirs):
            found += mentions
        place = stop
    return [mention for mention in found if not _was_taken_back(mention, tokens, theirs)]


def _is_ours_alone(reading: Reading, place: int, stop: int, mention: Mention, known: Roster) -> bool:
    """Nothing around it makes it the name of somebody or something else."""
    is_owner = mention.end < reading.tokens[stop - 1].end
    return stop - place > 1 or mention.how == "title" or is_owner or not _names_another(reading, place, stop, known)


def _was_taken_back(mention: Mention, tokens: list[Token], theirs: set[str]) -> bool:
    """A first name that turned out, further on, to be their son's."""
    if mention.how in {"full", "title"} or not theirs:
        return False
    return any(token.start == mention.start and token.low in theirs for token in tokens)


@lru_cache(maxsize=8)
def roster_of(people: tuple[Known, ...]) -> Roster:
    """The roster of these people; made once as long as nobody's names change."""
    names: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
    surnames: dict[str, set[int]] = {}
    for person in people:
        for parts, how in _names_of(person):
            for spelt in _spellings(parts):
                names.setdefault(spelt[0], []).append((spelt, person.key, how))
        for whole in (person.name, person.public_name):
            for spelt in _spellings(_parts(whole)[-1:]) if len(_parts(whole)) > 1 else ():
                surnames.setdefault(spelt[0], set()).add(person.key)
    for several in names.values():
        several.sort(key=lambda one: -len(one[0]))
    slips = {name for name in names if len(name) >= SLIPS_FROM and name not in near.ALSO_WORDS}
    return Roster(people, names, surnames, tuple(sorted(slips)))


def _names_of(person: Known) -> Iterator[tuple[tuple[str, ...], str]]:
    for whole in dict.fromkeys((person.name, person.public_name)):
        parts = tuple(part for part in _parts(whole) if part not in near.TITLES)
        if len(parts) > 1:
            yield parts, "full"
            if len(parts) > 2:
                yield (parts[0], parts[-1]), "full"
        if parts:
            yield parts[:1], "first"
            if "-" in whole.split()[0] and len(parts) > 1:
                yield parts[:2], "first"
    for nickname in person.nicknames.split(","):
        if parts := tuple(_parts(nickname)):
            yield parts, "nickname"


def _parts(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _spellings(parts: Sequence[str]) -> set[tuple[str, ...]]:
    """Müller is muller and mueller, and Mueller is both as well; each part by itself."""
    return set(product(*(_spelt(part) for part in parts))) if parts else set()


def _spelt(part: str) -> set[str]:
    wide = narrow = part
    for umlaut, pair in _UMLAUTS:
        wide, narrow = wide.replace(umlaut, pair), narrow.replace(pair, umlaut)
    return {folded(part), folded(wide), folded(narrow)}


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    for word in _WORD.finditer(text):
        yield Token(word[0], folded(word[0]), word.start(), word.end(), text[place : word.start()])
        place = word.end()


def _may_name(token: Token, known: Roster) -> bool:
    low = token.low
    if low in known.names or low in known.surnames or (low.endswith("s") and low[:-1] in known.names):
        return True
    return token.is_capital and len(low) >= SLIPS_FROM - 1 and low not in near.GIVEN and _slip(low, known) is not None


@lru_cache(maxsize=2048)
def _nearest(low: str, names: tuple[str, ...]) -> str | None:
    best = process.extractOne(low, names, scorer=OSA.distance, score_cutoff=1)
    return best[0] if best is not None and best[0][0] == low[0] else None


def _slip(low: str, known: Roster) -> str | None:
    """The name this could be a slip for: one letter wrong, missing, too many, or two changed about."""
    return _nearest(low, known.slips) if low not in near.NO_NAMES else None


def _at(reading: Reading, place: int, known: Roster) -> tuple[int, list[Mention]]:
    """How many words from here name somebody, and whom."""
    tokens, token = reading.tokens, reading.tokens[place]
    before = tokens[place - 1] if place else None
    if before is not None and before.low in near.TITLES and token.gap in {" ", ". ", "."} and token.low in known.surnames:
        bearers = known.surnames[token.low]
        return 1, [Mention(key, token.start, token.end, "title", SURE / len(bearers)) for key in sorted(bearers)]
    for low, is_owner in ((token.low, False), (token.low[:-1], True)):
        if is_owner and not (token.low.endswith("s") and _may_be_genitive(reading, place)):
            continue
        length, several = _longest(tokens, place, low, known)
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
        place + 1 < len(tokens) and tokens[place + 1].gap == " " and (reading.german or tokens[place].low not in near.ALSO_WORDS)
    )


def _longest(tokens: list[Token], place: int, low: str, known: Roster) -> tuple[int, list[tuple[int, str]]]:
    """The longest names that begin here: their length and (person, how)."""
    found: list[tuple[int, str]] = []
    length = 0
    for parts, key, how in known.names.get(low, ()):
        if found and len(parts) < length:
            break
        following = tokens[place + 1 : place + len(parts)]
        if [token.low for token in following] != list(parts[1:]) or any(token.gap not in _JOINTS for token in following):
            continue
        found.append((key, how))
        length = len(parts)
    return length, found


_JOINTS = frozenset((" ", "-", "'", "’", ". ", "\n", ""))


def _a_slip(reading: Reading, place: int, known: Roster) -> tuple[int, list[Mention]]:
    token = reading.tokens[place]
    if not token.is_capital or len(token.low) < SLIPS_FROM - 1 or token.low in near.GIVEN or token.low in near.ALSO_WORDS:
        return 0, []
    name = _slip(token.low, known)
    if name is None or not _has_evidence(reading, place, place + 1, is_slip=True):
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
        return _has_evidence(reading, place, stop)
    return token.is_capital or not capitals_say_something or len(token.low) > 2


def _has_evidence(reading: Reading, place: int, stop: int, *, is_slip: bool = False) -> bool:
    """The words around it speak of a person: a capital in mid-sentence, thanks before it, what somebody does behind it."""
    tokens, token = reading.tokens, reading.tokens[place]
    before = tokens[place - 1] if place and not token.begins else None
    after = (
        tokens[stop] if stop < len(tokens) and tokens[stop].gap.strip() in {"", "'", "’"} and not tokens[stop].begins else None
    )
    if _is_a_month_or_place(token, before) or (before is not None and before.low in near.ARTICLES):
        return False
    does = after is not None and after.low in (near.ACTIONS if token.low in near.ALSO_PLACES else near.PERSON_VERBS)
    thanked = before is not None and before.low in near.THANKING | near.TITLES | near.ROLES
    if not token.is_capital or reading.shouts:
        return thanked and before is not None and before.low in {"you", "thanks", "danke", "to"} and not _asks(after)
    if reading.german:
        return (does or thanked) and not (before is not None and before.low in near.THE and not does)
    if before is not None:
        return not (before.low in near.THE and not does) or is_slip
    return does and not (token.low in near.MODALS and after is not None and after.low in {"have", "be"})


def _asks(after: Token | None) -> bool:
    """“thank you will you”: no name, but a question that begins."""
    return after is not None and after.low not in {"for", "so", "and", "fur"}


def _is_a_month_or_place(token: Token, before: Token | None) -> bool:
    if before is None:
        return False
    if token.low in near.MONTHS and (before.low in near.BEFORE_MONTHS or any(letter.isdigit() for letter in token.gap)):
        return True
    return token.low in near.ALSO_PLACES and before.low in near.BEFORE_PLACES


def _is_somebody_elses(reading: Reading, place: int, stop: int, theirs: set[str]) -> bool:
    """A husband, a friend, a dog, or the writer themself; also whoever is named together with one of them."""
    tokens = reading.tokens
    before = [token.low for token in tokens[max(0, place - 3) : place]]
    joined = tokens[place].gap.strip() in {"", ",", "("}
    if joined and before and ((before[-1] in near.KIN and not _is_ours(before)) or before[-1] in near.OWN):
        return True
    if joined and tuple(before[-2:]) in near.SELF_BEFORE:
        return True
    if before and before[-1] in {"and", "und"} and place > 1 and tokens[place - 2].low in theirs:
        return True
    if tokens[place].gap.strip() == "&":
        return False
    return _is_said_to_be_theirs(tokens, stop)


def _is_ours(before: list[str]) -> bool:
    """“Frau Nair” is a title, “your lovely girl Amira” and “Ihr Mann” work here."""
    return bool({"your", "ihr", "ihre", "ihrem", "ihren", "ihrer"} & set(before)) or before[-1] in near.TITLES


def _is_said_to_be_theirs(tokens: list[Token], stop: int) -> bool:
    """“Sam, my dog”, “Ben is my son”, “Karen here”, “Karen from DHL”."""
    after = tokens[stop : stop + 6]
    lows = [token.low for token in after]
    if not lows:
        return False
    if lows[0] in near.SELF_AFTER and after[0].gap == " " and (len(after) == 1 or after[1].gap.strip() in {",", ".", "!", ":"}):
        return True
    if lows[:1] and lows[0] in {"is", "ist", "was", "war"}:
        lows, after = lows[1:], after[1:]
        opens = True
    else:
        opens = bool(after) and after[0].gap.strip() in {",", "(", "-", "–"}
    if opens and lows and lows[0] in near.POSSESSIVE and set(lows[1:4]) & near.KIN:
        return True
    return bool(after and after[0].low in {"from", "at", "von", "bei"} and set(lows[1:4]) & near.ELSEWHERE)


def _names_another(reading: Reading, place: int, stop: int, known: Roster) -> bool:
    """A surname that is not ours stands behind it, or a first name before it: somebody else, a street, a brand."""
    tokens, token = reading.tokens, reading.tokens[place]
    after = tokens[stop] if stop < len(tokens) else None
    before = tokens[place - 1] if place else None
    if after is not None and after.gap in {"-", " & "} and after.is_capital:
        return True
    if token.gap == "-" or (before is not None and before.low == "big" and before.is_capital):
        return True
    if reading.shouts or reading.whispers:
        return False
    if (
        before is not None
        and token.gap == " "
        and before.is_capital
        and before.low in near.GIVEN
        and before.low not in known.names
    ):
        return True
    if before is not None and before.low in near.ARTICLES and token.gap == " " and not reading.german:
        return True
    if after is None or after.gap != " " or not after.is_capital or after.low in near.NO_NAMES or after.low in {"i", "is", "was"}:
        return False
    if not reading.german:
        return True
    return before is None or token.begins or before.low in {"an", "von", "mit", "bei", "durch", "dank", "danke"}
