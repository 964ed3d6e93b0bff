"""Letters are read by machine as due work: one at a time, behind everything else; what is missing is said, and it waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kept.cases.locking import locked
from kept.cases.models import Attached, Message
from kept.cases.wording import snippet_of, title_of
from kept.channels import kinds
from kept.due.claiming import LeaseLost, claim, finish, put_off, try_again
from kept.due.ringing import wake
from kept.files import keeping
from kept.letters.models import LetterReading
from kept.letters.proposing import propose, title_in
from kept.letters.recognising import CannotBeRead, NotInstalled, Recognised, recognise
from kept.lib.programs import Stopped
from kept.lib.wording import day_in_words
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=20)
"""Forty pages take ten minutes on a small machine."""
LOOK_AGAIN = timedelta(minutes=10)
"""Whether what was missing has been installed meanwhile."""
MOST_TITLE = 90


@transaction.atomic
def have_it_read(message: Message, *, now: datetime) -> None:  # no event: RECEIVED tells it, LETTER_READ what came of it
    """Each file of a word that came on paper is in line to be read; the matter is called by the day the letter came."""
    channel = kinds().get(message.account.kind) if message.account else None
    if channel is None or not channel.is_on_paper:
        return
    for file in Attached.objects.filter(message=message).order_by("id"):
        LetterReading.objects.get_or_create(file=file, defaults={"asked_at": now, "next_try_at": now})
    case = message.case
    if not message.text and case.subject == title_of("", ""):
        case.subject = _called(message)
        case.save(update_fields=["subject"])
    wake(LetterReading)


def _called(message: Message) -> str:
    day = day_in_words(message.at, message.case.policy.calendar.zone, message.at)
    return _("Fax, %(day)s") % {"day": day} if message.medium == "fax" else _("Letter, %(day)s") % {"day": day}


def read_what_waits(
    now: datetime, *, should_stop: Callable[[], bool] = lambda: False, then: Callable[..., object] | None = None
) -> int:
    """Every letter in line was read, or says why not. `then(message, now=)` looks at words that were just read. How many were."""
    waiting = LetterReading.objects.select_related("file__message__account__brand")
    read = 0
    while not should_stop() and (batch := claim(waiting, now=now, limit=1, lease_for=LEASE)):
        with translation.override(settings.LANGUAGE_CODE), suppress(LeaseLost):
            read += _read(batch[0], now=now, should_stop=should_stop, then=then)
    return read


def _read(
    reading: LetterReading, *, now: datetime, should_stop: Callable[[], bool], then: Callable[..., object] | None
) -> bool:  # no event: _take_down records what came of it
    try:
        found = recognise(keeping.read(reading.file.content), should_stop=should_stop)
    except NotInstalled as missing:
        put_off(reading, until=now + LOOK_AGAIN, trouble=str(missing))
    except Stopped:
        put_off(reading, until=now)
    except CannotBeRead as why:
        _give_up(reading, str(why), now=now)
    except Exception as fault:
        log.exception("Letter %s could not be read; it is tried again.", reading.public_id)
        try_again(reading, now=now, trouble=f"{type(fault).__name__}: {fault}")
    else:
        _take_down(reading, found, now=now, then=then)
        return True
    return False


@transaction.atomic
def _give_up(reading: LetterReading, why: str, *, now: datetime) -> None:
    finish(reading, unreadable=why)
    message = reading.file.message
    record(message.case.about, Happened.LETTER_NOT_READ, at=now, why=why, message=message.pk)


def _take_down(
    reading: LetterReading, found: Recognised, *, now: datetime, then: Callable[..., object] | None
) -> None:  # no event: _words_are_there records it
    """What was read is kept; the files first, then the rows that name them."""
    account = reading.file.message.account
    region, ours = (account.settings.get("region", ""), (account.brand.name, account.brand.address)) if account else ("", ())
    facts = propose(found.words.text, region=region, ours=ours)
    pictures, searchable = [keeping.keep(picture) for picture in found.pictures], keeping.keep(found.searchable)
    with transaction.atomic():
        finish(
            reading,
            read_at=now,
            engine=found.engine,
            is_whole=found.is_whole,
            text=found.words.text,
            doubtful=[list(place) for place in found.words.doubtful],
            facts=[{"kind": fact.kind, "value": fact.value, "state": ""} for fact in facts],
            pictures=pictures,
            searchable=searchable,
        )
        message = _words_are_there(reading, now=now)
        if then is not None:
            then(message, now=now)


def _words_are_there(reading: LetterReading, *, now: datetime) -> Message:
    """The letter's words stand where all words stand, unless somebody had typed them already."""
    message = reading.file.message
    case = message.case = locked(message.case_id)
    pages = len(reading.pictures)
    says = ngettext("one page", "%(num)d pages", pages) % {"num": pages}
    record(case.about, Happened.LETTER_READ, at=now, pages=says, doubtful=len(reading.doubtful), message=message.pk)
    if not message.text:
        say_what_it_says(message, reading.text)
    return message


def say_what_it_says(message: Message, words: str) -> None:  # no event: whoever calls it records why
    """These are its words from now on, in the line of the lists and in its title, as far as the title was only made for it."""
    case, before = message.case, message.text
    if case.subject in {_called(message), title_for(before)}:
        case.subject = title_for(words) or case.subject
    if case.last_snippet == snippet_of(before, 200):
        case.last_snippet = snippet_of(words, 200)
    case.save(update_fields=["subject", "last_snippet"])
    message.text = words
    message.save(update_fields=["text"])


def title_for(words: str) -> str:
    """What the letter is about, on one line; empty where it does not say."""
    return snippet_of(title_in(words), MOST_TITLE)
