"""What somebody wrote themself, for whoever looks for names: history, signatures and addresses are blanked out in place."""

from __future__ import annotations

import re

from kept.text.splitting import split_reply, unquoted
from kept.text.words import READ_AT_MOST

_ADDRESS = re.compile(r"[^\s@]{1,64}@\S{1,255}|https?://\S{1,2000}|www\.\S{1,2000}")
SIGNED_WITHIN = 300
"""Letters at the end in which a signature is looked for; whoever signs with more has the rest read as words."""
_NOT_A_BREAK = re.compile(r"[^\n]")
_CLOSING = (
    r"(?:(?:with )?(?:best|kind|kindest|warm|warmest|many|all the|very best|fond)[ ,]*(?:and )?(?:best |kind )?"
    r"(?:regards|wishes|thanks|greetings|best)?|regards|yours(?: (?:sincerely|faithfully|truly|ever))?|sincerely|faithfully"
    r"|cheers|thanks(?: again| a lot| so much| in advance| and (?:best|kind) regards)?|thank you(?: again| so much| very much)?"
    r"|with thanks|love|lots of love|much love|take care|x{1,4}|bye"
    r"|mit (?:freundlichen|besten|herzlichen|lieben|sonnigen|vielen) grüßen"
    r"|(?:viele|liebe|beste|herzliche|schöne|sonnige|freundliche) grüße|grüße|gruß"
    r"|(?:lieben|herzlichen|schönen|besten) gruß|lg|vg|mfg|bis bald|hochachtungsvoll|ihre?|eure?|deine?"
    r"|(?:vielen |herzlichen |besten )?dank(?:e)?(?: schön| nochmals?| im voraus)?)"
)
_NAME = r"(?:[A-ZÄÖÜÉ][\w'’.-]*|von|van|de|der|und|and|&|family|familie)"
_SIGNED = re.compile(
    rf"(?:^|[\n.!?])[ \t]*(?P<closing>(?i:{_CLOSING}))[ \t]*[,.!–—-]*[ \t]*(?P<break>\n\s*|(?=[ \t]))[ \t]*"
    rf"(?P<name>(?:(?i:from|von|ihre?|eure?|deine?|your|yours)\s+)?{_NAME}(?:[ \t]+{_NAME}){{0,3}})[ \t]*[.!]?"
    r"(?:\n[^\n]{0,60}){0,4}\s*$"
)
_ALONE = re.compile(rf"\n[ \t]*[-–—~*]*[ \t]*(?P<name>{_NAME}(?:[ \t]+{_NAME}){{0,2}})[ \t]*[.!]?\s*$")
_NO_END = r"(?<!\b[DMSPH]r)(?<!\bM[rs]s)(?<!\bSt)(?<!\bProf)(?<!\bMs)"
_AFTER_THE_END = re.compile(
    rf"{_NO_END}[.!?…)\]][ \t]*[-–—~]*[ \t]*(?:x+[ \t]+)?(?P<name>[A-ZÄÖÜÉ][\w’'-]*(?:[ \t]+{_NAME}){{0,2}})[ \t]*$"
)
_DASHED = re.compile(r"[ \t]+[-–—~]+[ \t]*(?P<name>[A-ZÄÖÜÉ][\w’'-]*(?:[ \t]+[A-ZÄÖÜÉ][\w’'-]*)?)[ \t]*$")
_COULD_BE_SAID = re.compile(r"(?i:thank|thanks|cheers|danke|dank|vielen|herzlichen|besten|many|love|ihre?|bye|with)")


def own_words(text: str) -> str:
    """The same text, every character in its place, with blanks where history, a signature, or an address stands."""
    text = text[:READ_AT_MOST]
    end, place, kept = len(split_reply(text).new), 0, list[str]()
    for start, stop in unquoted(text):
        if start >= end:
            break
        kept += [_blank(text[place:start]), text[start : min(stop, end)]]
        place = min(stop, end)
    own = "".join(kept) + _blank(text[place:])
    return _unsigned(_ADDRESS.sub(lambda found: _blank(found[0]), own))


def _blank(piece: str) -> str:
    return _NOT_A_BREAK.sub(" ", piece)


def _unsigned(text: str) -> str:
    """The name under the words is the writer's own."""
    end = len(text.rstrip())
    start = max(0, end - SIGNED_WITHIN)
    for pattern in (_SIGNED, _ALONE, _AFTER_THE_END, _DASHED):
        if (found := pattern.search(text[start:end])) and _is_a_signature(found, text[: start + found.start()]):
            place = start + found.start("name")
            return text[:place] + _blank(text[place:])
    return text


def _is_a_signature(found: re.Match[str], before: str) -> bool:
    """“Thank you, Ben!” speaks to Ben; “Thanks, Ben” under a request is signed by him."""
    if "closing" not in found.groupdict() or not _COULD_BE_SAID.match(found["closing"]) or "\n" in found["break"]:
        return True
    return bool(before.strip()) and "," in found[0] and not found[0].rstrip().endswith("!")
