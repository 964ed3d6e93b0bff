"""What Kept cannot do for the people of Marlow: ring, and write down what was said. Each afternoon they see to it."""

from __future__ import annotations

from kept.cases.minding import do_duty
from kept.cases.models import Duty
from kept.demo.desk import look
from kept.demo.life import Story
from kept.demo.small_words import YES_BY_VOICE
from kept.demo.town import Town
from kept.outcomes.hearing import hear


def sees_to_it(life: Town) -> Story:
    """Every working day at three: whoever has something to do by hand does it; asked by voice, most customers say yes."""
    while True:
        if life.now.weekday() < 5:
            for duty in (
                Duty.objects.filter(done_at__isnull=True, case__is_open=True).select_related("case__owner").order_by("id")
            ):
                do_duty(duty, by=duty.case.owner, now=life.now)
                case = look(duty.case_id)
                if duty.kind == "ask_by_hand" and case.silent_since is None and life.dice.random() < 0.7:
                    hear(case, "yes", now=life.now, confirmed_by=case.owner, words=life.dice.choice(YES_BY_VOICE))
        yield life.later(days=1)
