"""The Pulse: one true sentence, a few numbers, and dots that are somebody. Each opens the people it counts."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kept.numbers.catalogue import BY_NAME, read_all
from kept.numbers.counting import Form
from kept.numbers.facts import Facts
from kept.numbers.metric import Metric, Reading, read
from kept.numbers.moving_together import ending_and_spending, ending_and_staying
from kept.numbers.people_behind import meet
from kept.numbers.sentence import sentence_of
from kept.numbers.wording import beside_before, how_sure, parts_in_words, value_in_words
from kept.surveys.scoring import FEWEST
from kept.web.desk.pulse_choices import STRETCHES, Looking, looking
from kept.web.desk.pulse_drawing import bands, stretches
from kept.web.desk.score_drawing import columns
from kept.web.desk.score_words import TONES
from kept.web.desk.workroom import desk, show, worker
from kept.web.media import MEDIA

CARDS = ("nps", "csat", "first_answer", "promises", "ends", "ces")
FOUR = 4
FIRST_STORIES = 5


@desk
@require_safe
def pulse(request: HttpRequest) -> HttpResponse:
    """The page. A number that opens nobody is not on it."""
    me = worker(request)
    what = looking(request, me)
    found = _read(("ends", "nps", "csat", "ces", "first_answer", "promises", "told_again"), Facts(what.lens))
    context = {
        **_frame(what),
        "sentence": sentence_of(found),
        "cards": [card_of(found[name]) for name in CARDS if name in found][:FOUR],
        "ends": _ends(found.get("ends"), what),
        "nps": _nps(found.get("nps")),
        "speed": bands(found["first_answer"].members) if "first_answer" in found else None,
        **_first_stories(found, request),
    }
    return show(request, "desk/pulse.html", context, here="pulse")


@desk
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Every number of the catalogue that opens somebody, in one table, and what moved with what."""
    what = looking(request, worker(request))
    facts = Facts(what.lens)
    rows = [card_of(reading) for reading in read_all(facts)]
    narrow = what.lens.is_narrowed
    moved = None if narrow else ending_and_staying(facts)
    spent = None if narrow else ending_and_spending(facts)
    return show(request, "desk/pulse_numbers.html", {**_frame(what), "rows": rows, "moved": moved, "spent": spent}, here="pulse")


def _frame(what: Looking) -> dict[str, object]:
    return {"what": what, "zone": what.zone, "stretches": STRETCHES, "media": MEDIA, "fewest": FEWEST}


def _read(names: Iterable[str], facts: Facts) -> dict[str, Reading]:
    readings = {name: read(BY_NAME[name], facts) for name in names}
    return {name: reading for name, reading in readings.items() if reading.opens}


def card_of(reading: Reading) -> dict[str, object]:
    """A number as a page shows it: in words, how sure, beside the time before, and its parts."""
    metric, figure = reading.metric, reading.figure
    return {
        "metric": metric,
        "figure": figure,
        "source": reading.source,
        "value": value_in_words(metric, figure.value),
        "sure": how_sure(metric, figure),
        "high_end": value_in_words(metric, figure.high_end),
        "beside": beside_before(metric, figure),
        "before": value_in_words(metric, figure.before),
        "parts": parts_in_words(metric, figure) if metric.form != Form.SCORE else [],
        "opens_first": _opens_first(metric, reading),
    }


def _opens_first(metric: Metric, reading: Reading) -> tuple[str, int]:
    """The people whom it hurt, if there are any; else all of them."""
    hurt = reading.figure.parts[metric.pain] if metric.pain else 0
    return (metric.pain, hurt) if hurt else ("", reading.figure.n)


def _ends(reading: Reading | None, what: Looking) -> dict[str, object] | None:
    if reading is None:
        return None
    drawn, each = stretches(reading.members, what.lens)
    return {"columns": drawn, "each": each, "parts": reading.figure.parts}


def _nps(reading: Reading | None) -> dict[str, object] | None:
    if reading is None:
        return None
    drawn, each = columns("nps", {int(part): people for part, people in reading.figure.parts.items()})
    return {"columns": drawn, "each": each, "n": reading.figure.n, "tones": TONES["nps"]}


def _first_stories(found: dict[str, Reading], request: HttpRequest) -> dict[str, object]:
    """Behind what hurt most: the black endings, else whoever still waits."""
    for name, part in (("ends", "black"), ("first_answer", "waiting")):
        members = found[name].of_part(part) if name in found else []
        if members:
            people = meet(members[:FIRST_STORIES], worker(request))
            return {"people": people, "behind": name, "behind_part": part, "behind_n": len(members)}
    return {"people": []}
