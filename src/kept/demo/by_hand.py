"""What Kept cannot do for the people of Marlow: ring, and write down what was said. Each afternoon they see to it."""

from __future__ import annotations

from kept.cases.minding import do_duty
from kept.cases.models import Duty
from kept.demo.desk import look
from kept.demo.life import Story
from kept.demo.small_words import YES_BY_VOICE
from kept.demo.town import Town
from kept.letters.posting import day_at, say_posted
from kept.outcomes.hearing import hear
from kept.replies.models import Letter


def sees_to_it(life: Town) -> Story:
    """Every working day at three: whoever has something to do by hand does it; asked by voice, most customers say yes."""
    while True:
        if life.now.weekday() < 5:
            _goes_to_the_post(life)
            for duty in (
                Duty.objects.filter(done_at__isnull=True, case__is_open=True).select_related("case__owner").order_by("id")
            ):
                do_duty(duty, by=duty.case.owner, now=life.now)
                case = look(duty.case_id)
                if duty.kind == "ask_by_hand" and case.silent_since is None and life.dice.random() < 0.7:
                    hear(case, "yes", now=life.now, confirmed_by=case.owner, words=life.dice.choice(YES_BY_VOICE))
        yield life.later(days=1)


def _goes_to_the_post(life: Town) -> None:
    """Every letter that lies there is printed and on its way."""
    for letter in Letter.objects.filter(is_waiting=True).select_related("message__case__policy__calendar").order_by("id"):
        on = day_at(letter.message.case, life.now)
        say_posted(letter, on=on, by=life.marlow.ben, now=life.now, despite=frozenset({"all"}))
