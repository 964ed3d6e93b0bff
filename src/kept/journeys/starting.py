"""Three maps to start from, so that nobody begins with an empty page. Our own; whoever takes one changes what is not so."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kept.journeys.drawing import Drawn, empty_step

Words = str | Lazy
Step = tuple[Words, str, Words, Words, bool]
Start = tuple[Words, Words, Words, Words, tuple[tuple[Words, tuple[Step, ...]], ...]]

STARTS: Final[dict[str, Start]] = {
    "pizza": (
        _("A pizza, delivered"),
        _("Somebody hungry at home, with two children"),
        _("Nobody wants to cook tonight"),
        _("Everybody eats warm within the hour, and nobody had to ring"),
        (
            (_("Finds us"), ((_("Looks at the menu"), "", _("know what it costs with delivery"), _("hungry"), False),)),
            (_("Orders"), ((_("Orders on the page"), "form", _("be done in two minutes"), _("in a hurry"), False),)),
            (
                _("Waits"),
                (
                    (_("Reads when it comes"), "sms", _("know the minute"), _("unsure"), False),
                    (_("Asks where it is"), "phone", _("hear a person who knows"), _("let down"), True),
                ),
            ),
            (_("Receives"), ((_("Opens the door"), "visit", _("find it warm and complete"), _("looking forward"), True),)),
            (_("Comes back"), ((_("Is asked how it was"), "survey", _("be answered if it was bad"), _("full"), False),)),
        ),
    ),
    "office": (
        _("An order of office supply"),
        _("Somebody who runs the front desk of a dental practice"),
        _("The boxes run out on Friday"),
        _("All boxes stand there before Friday, and the invoice says the same"),
        (
            (_("Finds us"), ((_("Searches the catalogue"), "", _("find the box they had"), _("under pressure"), False),)),
            (_("Orders"), ((_("Orders by mail"), "email", _("hear that it was read"), _("hopeful"), False),)),
            (
                _("Receives"),
                (
                    (_("Counts the boxes"), "visit", _("count as many as they ordered"), _("watchful"), True),
                    (_("Says what is missing"), "form", _("have it by Friday all the same"), _("annoyed"), True),
                ),
            ),
            (_("Pays"), ((_("Reads the invoice"), "letter", _("pay only for what came"), _("strict"), False),)),
        ),
    ),
    "complaint": (
        _("A complaint"),
        _("Somebody whom we let down"),
        _("Something went wrong, and they take the trouble to say so"),
        _("It is put right, and they would come to us again"),
        (
            (_("It happens"), ((_("Notices it"), "", _("that it had not happened"), _("angry"), False),)),
            (
                _("Tells us"),
                (
                    (_("Finds where to say it"), "form", _("say it once, their way"), _("tired of it already"), True),
                    (_("Hears who has it"), "email", _("a name and an hour"), _("relieved a little"), True),
                ),
            ),
            (_("Is answered"), ((_("Reads the answer"), "email", _("an answer to each question"), _("critical"), True),)),
            (
                _("It is put right"),
                (
                    (_("Gets what was promised"), "visit", _("get it when it was said"), _("curious"), True),
                    (_("Says whether it is solved"), "email", _("be believed"), _("heard"), False),
                ),
            ),
        ),
    ),
}
"""Key: name, whose way, why they come, when it has gone well; stages of (step, medium, what they want, how they feel, moment of
truth)."""


def start_from(key: str) -> tuple[str, Drawn]:
    """Name and map, in the reader's language. Raises KeyError."""
    name, persona, reason, outcome, stages = STARTS[key]
    drawn = {"persona": str(persona), "reason": str(reason), "outcome": str(outcome)}
    return str(name), {
        **drawn,
        "stages": [{"name": str(stage), "steps": [_step(step) for step in steps]} for stage, steps in stages],
    }


def _step(step: Step) -> Drawn:
    name, medium, wants, feels, is_moment = step
    told = {"name": str(name), "medium": medium, "wants": str(wants), "feels": str(feels), "moment_of_truth": is_moment}
    return empty_step() | told
