"""Is this a good word about one of us? By plain rules, clause by clause: what takes it back counts for more than what gives it.

Only proposes (R12): whoever is found here is told nothing until a person has looked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kept.text import praise_words as said
from kept.text.names import Mention, people_in
from kept.text.own_words import own_words
from kept.text.praise_words import OTHER, WHO
from kept.text.roster import Known, Roster, roster_of
from kept.text.words import READ_AT_MOST, Sentence, even, folded, sentences

_WORD = re.compile(r"[^\W\d_]+")
_LIST = re.compile(r"\x01(?:(?:,| and| und| &|, and| sowie) (?:auch |also )?\x01)+")


@dataclass(frozen=True, slots=True)
class GoodWord:
    """One place that names or describes somebody who is praised; `mentions` are all it could be, the likeliest first."""

    start: int
    end: int
    quote: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Everybody that one place in the text could mean."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


def may_praise(text: str) -> bool:
    """A quick look: False where no word of thanks or praise is in it at all."""
    return not said.GIVES_IT_AWAY.isdisjoint(folded(word) for word in set(_WORD.findall(text[:READ_AT_MOST].lower())))


def find_praise(text: str, roster: Roster | Sequence[Known]) -> list[GoodWord]:
    """Every place where the writer's own words praise somebody of the roster."""
    if not may_praise(text):
        return []
    known = roster if isinstance(roster, Roster) else roster_of(tuple(roster))
    own = own_words(text)
    groups = list(_grouped(people_in(own, known)))
    return list(_praised(own, groups)) if groups else []


def plainly_praised(text: str, roster: Callable[[], Roster]) -> int | None:
    """The one person these words speak of, where they hold nothing but good of them and no trouble at all; None otherwise.

    `roster` is asked for only if there is any praise in them.
    """
    if not may_praise(text):
        return None
    known, own = roster(), own_words(text)
    meant = {mention.person_key for mention in people_in(own, known) if mention.how != "slip"}
    if len(meant) != 1 or said.BAD.search(said.THEIR_TROUBLE.sub(" ", said.EXEMPT.sub(" ", even(own)))):
        return None
    praised = {mention.person_key for word in find_praise(text, known) for mention in word.mentions}
    return next(iter(meant)) if praised == meant else None


def _grouped(mentions: Sequence[Mention]) -> Iterator[_Group]:
    spans = dict.fromkeys((mention.start, mention.end) for mention in mentions)
    for start, end in spans:
        here = [mention for mention in mentions if (mention.start, mention.end) == (start, end)]
        yield _Group(start, end, tuple(sorted(here, key=lambda one: (-one.likely, one.person_key))))


def _praised(own: str, groups: list[_Group]) -> Iterator[GoodWord]:
    spoken, last = list(sentences(own)), list[_Group]()
    for number, sentence in enumerate(spoken):
        here = [group for group in groups if sentence.start <= group.start < sentence.end]
        for group in here:
            greets = _greets(sentence, group)
            if (greets and _thanks_them(own, group)) or (not greets and _is_about(sentence, group, here)):
                yield GoodWord(group.start, group.end, sentence.text, group.mentions)
        alone = here if len({group.mentions[0].person_key for group in here}) == 1 else []
        if not here and len(last) >= 1 and number and _goes_on_about(sentence):
            yield GoodWord(last[0].start, last[0].end, sentence.text, last[0].mentions)
        last = alone or ([] if here else last)


def _greets(sentence: Sentence, group: _Group) -> bool:
    return said.GREETS.match(even(sentence.text[: group.start - sentence.start])) is not None


def _thanks_them(own: str, group: _Group) -> bool:
    """“Dear Priya, you were so kind”: said to the one it is about."""
    rest = [even(sentence.text) for sentence in sentences(own[group.end :])]
    bad = any(_takes_back(clause, asks=False) for one in rest for clause in _clauses(one))
    return not bad and any(said.YOU.search(one) or _great_help(one) for one in rest)


def _great_help(low: str) -> bool:
    return (
        re.search(
            r"(?:thank|dank)\w*\b.*\b(?:great|wonderful|amazing|kind|große|großartige|tolle|liebe)\w* (?:help|hilfe|support)", low
        )
        is not None
    )


def _goes_on_about(sentence: Sentence) -> bool:
    """“She was wonderful.”"""
    low = even(sentence.text)
    found = said.SHE.search(low)
    if found is None or sentence.asks:
        return False
    about = re.sub(r"\b(?:she|he|they|er|her|him|them|ihm|ihr)\b|\bsie(?= (?:war|ist|hat|half))", WHO, low)
    about = about if WHO in about else f"{WHO} was {about}"
    return any(_is_good(clause, asks=False) for clause in _clauses(about))


def _is_about(sentence: Sentence, group: _Group, here: list[_Group]) -> bool:
    """The clause in which they are named says something good of them, and nothing takes it back."""
    return is_good_about(_LIST.sub(WHO, _with_signs(sentence, group, here)), asks=sentence.asks)


def is_good_about(marked: str, *, asks: bool) -> bool:
    """The same for an even sentence in which \x01 stands for whom it is about."""
    if said.SARCASM.search(marked) and not said.THEIR_TROUBLE.search(marked):
        return False
    clauses = list(_clauses(marked))
    return any(WHO in clause and _is_good(clause, asks=asks) for clause in clauses) and not _turns(clauses)


def _turns(clauses: list[str]) -> bool:
    """“... was nice at first, then he shouted at me”: another clause says bad things of the same person."""
    theirs = [clause for clause in clauses if WHO in clause or re.match(r"(?:then |und dann )?(?:he|she|er|sie) ", clause)]
    return any(said.BAD.search(said.THEIR_TROUBLE.sub(" ", clause)) for clause in theirs if not _is_good(clause, asks=False))


def _with_signs(sentence: Sentence, group: _Group, here: list[_Group]) -> str:
    """The even sentence with \\x01 for whom it is about, or is named together with, and \\x02 for everybody else."""
    parts, place = list[str](), sentence.start
    joined = _joined(sentence, group, here)
    for one in sorted(here, key=lambda one: one.start):
        parts += [sentence.text[place - sentence.start : one.start - sentence.start], WHO if one in joined else OTHER]
        place = one.end
    return even("".join([*parts, sentence.text[place - sentence.start :]]))


def _joined(sentence: Sentence, group: _Group, here: list[_Group]) -> list[_Group]:
    """Those in the same list of names: “Ben and Amira”."""
    ordered = sorted(here, key=lambda one: one.start)
    run, found = list[_Group](), [group]
    for one in ordered:
        between = sentence.text[run[-1].end - sentence.start : one.start - sentence.start] if run else ""
        run = [*run, one] if run and re.fullmatch(r"\s*(?:,|and|und|&|, and|sowie)\s*(?:auch |also )?", between) else [one]
        if group in run:
            found = list(run)
    return found


def _clauses(low: str) -> Iterator[str]:
    opens = said.OPENS.match(low)
    parts = [low[: opens.end()], low[opens.end() :]] if opens else [low]
    for part in parts:
        yield from (clause.strip(" ,") for clause in said.CLAUSES.split(part) if clause.strip(" ,"))


def _is_good(clause: str, *, asks: bool) -> bool:
    if _takes_back(clause, asks=asks):
        return False
    if any(pattern.search(clause) for pattern in said.ABOUT_THEM):
        return True
    return OTHER not in clause and WHO in clause and said.KIND.search(clause) is not None and not _is_beside(clause)


def _is_beside(clause: str) -> bool:
    """The kind one is somebody else, and the name only stands where something happened: “I met Ben there”."""
    return re.search(r"\b(?:met|left it with|asked|told|let|to meet|for|an|to|mit|with|ask) \x01", clause) is not None


def _takes_back(clause: str, *, asks: bool) -> bool:
    """A no, a wish, a question, a comparison, hearsay, or bad words in the same clause."""
    bare = said.THEIR_TROUBLE.sub(" ", said.EXEMPT.sub(" ", clause))
    intends = said.INTENDS.search(clause) is not None
    if not intends and (asks or said.WOULD.search(bare)):
        return not said.EXEMPT.search(clause) or asks
    patterns = (said.NOT, said.NO_MORE, said.SAID, said.BESIDES, said.BAD, said.SARCASM)
    return any(pattern.search(bare) for pattern in patterns)
