"""A person reads the paper and mends what the machine read; what it had read stays beside it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.locking import locked
from kept.channels.cleaning import clean_text
from kept.letters.models import LetterReading
from kept.letters.reading import say_what_it_says
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 50_000


@transaction.atomic
def correct(reading: LetterReading, words: str, *, by: Employee, now: datetime) -> None:
    """The letter says this, says `by`; also where no machine could read it. Words that somebody had typed are theirs and stay."""
    words = clean_text(words).strip()
    if not words:
        raise Refusal(_("Write what the letter says."))
    if len(words) > LONGEST:
        raise Refusal(_("That is too long: %(most)d letters at most.") % {"most": LONGEST})
    rows = LetterReading.objects.select_for_update(of=("self",)).select_related("file__message")
    reading = rows.get(pk=reading.pk)
    if words == reading.words:
        return
    message, before = reading.file.message, reading.words
    message.case = locked(message.case_id)
    reading.corrected, reading.corrected_at, reading.corrected_by = words, now, by
    reading.save(update_fields=["corrected", "corrected_at", "corrected_by"])
    record(message.case.about, Happened.LETTER_CORRECTED, at=now, by=by, message=message.pk)
    if message.text in {"", before}:
        say_what_it_says(message, words)
