"""Is this a good word about one of us? By plain rules, clause by clause: what takes it back counts for more than what gives it.

Only proposes (R12): whoever is found here is told nothing until a person has looked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kept.text import praise_patterns as said
from kept.text import praise_undone as undone
from kept.text.names import Mention, people_in
from kept.text.own_words import own_words
from kept.text.praise_patterns import OTHER, WHO
from kept.text.praise_words import GIVES_IT_AWAY
from kept.text.roster import Known, Roster, roster_of
from kept.text.words import READ_AT_MOST, Sentence, even, folded, sentences

MOST_PLACES = 40
GOES_ON_FOR = 2
"""Sentences after the one that names somebody, in which "she" is still that person."""
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

    @property
    def people(self) -> frozenset[int]:
        """Whom it could mean."""
        return frozenset(mention.person_key for mention in self.mentions)


def may_praise(text: str) -> bool:
    """A quick look: False where no word of thanks or praise is in it at all."""
    return not GIVES_IT_AWAY.isdisjoint(folded(word) for word in set(_WORD.findall(text[:READ_AT_MOST].lower())))


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
    if len(meant) != 1 or undone.BAD.search(undone.THEIR_TROUBLE.sub(" ", undone.EXEMPT.sub(" ", even(own)))):
        return None
    praised = {mention.person_key for word in find_praise(text, known) for mention in word.mentions}
    return next(iter(meant)) if praised == meant else None


def _grouped(mentions: Sequence[Mention]) -> Iterator[_Group]:
    spans = dict.fromkeys((mention.start, mention.end) for mention in mentions)
    for start, end in spans:
        here = [mention for mention in mentions if (mention.start, mention.end) == (start, end)]
        yield _Group(start, end, tuple(sorted(here, key=lambda one: (-one.likely, one.person_key))))


def _praised(own: str, groups: list[_Group]) -> Iterator[GoodWord]:
    """Each person once; looked at are the first places only, so that no text can keep the reader for long."""
    groups, done = groups[:MOST_PLACES], set[frozenset[int]]()
    last, since = None, 0
    for sentence in sentences(own):
        here = [group for group in groups if sentence.start <= group.start < sentence.end]
        since = 0 if here else since + 1
        for group in {group.people: group for group in reversed(here)}.values():
            if group.people not in done and _is_praised(own, sentence, group, here):
                done.add(group.people)
                yield GoodWord(group.start, group.end, sentence.text, group.mentions)
        if not here and last and last.people not in done and since <= GOES_ON_FOR and _goes_on_about(sentence):
            done.add(last.people)
            yield GoodWord(last.start, last.end, sentence.text, last.mentions)
        if here:
            last = here[-1] if len({group.people for group in here}) == 1 else None


def _is_praised(own: str, sentence: Sentence, group: _Group, here: list[_Group]) -> bool:
    return _thanks_them(own, group) if _greets(sentence, group) else _is_about(sentence, group, here)


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
    marked = _goes_on_about_them(undone.THEIR_THINGS.sub(OTHER, marked))
    if undone.SARCASM.search(marked) and not undone.THEIR_TROUBLE.search(marked):
        return False
    clauses = list(_clauses(marked))
    return any(WHO in clause and _is_good(clause, asks=asks) for clause in clauses) and not _turns(clauses)


def _goes_on_about_them(marked: str) -> str:
    """“I dealt with Will and he was friendly”: within the sentence, he is Will."""
    before, who, after = marked.partition(WHO)
    return f"{before}{who}{said.HE.sub(WHO, after)}" if OTHER not in marked else marked


def _turns(clauses: list[str]) -> bool:
    """“... was nice at first, then he shouted at me”: another clause says bad things of the same person."""
    theirs = [clause for clause in clauses if WHO in clause or re.match(r"(?:then |und dann )?(?:he|she|er|sie) ", clause)]
    return any(undone.BAD.search(undone.THEIR_TROUBLE.sub(" ", clause)) for clause in theirs if not _is_good(clause, asks=False))


def _with_signs(sentence: Sentence, group: _Group, here: list[_Group]) -> str:
    """The even sentence with \\x01 for whom it is about, or is named together with, and \\x02 for everybody else."""
    parts, place = list[str](), sentence.start
    joined = [*_joined(sentence, group, here), *(one for one in here if one.people == group.people)]
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
    opens = undone.OPENS.match(low)
    parts = [low[: opens.end()], low[opens.end() :]] if opens else [low]
    for part in parts:
        yield from (clause.strip(" ,") for clause in undone.CLAUSES.split(part) if clause.strip(" ,"))


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
    bare = undone.THEIR_TROUBLE.sub(" ", undone.EXEMPT.sub(" ", clause))
    intends = undone.INTENDS.search(clause) is not None
    if not intends and (asks or undone.WOULD.search(bare)):
        return not undone.EXEMPT.search(clause) or asks
    patterns = (undone.NOT, undone.NO_MORE, undone.SAID, undone.BESIDES, undone.BAD, undone.SARCASM)
    return any(pattern.search(bare) for pattern in patterns)
