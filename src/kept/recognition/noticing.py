"""A good word about one of us is noticed in what was just filed. It then waits for a person, and goes nowhere by itself (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kept.cases.models import Case, Message
from kept.people.knowing import roster
from kept.people.models import Customer
from kept.places.models import Place
from kept.recognition.guessing import propose
from kept.recognition.models import Recognition, RecognitionState
from kept.text.described import find_described
from kept.text.names import Mention, find_people
from kept.text.praise import GoodWord, find_praise, may_praise
from kept.text.splitting import split_reply
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def notice_praise(message: Message, *, now: datetime) -> list[Recognition]:
    """Each of us whom these words praise has a recognition that waits for a name, with everybody it could be beside it.

    Runs for whatever is filed: words without any thanks or praise cost a look at their words, and no query.
    """
    if not message.is_theirs or not may_praise(message.text):
        return []
    found = good_words(message.text)
    if not found or Recognition.objects.filter(source_key=f"message:{message.pk}").exists():
        return []
    case = message.case
    begun = [
        Recognition(
            words=split_reply(message.text).new.strip(),
            marked=message.text[word.start : word.end][:120],
            source="message",
            source_key=f"message:{message.pk}",
            medium=message.medium,
            message=message,
            case=case,
            customer=message.customer,
            writer_name=(message.customer.name if message.customer else "")[:120],
            place_id=case.place_id,
            said_at=message.at,
        )
        for word in found
    ]
    return [_wait_for_a_name(one, word.mentions, now=now) for one, word in zip(begun, found, strict=True)]


def notice_praise_in_response(
    words: str,
    *,
    source_key: str,
    said_at: datetime,
    now: datetime,
    named: str = "",
    went_well: bool = True,
    customer: Customer | None = None,
    case: Case | None = None,
    place: Place | None = None,
    consent: str = "",
    medium: str = "survey",
) -> list[Recognition]:
    """The same for an answer to a survey: `named` is whom they say helped them. Words on a `case` were looked at as its message.

    Called again whenever the answer changes: what waits still says what they say now; nothing waits twice.
    """
    told = words.strip() or named.strip()
    spoken = [] if case is not None else good_words(words)
    mentions = find_people(named, roster()) if named.strip() and went_well else []
    keys = {mention.person_key for word in spoken for mention in word.mentions}
    wanted = [(words[word.start : word.end][:120], word.mentions) for word in spoken]
    if named.strip() and went_well and not keys & {mention.person_key for mention in mentions}:
        wanted.append((named.strip()[:120], tuple(mentions)))
    standing = list(Recognition.objects.filter(source_key=source_key)) if wanted else []
    begun = []
    for marked, meant in wanted:
        if any(one.marked == marked for one in standing) or (case is not None and _stands_on(case, meant)):
            continue
        one = Recognition(
            words=told, marked=marked, source="survey", source_key=source_key, medium=medium, case=case, customer=customer,
            writer_name=(customer.name if customer else "")[:120], place=place, said_at=said_at,
            consent=consent if consent in {"name", "anon"} else "",
        )  # fmt: skip
        begun.append(_wait_for_a_name(one, meant, now=now))
    _keep_up(standing, told)
    return begun


def good_words(text: str) -> list[GoodWord]:
    """Whom these words praise by name, each once; where nobody is named, whom they describe."""
    named: dict[frozenset[int], GoodWord] = {}
    for word in find_praise(text, roster()):
        named.setdefault(frozenset(mention.person_key for mention in word.mentions), word)
    return list(named.values()) or find_described(text)[:1]


def _wait_for_a_name(begun: Recognition, mentions: Sequence[Mention], *, now: datetime) -> Recognition:
    begun.save()
    record(begun.line, Happened.PRAISE_NOTICED, at=now)
    propose(begun, mentions=mentions)
    return begun


def _stands_on(case: Case, meant: Sequence[Mention]) -> bool:
    """The words of the same answer, on its case, praise the same person already."""
    keys = {mention.person_key for mention in meant}
    either = Q(candidates__employee__in=keys, candidates__why__in=["named", "nickname"]) | Q(employee__in=keys)
    return bool(keys) and Recognition.objects.filter(either, case=case).exclude(state=RecognitionState.NOT_PRAISE).exists()


def _keep_up(standing: Sequence[Recognition], told: str) -> None:  # no event: PRAISE_NOTICED told of it; these are their words
    """They changed their answer before anybody read it: the words that wait are the ones they want to say."""
    for one in standing:
        if one.state == RecognitionState.LOOKING and one.words != told:
            one.words = told
            one.save(update_fields=["words"])
