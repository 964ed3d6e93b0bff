"""From a cue in a sentence to a whole binding: how far its words reach, what it waits for, how firm it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kept.text import english_words, german_cues
from kept.text.cues import Conditions, Cue, Kind, name_in
from kept.text.english_cues import english_cues
from kept.text.words import Sentence, is_german

_TRAILING = re.compile(
    r"(?:[\s,;:-]|(?:(?<=\s)(?:and|but|or|so|then|that|und|aber|oder|dann|because|as|weil|i|we|ich|wir)\s*$))+$"
)
_DETERMINER = re.compile(r"(?:your|the|our|a|an|ihre?[nmrs]?|die|der|das|dein?e?|unsere?|eine?)\s+")
_HISTORY = re.compile(r"^[A-ZÄÖÜ][\w'-]+(?: [A-ZÄÖÜ][\w'-]+)? (?:\w+ly )?([a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """One binding with its places in the whole text; `lead` is where words that belong to it may begin."""

    cue: Cue
    lead: int
    start: int
    verb: int
    told: int
    end: int
    kind: Kind
    waits: bool  # for something of ours, not of the customer: no hour can be reckoned
    if_from: int
    if_to: int
    is_german: bool

    def is_in_condition(self, place: int) -> bool:
        """That place lies in its "if ..." part."""
        return self.if_from <= place < self.if_to


def bound_in(low: str, sentence: Sentence, *, before: str | None) -> list[Bound]:
    """The bindings of one sentence; `low` is the whole text made even, `before` whom "he" or "she" would mean."""
    even_sentence = low[sentence.start : sentence.end]
    german = is_german(even_sentence)
    says = (german_cues if german else english_words).CONDITIONS
    find = german_cues.german_cues if german else english_cues
    cues = list(find(even_sentence, sentence.text, before=before))
    return list(_reaching(even_sentence, sentence.start, cues, says, german))


def _reaching(low: str, offset: int, cues: list[Cue], says: Conditions, german: bool) -> Iterator[Bound]:
    lead, shared = 0, _Condition()
    for cue, following in zip(cues, [*cues[1:], None], strict=False):
        stop = following.start if following else len(low)
        if cut := says.cut.search(low, cue.told, stop):
            stop = cut.start()
        ahead = _condition_ahead(low, lead, cue, says)
        behind = _condition_behind(low, cue, stop, says)
        shared = ahead if ahead.is_any else shared
        whole = behind if behind.is_any else ahead if ahead.is_any else replace(shared, start=0, end=0)
        if ahead.is_courtesy:
            lead = stop
            continue
        end = _trimmed(low, cue.told, behind.start if behind.is_courtesy else stop)
        start = min(cue.start, ahead.start) if ahead.is_any else cue.start
        if cue.is_thing and start == cue.start and (article := _DETERMINER.match(low, start, cue.verb)):
            start = article.end()
        yield Bound(
            cue=cue,
            lead=offset + lead,
            start=offset + start,
            verb=offset + cue.verb,
            told=offset + cue.told,
            end=offset + max(end, cue.told),
            kind=_kind(low[min(start, cue.start) : end], cue, whole, says),
            waits=whole.is_ours,
            if_from=offset + whole.start,
            if_to=offset + whole.end,
            is_german=german,
        )
        lead = max(end, cue.told)


@dataclass(frozen=True, slots=True)
class _Condition:
    start: int = 0
    end: int = 0
    on_customer: bool = False
    is_ours: bool = False
    is_courtesy: bool = False

    @property
    def is_any(self) -> bool:
        return self.on_customer or self.is_ours


def _condition_ahead(low: str, lead: int, cue: Cue, says: Conditions) -> _Condition:
    """ "If you send me the receipt, I ..." or "Send me the receipt and I ..." """
    if lead == 0 and cue.start > 0 and says.order.match(low[: cue.start]):
        return _Condition(0, cue.start, on_customer=True)
    found = says.any.search(low, lead, max(cue.start, lead)) or says.any.match(low, cue.start)
    return _read(low, found, cue.start, says) if found else _Condition()


def _condition_behind(low: str, cue: Cue, stop: int, says: Conditions) -> _Condition:
    found = says.any.search(low, cue.told, stop)
    return _read(low, found, stop, says) if found else _Condition()


def _read(low: str, found: re.Match[str], stop: int, says: Conditions) -> _Condition:
    stop = found.end() if found.group().startswith("nach ") else stop  # "nach Erhalt der Ware" ends with its noun
    words = low[found.start() : stop]
    if says.courtesy.match(words):
        return _Condition(found.start(), stop, is_courtesy=True)
    on_customer = says.on_customer.search(words) is not None
    return _Condition(found.start(), stop, on_customer=on_customer, is_ours=not on_customer)


def _kind(clause: str, cue: Cue, condition: _Condition, says: Conditions) -> Kind:
    if condition.on_customer:
        return "conditional"
    return "expectation" if cue.kind == "expectation" or says.hedge.search(clause) else "firm"


def _trimmed(low: str, told: int, stop: int) -> int:
    """Where the words end once closing marks and a dangling "and" are off."""
    piece = low[told:stop].rstrip().rstrip(".!?…\"')] ")
    return told + len(_TRAILING.sub("", piece))


def meant_by(low: str, sentence: Sentence, found: list[Bound], before: str | None) -> str | None:
    """Whom "he" or "she" of the next sentence means: a name, "" for a colleague without one, None for nobody of the house."""
    for one in reversed(found):
        if one.cue.is_somebody:
            return one.cue.who
    if english_words.EXTERNAL.search(low) or german_cues.EXTERNAL.search(low):
        return None
    if (told := _HISTORY.match(sentence.text)) and english_words.PERSON_DOES.match(told.group(1)):
        return name_in(told.group())
    return before
