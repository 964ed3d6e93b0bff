"""How often has it happened to them, by their own words? "Third time", "again", "wieder", "zum vierten Mal"; it only proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.text.splitting import split_reply
from kept.text.themes import theme_of
from kept.text.trouble import is_trouble
from kept.text.words import READ_AT_MOST, even, sentences

MANY = 3
"""What "for the umpteenth time" counts as: often enough that somebody above hears of it."""
MOST = 12
"""Whoever says "the hundredth time" has not counted."""

ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
GERMAN = "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft"
COUNTED = "once twice thrice"
COUNTS = "one two three four five six seven eight nine ten eleven twelve"
GERMAN_COUNTS = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_NUMBER = {
    word: number
    for listed in (ENGLISH, GERMAN, COUNTED, COUNTS, GERMAN_COUNTS)
    for number, word in enumerate(listed.split(), start=1)
}
_OFTEN = r"umpteenth|nth|hundredth|thousandth|millionth|x[ -]?te[nr]?|zigste[nr]?|hundertste[nr]?|tausendste[nr]?"

_ORDINAL = re.compile(
    rf"\b(?P<nth>{ENGLISH.replace(' ', '|')}|{_OFTEN}|\d{{1,3}}(?:st|nd|rd|th))[ -]+(?:time|occasion|mal)s?\b"
    rf"|\b(?P<mal>(?:{GERMAN.replace(' ', '|')})e[nrs]?|{_OFTEN}|\d{{1,3}}\.)[ -]*mal\b"
)
_TIMES = re.compile(
    rf"\b(?P<times>{COUNTS.replace(' ', '|')}|\d{{1,3}}) times\b|\b(?P<twice>twice|thrice)\b"
    rf"|\b(?P<mal>(?:{GERMAN_COUNTS.replace(' ', '|')}|\d{{1,3}}) ?)mal\b"
)
_NTH_THING = re.compile(
    rf"\b(?P<nth>(?:{ENGLISH.replace(' ', '|')})|\d{{1,3}}(?:st|nd|rd|th)|(?:{GERMAN.replace(' ', '|')})e[nrs]?)"
    r" (?P<thing>(?:\w+ ){1,3}?)"
    r"(?:in a row|running|in (?:\w+ ){0,2}(?:days|weeks|months|tagen|wochen|monaten)|this (?:week|month|year)|hintereinander"
    r"|diese (?:woche)|diesen monat|in folge)\b"
)  # fmt: skip
_AGAIN = re.compile(
    r"\b(?:(?:once|yet|over and over|and|time and) )?again\b|\byet another\b|\bonce more\b|\bas always\b|\bas usual\b"
)
_WIEDER = re.compile(
    r"\b(?:schon |immer |mal )?wieder(?: ?(?:mal|einmal))?\b|\berneut\b|\babermals\b|\bnoch ?einmal\b|\bwie immer\b"
)
_NO_REPEAT = re.compile(
    r"\b(?:thanks?|thank you|many thanks|cheers|sorry|hello|hi)\b[^.!?]{0,12}$"
    r"|\b(?:never|not ever|nie|niemals)\b[^.!?]{0,12}$"
    r"|\b(?:will|would|'ll|shall|can|could|may|might|to|please|must|should|let|want|like|try|hope|love|gern\w*|würde\w*|werde\w*"
    r"|möchte\w*|bitte|können|könnte\w*|kann|soll\w*|bald)\b[^.!?,;]{0,40}$"
)
"""What stands before an "again" of politeness, of a wish or of a threat: "order again", "never again", "please send it again"."""
_SOON = re.compile(r"^[^.!?]{0,6}\b(?:soon|next|tomorrow|for|in the future|bald|gern\w*|gut|zurück|da|sehen|hören)\b")
_VISIT = re.compile(
    r"^[^.!?]{0,12}\b(?:i|we|that i|that we|ich|wir|dass ich|dass wir|my|our)?\b[^.!?]{0,12}"
    r"\b(?:order\w*|bought|buy|visit\w*|came|come|eat|ate|stay\w*|used|use|dined|bestell\w*|kauf\w*|gekauft|besuch\w*|da)\b"
)
_DOTTED = re.compile(r"\b(\d{1,3})\.(?=[ -]?[Mm]al\b)")
"""The full stop of a German ordinal, which ends no sentence."""
_LUCKY = re.compile(r"^(?:'s| is)? ?(?:the charm|lucky|round)\b")


def how_often(text: str) -> int:
    """The how-manieth time it happened to the writer, as they say themselves; 1 where they say nothing of the kind.

    An "again" without trouble beside it says nothing: "see you again", "thanks again", "I would order again".
    """
    said = _DOTTED.sub(r"\1", split_reply(text[:READ_AT_MOST]).new)
    if not (theme_of(said) or is_trouble(even(said))):
        return 1
    return max((times for sentence in sentences(said) for times in _times_in(even(sentence.text))), default=1)


def _times_in(low: str) -> Iterator[int]:
    for found in _ORDINAL.finditer(low):
        after = low[found.end() : found.end() + 60]
        if not _LUCKY.match(after) and not (_VISIT.match(after) and not is_trouble(low)):
            yield _number(found["nth"] or found["mal"])
    for found in _NTH_THING.finditer(low):
        if is_trouble(found["thing"]) or is_trouble(low):
            yield _number(found["nth"])
    for found in _TIMES.finditer(low):
        if is_trouble(low) and not _is_else(low, found):
            yield _number((found["times"] or found["twice"] or found["mal"]).strip())
    for pattern in (_AGAIN, _WIEDER):
        for found in pattern.finditer(low):
            if _is_repeat(low, found):
                yield 2


def _number(word: str) -> int:
    """ "third", "3rd", "dritten", "3." and "three" are 3."""
    digits = re.match(r"\d+", word)
    if digits:
        return min(int(digits.group()), MOST) if int(digits.group()) <= MOST else MANY
    bare = next((word.removesuffix(end) for end in ("en", "er", "es", "e", "") if word.removesuffix(end) in _NUMBER), "")
    return _NUMBER.get(bare, MANY)


def _is_else(low: str, found: re.Match[str]) -> bool:
    """ "Four times the price" counts no mishap; nor does what they did themselves: "I called twice" is one matter."""
    after, before = low[found.end() : found.end() + 22], low[max(0, found.start() - 40) : found.start()]
    if re.match(r" (?:as|the (?:price|size|cost|amount)|more|larger|so|a (?:week|month|year)|im|pro)\b", after):
        return True
    return re.search(r"\b(?:i|we|ich|wir|i've|we've|i have|we have|habe|haben)\b[^.!?]{0,24}$", before) is not None


def _is_repeat(low: str, found: re.Match[str]) -> bool:
    """Something went wrong in the same breath, and the "again" is none of politeness, wish or threat."""
    before, after = low[: found.start()], low[found.end() :]
    clause = f"{re.split(r'[,;:]', before)[-1]} {re.split(r'[,;:]', after)[0]}"
    if _NO_REPEAT.search(before) or _SOON.match(after):
        return False
    return is_trouble(clause) or is_trouble(low[max(0, found.start() - 60) : found.end() + 60])
