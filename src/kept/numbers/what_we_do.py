"""The numbers about what we do: how soon we answer, whether our word stands, what we notice. Part of the catalogue."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kept.numbers import standing_by_our_word, waiting_times
from kept.numbers.counting import Form
from kept.numbers.metric import Metric
from kept.numbers.population_words import BEGUN, CONTACTS, NONE, OUR_WORDS, STAYS, WAITS

WHAT_WE_DO: Final = (
    Metric(
        "first_answer",
        _("First answer from a person"),
        _(
            "From their first word to the first answer of a person that reached them, by the clock; half of them waited "
            "no longer. Whoever still waits counts with their wait until now. Acknowledgements do not count."
        ),
        BEGUN,
        STAYS,
        Form.MIDDLE,
        waiting_times.first_answers,
        WAITS,
        pain="waiting",
        more_is_better=False,
        unit="minutes",
    ),
    Metric(
        "next_answer",
        _("Each further answer"),
        _("From each further word of theirs to the answer that covers it, by the clock; half of them waited no longer."),
        CONTACTS,
        NONE,
        Form.MIDDLE,
        waiting_times.next_answers,
        WAITS,
        pain="waiting",
        more_is_better=False,
        unit="minutes",
    ),
    Metric(
        "longest_silence",
        _("Longest silence"),
        _("The longest that any word of theirs went without a person’s answer, one for each matter; the figure is the longest."),
        CONTACTS,
        NONE,
        Form.LONGEST,
        waiting_times.longest_silences,
        WAITS,
        pain="waiting",
        more_is_better=False,
        unit="minutes",
    ),
    Metric(
        "promises",
        _("Promises kept in time"),
        _("The share of promises kept by the hour that was named."),
        OUR_WORDS,
        NONE,
        Form.SHARE,
        standing_by_our_word.promises,
        {"kept": _("kept in time"), "late": _("kept late"), "broken": _("broken till now")},
        ("kept",),
        "broken",
    ),
    Metric(
        "early",
        _("Sooner than promised"),
        _("By how much we beat our word; of those kept in time, half were at least this early."),
        OUR_WORDS,
        NONE,
        Form.MIDDLE,
        standing_by_our_word.early,
        {"early": _("kept in time")},
        unit="minutes",
    ),
    Metric(
        "calls",
        _("Calls rung back"),
        _("The share of calls that needed an answer and were answered by phone."),
        _("Every call in this time that needed or had an answer."),
        NONE,
        Form.SHARE,
        waiting_times.calls,
        {"rung": _("rung back"), "other": _("answered another way"), "waiting": _("not yet")},
        ("rung",),
        "waiting",
    ),
    Metric(
        "in_public",
        _("Public posts answered"),
        _("The share of public posts that needed an answer and had one where everybody could read it."),
        _("Every public post in this time that needed or had an answer."),
        NONE,
        Form.SHARE,
        waiting_times.in_public,
        {"public": _("answered in public"), "elsewhere": _("answered elsewhere"), "waiting": _("left in silence till now")},
        ("public",),
        "waiting",
    ),
    Metric(
        "failure_demand",
        _("Contacts we caused"),
        _("The share of contacts made while a promise of ours was broken (an hour we named is one), or as it happened again."),
        CONTACTS,
        NONE,
        Form.SHARE,
        waiting_times.failure_demand,
        {"broken": _("while a promise was broken"), "repeat": _("it happened again"), "value": _("of their own")},
        ("broken", "repeat"),
        "broken",
        more_is_better=False,
    ),
    Metric(
        "recognition",
        _("Good words"),
        _("Good words about one of us, said in this time."),
        _("Every good word said in this time; not what a person found to be none."),
        NONE,
        Form.COUNT,
        standing_by_our_word.good_words,
        {"passed_on": _("passed on"), "looking": _("who is this?")},
        unit="people",
    ),
    Metric(
        "small_things",
        _("Small things seen"),
        _("Small things that somebody saw and said in this time."),
        _("Everything that was seen in this time."),
        NONE,
        Form.COUNT,
        standing_by_our_word.small_things,
        {"open": _("open"), "done": _("done"), "left": _("left as it is")},
        pain="open",
        more_is_better=None,
        unit="people",
    ),
)
