"""Reads a reply back before it goes: gaps left open, "attached" with no file, whom it greets, who signs it (DESIGN 5.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import ratio

from kept.text.splitting import split_reply
from kept.text.words import READ_AT_MOST, even, folded, word_set


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that was to be filled in: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


_GAP = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|(?<!\{)\{[A-Za-z_][\w .-]{0,40}\}(?!\})|\$\{[^{}\n]{1,40}\}|%[A-Z_]{3,30}%"
    r"|\[(?!\s*(?:x|X|\d{1,3}|sic|redacted|…|\.\.\.)?\s*\])[^\[\]\n]{1,60}\](?![(\[:])|<(?![A-Za-z][\w.+-]*://|/|!"
    r"|[\w.+-]{1,64}@)[A-Za-zÄÖÜäöü][A-Za-zÄÖÜäöüß _-]{1,40}>"
    r"|(?<![\w.])(?:X{3,20}|x{4,20})(?!\w)|(?<!_)_{3,80}(?!_)|\?{3,20}|\.{5,80}|…{2,20}|(?<!\w)(?:TODO|TBD|TBC|FIXME"
    r"|N\.N\.)(?!\w)|\b(?:lorem ipsum)\b"
)
_TAG = re.compile(
    r"</?(?:b|i|p|u|a|em|br|hr|ul|ol|li|div|span|strong|table|tr|td|th|img|html|body|head|code|pre|sub|sup|small"
    r"|blockquote)>",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\b(?:attached|attachments?|attaching|enclosed|enclosing|enclosures?|i attach|i enclose|we attach|we enclose"
    r"|im anhang|als anhang|im anhänge|anbei|beiliegend|beigefügt|beifügen|beigelegt"
    r"|angehängt|anhängend|hänge ich|füge ich|anliegend|in der anlage|als anlage|im attachment)\b"
)
_NOT_ATTACHED = re.compile(
    r"(?:\b(?:not|no|never|without|cannot|can't|could not|couldn't|forgot to|your|you|their|ihr|ihre[mnr]?"
    r"|den von ihnen|kein|keine|keinen|nicht|ohne|wie von ihnen)\b|n't)(?: \w+){0,3} $"
)
_NOT_AFTER = re.compile(
    r"(?: (?:is|are|was|were))? (?:missing|not\b|you (?:sent|attached|mentioned)|to (?:your|the (?:wall|door|box"
    r"|parcel|table|chair|shelf|frame))|konnte|fehlt|nicht|von ihnen|ihrer)"
)
_GREETING = re.compile(
    r"^[ \t]*(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|hi|liebe[rs]?"
    r"|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|grüß gott|servus|werte[rs]?|hochverehrte[rs]?)"
    r"(?: again| there| zusammen)?[ ,]+(?P<name>[^\n,!:;.?]{0,60}?(?= - )|[^\n,!:;.?]{0,60}(?:(?<=mr|ms|dr)\."
    r"|(?<=mrs)\.|(?<=prof)\.)?[^\n,!:;.?]{0,60})(?: ?[,!:;.?-]|$)"
)
_BARE_NAME = re.compile(r"^[ \t]*(?P<name>[A-ZÄÖÜ][\w'’-]{1,30}(?: [A-ZÄÖÜ][\w'’-]{1,30}){0,2}),")
_NOBODY = word_set(
    "sir madam sirs customer all everyone everybody there team both again kunde kundin kunden damen herren zusammen"
    " alle and und or oder to whom it may concern you valued"
)
_TITLES = word_set(
    "mr mrs ms miss mx dr prof herr herrn frau fraulein doktor professor und and familie family von van de der den zu sir madam"
)
_NO_NAME_FIRST = word_set(
    "thanks thank sorry yes no unfortunately today tomorrow well however first also please good great now here happy"
    " again ok okay hello hi leider danke ja nein gerne heute morgen vielen bitte"
    " entschuldigung once perhaps apologies further as so hopefully normally naturally"
)
_PART = re.compile(r"[^\W\d_][\w'’]*")
_SIGN_OFF = word_set(
    "best kind warm kindest warmest regards wishes thanks thank you cheers yours sincerely faithfully truly with"
    " sorry love all the very many and again from your und viele vielen dank liebe lieben"
    " herzliche herzlichen schone beste besten grusse gruse gruss grussen freundlichen freundlichem mit ihr ihre i a"
    " im auftrag vg lg mfg bg ps"
)
_AFTER_NAME = re.compile(r"[.\s]*(?:$|[,|(/•·@;:–—-])|\s+(?:at|from|von|bei)\s")
GREETING_LINES = 6
SIGNING_LINES = 12
NEAR = 70.0
"""From this likeness (0 to 100) on, a word that is no part of the customer's name is likely a part of it misspelt."""


def find_gaps(text: str) -> list[Gap]:
    """Placeholders nobody filled in: "[tracking number]", "XXX", "____", "<name>", "TODO", "{{ name }}", "???"."""
    return [
        Gap(found.group(), found.start(), found.end())
        for found in _GAP.finditer(text[:READ_AT_MOST])
        if not _TAG.fullmatch(found.group())
    ]


def speaks_of_attachment(text: str) -> bool:
    """It says that something comes with it; "not attached" and "your attachment" do not count, nor does quoted history."""
    low = even(split_reply(text[:READ_AT_MOST]).new)
    return any(
        not _NOT_ATTACHED.search(low[max(0, found.start() - 40) : found.start()]) and not _NOT_AFTER.match(low, found.end())
        for found in _ATTACHED.finditer(low)
    )


def greeting_name(text: str) -> str | None:
    """The name greeted in the first lines, with its title: "Mary", "Mrs Whitcombe"; None if nobody is greeted by name."""
    lines = [line for line in text[:2000].splitlines() if line.strip()][:GREETING_LINES]
    for number, line in enumerate(lines):
        if found := _GREETING.match(even(line)):
            name = line[found.start("name") : found.end("name")].strip(" .-")
            return name if _is_name(name) else None
        if (
            number == 0
            and (bare := _BARE_NAME.match(line))
            and _is_name(bare["name"])
            and bare["name"].split()[0].lower() not in _NO_NAME_FIRST
            and len(line.split()) <= 12
        ):
            return bare["name"]
    return None


def _is_name(name: str) -> bool:
    parts = name.split()
    return (
        bool(parts)
        and len(parts) <= 5
        and not any(part.lower().strip(".") in (_NOBODY - {"and", "und"}) for part in parts)
        and any(part[0].isupper() for part in parts)
    )


def name_doubt(greeted: str | None, customer_name: str) -> Literal["missing", "wrong"] | None:
    """ "missing" if nobody is greeted by name, "wrong" if somebody else or a misspelling is, None if right or no name is known.

    First name, last name, initial and title all do; accents do not matter.
    """
    known = _name_parts(customer_name)
    if not known:
        return None
    said = _name_parts(greeted or "")
    if not said:
        return "missing"
    strange = [part for part in said if not _is_among(part, known)]
    if len(strange) == len(said):
        return "wrong"
    return "wrong" if any(ratio(part, other) >= NEAR for part in strange for other in known) else None


def is_signed(text: str, author_name: str) -> bool:
    """One of the last lines is the author's name, whole or in part, whatever sign-off or role stands around it."""
    own = _name_parts(author_name)
    parted = split_reply(text)
    lines = [line for line in f"{parted.new}\n{parted.signature}"[-4000:].splitlines() if line.strip()][-SIGNING_LINES:]
    return bool(own) and (
        any(_is_signature(line, own) for line in lines) or (bool(lines) and _is_signature(lines[-1].rpartition(" — ")[2], own))
    )


def _is_signature(line: str, own: list[str]) -> bool:
    end = 0
    for found in _PART.finditer(line[:120]):
        part = _key(found.group())
        if part in own:
            end = found.end()
        elif end or part not in _SIGN_OFF:
            break
    return end > 0 and _AFTER_NAME.match(line, end) is not None


def _name_parts(name: str) -> list[str]:
    """Its parts in plain letters, without titles."""
    return [key for found in _PART.finditer(name) if (key := _key(found.group())) not in _TITLES]


def _key(part: str) -> str:
    """ "Müller", "Muller" and "Mueller" are one."""
    return folded(part).removesuffix("'s").replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _is_among(part: str, known: list[str]) -> bool:
    return part in known or (len(part) == 1 and any(other.startswith(part) for other in known))
