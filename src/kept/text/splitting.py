"""Parts what somebody wrote now from quoted history and a signature, for display only: every character is kept (T7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """`new + quoted + signature` holds every word of the body; `new` is empty only if the body is."""

    new: str
    quoted: str
    signature: str


_WROTE = re.compile(
    r"^[ \t]*(?:(?:On|Am|Le|El|Il|Op|Den|Em|W dniu)\b[^\n]{3,300}(?:wrote|writes|schrieb|a écrit|escribió|ha scritto"
    r"|schreef|skrev|napisał|escreveu)\b[^\n]{0,200}:?"
    r"|[^\n>]{0,120}<[^\n<>\s]{1,200}@[^\n<>\s]{1,200}>[^\n]{0,60}(?:wrote|schrieb|skrev|a écrit)[^\n]{0,20}:"
    r"|\d[^\n>]{5,200}(?:wrote|schrieb|skrev):|[^\n>:]{2,120}(?:wrote|schrieb|skrev) (?:on|at|am|um) [^\n]{4,120}:)[ \t]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^[ \t]*(?:On|Am|Le|El|Il|Op|Den|W dniu)\b[^\n]{3,200}$", re.IGNORECASE)
_ENDS_WROTE = re.compile(
    r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|napisał)\b[^\n]{0,120}:[ \t]*$", re.IGNORECASE
)
_DATED = re.compile(r"\d")
_RULED = re.compile(
    r"^[ \t>]*[-_*=]{2,12} ?(?:original message|originalnachricht|ursprüngliche nachricht|urspr\. nachricht"
    r"|forwarded message|weitergeleitete nachricht|reply message|message d'origine"
    r"|begin forwarded message)\b ?:?[ \t]*[-_*=]{0,12}[ \t]*$|^[ \t]*(?:begin forwarded message"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)):[ \t]*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^[ \t]*\*{0,2}(?:(?P<from>from|von|de|da|van|från|fra)|(?P<other>sent|date|to|cc|subject|gesendet|datum|an"
    r"|betreff|envoyé|à|objet|reply-to|antwort an|kopie|importance|wichtigkeit)):\*{0,2}[ \t]?\S?[^\n]*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[ \t]*[_-]{10,80}[ \t]*$")
_SIGN = re.compile(
    r"^(?:-- ?|__)[ \t]*$|^[ \t]*(?:sent from (?:my|a|outlook|mail|yahoo|proton|gmail)\b[^\n]{0,60}|sent (?:via"
    r"|with) [^\n]{2,40}|get outlook for [^\n]{2,20}"
    r"|von mein(?:em|er) [^\n]{2,40} gesendet\.?|gesendet (?:von|mit|über|aus) [^\n]{2,60}"
    r"|diese nachricht wurde von mein[^\n]{2,60}|envoyé de mon [^\n]{2,30})[ \t]*$",
    re.IGNORECASE,
)


def split_reply(body: str) -> Split:
    """The new words, the history folded away, the signature; answers written between quoted lines keep those lines visible.

    If nothing new would be left, everything is new: a folded page never hides a customer's words.
    """
    lines = body.splitlines(keepends=True)
    cut = _history_from(lines)
    sign = _signature_from(lines, cut)
    new, signature, quoted = "".join(lines[:sign]), "".join(lines[sign:cut]), "".join(lines[cut:])
    return Split(new, quoted, signature) if new.strip() else Split(body, "", "")


def unquoted(text: str) -> Iterator[tuple[int, int]]:
    """The places of the lines somebody wrote now, neither history nor quoted with ">"; all lines if none would be left."""
    lines = text.splitlines(keepends=True)
    cut = _history_from(lines)
    if not "".join(lines[:cut]).strip():
        cut = len(lines)
    place, any_own = 0, any(line.strip() and not _is_quoted(line) for line in lines[:cut])
    for number, line in enumerate(lines):
        if number < cut and not (any_own and _is_quoted(line)):
            yield place, place + len(line)
        place += len(line)


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _history_from(lines: list[str]) -> int:
    """The number of the line from which only history follows; the count of lines if there is none."""
    for number, line in enumerate(lines):
        if (length := _attribution(lines, number)) and not _is_answered_below(lines, number + length):
            return _with_rule(lines, number)
        if not length and (_RULED.match(line) or _is_header(lines, number)):
            return _with_rule(lines, number)
    return _trailing_quote(lines)


def _attribution(lines: list[str], number: int) -> int:
    """Over how many lines "On ... wrote:" runs from here, 0 if it does not."""
    if len(lines[number]) > 600 or _is_quoted(lines[number]):
        return 0
    line = lines[number].rstrip("\r\n")
    if (
        _WROTE.match(line)
        and (line.rstrip().endswith(":") or _next_is_quoted(lines, number + 1))
        and _DATED.search(line + "".join(lines[number + 1 : number + 2])[:80])
    ):
        return 1
    if not _OPENS.match(line) or not _DATED.search(line):
        return 0
    for more in (1, 2):
        following = lines[number + more][:400].rstrip("\r\n") if number + more < len(lines) else ""
        if not following.strip():
            return 0
        if _ENDS_WROTE.search(following):
            return more + 1
    return 0


def _next_is_quoted(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number : number + 3] if line.strip()), "")
    return _is_quoted(following)


def _is_header(lines: list[str], number: int) -> bool:
    """A block of From:, Sent:, To:, Subject: as mail programs put above an older message."""
    if not (first := _HEAD.match(lines[number][:300])) or not first["from"]:
        return False
    block = [head for line in lines[number + 1 : number + 6] if (head := _HEAD.match(line[:300]))]
    return sum(bool(head["other"]) for head in block) >= 2


def _is_answered_below(lines: list[str], number: int) -> bool:
    """Somebody wrote between or beneath the quoted lines that follow, so these must stay visible."""
    quoted = False
    for line in lines[number:]:
        if _is_quoted(line):
            quoted = True
        elif line.strip() and quoted:
            return not _SIGN.match(line.rstrip("\r\n"))
        elif line.strip():
            return False
    return False


def _with_rule(lines: list[str], number: int) -> int:
    """A line of underscores just above belongs to the history."""
    above = number - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _LINE.match(lines[above].rstrip("\r\n")) else number


def _trailing_quote(lines: list[str]) -> int:
    """Lines with ">" at the very end and nothing of their own beneath them are history."""
    number = len(lines)
    while number and (_is_quoted(lines[number - 1]) or not lines[number - 1].strip()):
        number -= 1
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _signature_from(lines: list[str], cut: int) -> int:
    """The number of the line where a signature begins, `cut` if there is none."""
    for number in range(cut - 1, max(-1, cut - 25), -1):
        if _SIGN.match(lines[number][:120].rstrip("\r\n")) and not any(_is_quoted(line) for line in lines[number:cut]):
            return number
    return cut
