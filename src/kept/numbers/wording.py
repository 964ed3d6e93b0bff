"""Figures as a person says them. In the language that is active."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kept.lib.wording import span_in_words
from kept.numbers.counting import Figure, Form
from kept.numbers.metric import Metric, Words
from kept.surveys.comparing import Verdict


def value_in_words(metric: Metric, value: float | None) -> str:
    """ "+38", "91%", "3 h 10 min", "1,240"; empty without a value."""
    if value is None:
        return ""
    if metric.unit == "minutes":
        return span_in_words(timedelta(minutes=value))
    if metric.unit == "percent":
        return f"{value:.0f}%"
    if metric.unit == "points":
        return f"{round(value):+d}".replace("-", "−") if round(value) else "0"
    return str(number_format(round(value, 2) if metric.unit == "money" else round(value), force_grouping=True))


def beside_before(metric: Metric, figure: Figure) -> str:
    """How it stands to the time before, and only what can be said."""
    if figure.verdict is None or figure.before is None:
        return ""
    if figure.verdict == Verdict.CHANCE:
        return _("No difference from the time before that can be told from chance.")
    if figure.verdict == Verdict.TOO_FEW:
        return _("Too few, now or in the time before, to compare.")
    before = value_in_words(metric, figure.before)
    if metric.unit == "minutes":
        says = _("Longer than in the time before (%(before)s), and not by chance.")
        less = _("Shorter than in the time before (%(before)s), and not by chance.")
    else:
        says = _("More than in the time before (%(before)s), and not by chance.")
        less = _("Less than in the time before (%(before)s), and not by chance.")
    return (says if figure.verdict == Verdict.ABOVE else less) % {"before": before}


def how_sure(metric: Metric, figure: Figure) -> str:
    """The interval, where there is one."""
    if figure.low is None or figure.high is None or figure.value is None:
        return ""
    told = {"low": value_in_words(metric, figure.low), "high": value_in_words(metric, figure.high)}
    return _("between %(low)s and %(high)s (right 95 times of 100)") % told


def parts_in_words(metric: Metric, figure: Figure) -> list[tuple[str, Words, int]]:
    """Each part, what it is called and how many: all of a metric’s own, also those that are nobody."""
    if metric.form == Form.SCORE:
        return [(part, part, figure.parts[part]) for part in sorted(figure.parts, key=int)]
    known = metric.parts or {part: part for part in sorted(figure.parts)}
    return [(part, called, figure.parts[part]) for part, called in known.items()]
