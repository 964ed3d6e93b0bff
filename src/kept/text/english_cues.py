"""How people promise in English: "I'll call you", "you will have it", "Tom will ring you", "it should arrive"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kept.text.cues import MOST_VERBS, Cue, Kind, name_in
from kept.text.english_words import (
    ADVERBS,
    BOUNDARY,
    DISTANT,
    DISTANT_THAT,
    EXTERNAL,
    INSIDE,
    MODAL,
    NO_PROMISE,
    NOT_OURS,
    NOT_SAID_NOW,
    OTHER_MODAL,
    PERSON_DOES,
    SUBORDINATE,
    SURE,
    THING_DOES,
    TRIES,
    WEAK,
    YOU_GET,
)


def english_cues(low: str, raw: str, *, before: str | None) -> Iterator[Cue]:
    """The bindings in one even sentence, `raw` as written; `before`: whom "he" would mean, None if nobody of the house."""
    found_any = False
    subject_so_far: Cue | None = None
    for modal in islice(MODAL.finditer(low), MOST_VERBS):
        if cue := _cue(low, raw, modal, before=before, last=subject_so_far):
            found_any, subject_so_far = True, cue
            yield cue
    if found_any:
        return
    for verb in islice(WEAK.finditer(low), MOST_VERBS):
        if cue := _weak_cue(low, raw, verb, before=before):
            yield cue
            return


def _cue(low: str, raw: str, modal: re.Match[str], *, before: str | None, last: Cue | None) -> Cue | None:
    start, joint, subject = _subject(low, modal.start())
    told = low[modal.end() : modal.end() + 80]
    if modal["let"]:
        return None if subject or NOT_SAID_NOW.match(told) else Cue(modal.start(), modal.start(), modal.end())
    if joint in SUBORDINATE and (own := re.search(r"(?<=\w \w)\w* (i|we|you)$", subject)):  # "once we have it we will ..."
        start, joint, subject = low.rindex(own[1], 0, modal.start()), ",", own[1]
    if joint in SUBORDINATE or NO_PROMISE.match(told) or DISTANT.search(SURE.sub("", subject)):
        return None
    if (
        joint == "that"
        and DISTANT_THAT.search(low[max(0, start - 45) : start].rpartition("that")[0])
        and not SURE.search(low[max(0, start - 30) : start].rstrip())
    ):
        return None
    kind: Kind = "expectation" if modal["soft"] or TRIES.match(told) else "firm"
    return _by_subject(low, raw, modal, (start, joint, subject), kind=kind, before=before, last=last)


def _by_subject(
    low: str, raw: str, modal: re.Match[str], place: tuple[int, str, str], *, kind: Kind, before: str | None, last: Cue | None
) -> Cue | None:
    start, joint, subject = place
    told = low[modal.end() : modal.end() + 80]
    who = subject.rpartition(" ")[2]
    if who in ("i", "we"):
        return Cue(start, modal.start(), modal.end(), kind, needs_date="be able to" in told[:12])
    if who == "you":
        sees = modal["soft"] == "can expect" or YOU_GET.match(told)
        return (
            Cue(start, modal.start(), modal.end(), kind, needs_date="be able to" in told[:12] or told.startswith(" see"))
            if sees
            else None
        )
    if who in ("", "who"):
        return _shared(low, raw, modal, start, kind=kind, joint=joint, last=last)
    if who in ("he", "she", "they"):
        named = before if last is None else last.who if last.is_somebody else None
        return (
            Cue(start, modal.start(), modal.end(), kind, who=named, is_somebody=True)
            if named is not None and PERSON_DOES.match(told.lstrip())
            else None
        )
    if EXTERNAL.search(subject) or len(subject.split()) > 9 or (NOT_OURS.search(subject) and not THING_DOES.match(told)):
        return None
    name = name_in(raw[start : modal.start()])
    if (INSIDE.search(subject) or name) and PERSON_DOES.match(told.lstrip()) and not modal["soft"]:
        return Cue(start, modal.start(), modal.end(), kind, who=name, is_somebody=True)
    return Cue(
        start,
        modal.start(),
        modal.end(),
        kind,
        is_thing=True,
        needs_date=modal["soft"] in ("take", "takes") or not THING_DOES.match(told),
    )


def _shared(low: str, raw: str, modal: re.Match[str], start: int, *, kind: Kind, joint: str, last: Cue | None) -> Cue | None:
    """No subject of its own: "... and will ring you" takes the one before, "Will call you at noon" is the writer's."""
    told = low[modal.end() : modal.end() + 80]
    if last is not None:
        return Cue(modal.start(), modal.start(), modal.end(), kind, who=last.who, is_somebody=last.is_somebody)
    if modal.start() == 0:
        return Cue(0, 0, modal.end(), kind) if modal["will"] == "will" and PERSON_DOES.match(told.lstrip()) else None
    if joint not in ("and", ",", "then", "but", "") or not PERSON_DOES.match(told.lstrip()):
        return (
            Cue(start, modal.start(), modal.end(), kind, is_thing=True, needs_date=True)
            if joint == "that" and THING_DOES.match(told)
            else None
        )
    first = low.split(" ", 1)[0]
    if first.partition("'")[0] in ("i", "we"):
        return Cue(modal.start(), modal.start(), modal.end(), kind)
    name = name_in(raw[: len(first)])
    if not (name or INSIDE.search(low[:40])) or EXTERNAL.search(low[:40]):
        return None
    return Cue(modal.start(), modal.start(), modal.end(), kind, who=name, is_somebody=True)


def _weak_cue(low: str, raw: str, verb: re.Match[str], *, before: str | None) -> Cue | None:
    """A promise in the present tense, which only a date makes one: "I am sending it tomorrow", "the boxes arrive on Friday"."""
    start, joint, subject = _subject(low, verb.start())
    told = low[verb.start() : verb.end() + 60]
    if (
        joint in SUBORDINATE | {"that"}
        or DISTANT.search(subject)
        or OTHER_MODAL.search(subject)
        or re.match(r" (?:not|n't|no\b|closed|sorry|away|on (?:\w+ )?(?:leave|holiday)|out of|off\b|happy)", low[verb.end() :])
    ):
        return None
    who = subject.rpartition(" ")[2]
    acts = (
        bool(PERSON_DOES.match(verb.group()))
        or bool(verb["ing"] and not re.search(r"(?:look|wait|work|hav|be|writ|stay|clos)ing$", verb.group()))
        or bool(verb["arranged"])
    )
    if who in ("i", "we") and verb.group() == "expect":
        return Cue(start, verb.start(), verb.end(), "expectation", needs_date=True)
    if who in ("i", "we"):
        told_from = verb.end() if verb["arranged"] else verb.start("doing" if verb["ing"] else "plain")
        return Cue(start, verb.start(), told_from, needs_date=True) if acts or verb.group() in ("promise", "guarantee") else None
    if who == "you":
        return (
            Cue(start, verb.start(), verb.end(), needs_date=True) if verb.group() in ("get", "receive", "hear", "have") else None
        )
    if not subject:
        return (
            Cue(verb.start(), verb.start(), verb.end(), "expectation", needs_date=True)
            if verb.start() == 0 and verb.group() == "expect"
            else None
        )
    if EXTERNAL.search(subject) or len(subject.split()) > 9 or verb.group() in ("have", "has", "hear", "receive", "expect"):
        return None
    name = name_in(raw[start : verb.start()])
    if (INSIDE.search(subject) or name or (who in ("he", "she") and before is not None)) and acts:
        return Cue(start, verb.start(), verb.start(), who=name or before or "", is_somebody=True, needs_date=True)
    if who in ("he", "she", "they", "there") or (
        verb.group() in ("is", "are") and not THING_DOES.match(" be" + low[verb.end() : verb.end() + 60])
    ):
        return None
    is_be = verb.group() in ("is", "are")
    return (
        Cue(start, verb.start(), verb.end() if is_be else verb.start(), is_thing=True, needs_date=True) if is_be or told else None
    )


def _subject(low: str, verb: int) -> tuple[int, str, str]:
    """Where the subject before a verb begins, the word that joins its clause to the one before, and the subject itself."""
    end, joint, window = 0, "", max(0, verb - 120)
    for found in BOUNDARY.finditer(low, window, verb):
        end, joint = found.end() - window, found.group().strip()
    piece = low[window + end : verb]
    bare = piece.strip()
    start = window + end + (len(piece) - len(piece.lstrip()))
    while adverb := ADVERBS.match(bare + " "):
        cut = len(bare[: adverb.end()])
        start, bare = start + cut, bare[cut:]
        if not bare:
            break
    return start, joint, ADVERBS.sub("", bare).strip()
