"""What looks like the name of one of us and is not: their husband, the writer themself, a street, a month, a verb."""

from __future__ import annotations

from kept.text import name_words as near
from kept.text.roster import Roster
from kept.text.word_by_word import Reading, Token


def has_evidence(reading: Reading, place: int, stop: int, *, is_slip: bool = False) -> bool:
    """The words around it speak of a person: a capital in mid-sentence, thanks before it, what somebody does behind it."""
    tokens, token = reading.tokens, reading.tokens[place]
    before = tokens[place - 1] if place and not token.begins else None
    after = (
        tokens[stop] if stop < len(tokens) and tokens[stop].gap.strip() in {"", "'", "’"} and not tokens[stop].begins else None
    )
    thanks = place > 1 and tokens[place - 2].low in near.THANKING
    if _is_a_month_or_place(token, before, thanked_before=thanks) or (
        before is not None and before.low in near.ARTICLES and not (reading.german and before.low == "an")
    ):
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


def _is_a_month_or_place(token: Token, before: Token | None, *, thanked_before: bool = False) -> bool:
    if before is None:
        return False
    if before.low == "to" and thanked_before:
        return False
    if token.low in near.MONTHS and (before.low in near.BEFORE_MONTHS or any(letter.isdigit() for letter in token.gap)):
        return True
    return token.low in near.ALSO_PLACES and before.low in near.BEFORE_PLACES


def is_somebody_elses(reading: Reading, place: int, stop: int, theirs: set[str]) -> bool:
    """A husband, a friend, a dog, or the writer themself; also whoever is named together with one of them."""
    tokens = reading.tokens
    before = [token.low for token in tokens[max(0, place - 3) : place]]
    joined = tokens[place].gap.strip() in {"", ",", "("}
    if joined and before and ((before[-1] in near.KIN and not _is_ours(before)) or before[-1] in near.OWN):
        return True
    after = tokens[stop].low if stop < len(tokens) else ""
    if joined and tuple(before[-2:]) in near.SELF_BEFORE and after not in near.STILL:
        return True
    if joined and before and before[-1] in near.MINE and {"my", "mein", "meine", "meinem", "meinen", "meiner"} & set(before):
        return True
    if before[-1:] == ["s"] and set(before[:-1]) & (near.ELSEWHERE | near.KIN | near.MINE):
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


def names_another(reading: Reading, place: int, stop: int, known: Roster) -> bool:
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
