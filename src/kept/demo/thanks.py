"""Good words at Marlow: who was meant is said by a person, it is passed on, and some write a line back."""

from __future__ import annotations

from kept.cases.models import Case, Message
from kept.demo.asked_words import LINES_BACK
from kept.demo.life import Story
from kept.demo.town import Town
from kept.people.models import Employee
from kept.recognition.answering import answer, goes_back
from kept.recognition.giving import it_was, say_a_good_word
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.passing_on import printed

LOOKED_AT = 0.86
"""Of what waits for a name this share is looked at on the next day; the rest stays in sight."""


def somebody_looks_who_was_meant(town: Town) -> Story:
    """Each morning Ines goes through what waits for a name; where the words leave it open it goes on waiting."""
    while True:
        waiting = Recognition.objects.filter(state=RecognitionState.LOOKING).prefetch_related("candidates__employee")
        for recognition in waiting.order_by("id")[:20]:
            likely = sorted(recognition.candidates.all(), key=lambda one: -one.likely)
            if likely and town.dice.random() < LOOKED_AT:
                is_passed_on(town, recognition, likely[0].employee)
        yield town.later(days=1)


def is_passed_on(town: Town, recognition: Recognition, who: Employee) -> None:
    """Both have it; one in three writes a line back, and whoever has no desk gets a card."""
    by = town.marlow.ines if who.pk != town.marlow.ines.pk else town.marlow.priya
    it_was(recognition, who, by=by, now=town.now, nothing_else=recognition.source == "page")
    if who.pk == town.marlow.amira.pk and town.dice.random() < 0.3:
        printed(recognition, by=town.marlow.ines, now=town.now)
    if town.dice.random() < 0.33:
        town.begins(writes_back(town, recognition.pk), town.later(hours=town.dice.uniform(1, 30)))


def writes_back(town: Town, key: int) -> Story:
    """One line, if it can reach whoever said the good word."""
    recognition = Recognition.objects.select_related("employee", "case", "customer").get(pk=key)
    if recognition.employee is not None and goes_back(recognition):
        answer(recognition, town.dice.choice(LINES_BACK), by=recognition.employee, now=town.now)
    yield from ()


def hears_praise(town: Town, login: str, case: Case) -> None:
    """Whom these words praise, and their manager, have them in full; said by the one who opened the mail."""
    praised: Employee = getattr(town.marlow, login)
    recognition = Recognition.objects.filter(case=case, state=RecognitionState.LOOKING).first()
    if recognition is None:
        word = Message.objects.filter(case=case, is_theirs=True).order_by("id").first()
        if word is None or Recognition.objects.filter(case=case).exists():
            return
        recognition = say_a_good_word(word.text, employee=None, message=word, source="message", now=town.now)
    is_passed_on(town, recognition, praised)
