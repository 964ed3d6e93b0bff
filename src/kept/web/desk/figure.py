"""One number: exactly what it is, and everybody it counts. Figure and people stay together: on the page, in print, as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from kept.numbers.catalogue import BY_NAME
from kept.numbers.facts import Facts
from kept.numbers.members import Member
from kept.numbers.metric import Reading, read
from kept.numbers.our_hours import middle_in_our_hours
from kept.numbers.people_behind import meet, some_of
from kept.numbers.wording import value_in_words
from kept.numbers.writing_out import as_csv
from kept.web.desk.chosen import spot_in
from kept.web.desk.pulse import card_of
from kept.web.desk.pulse_choices import Looking, looking
from kept.web.desk.pulse_drawing import BANDS, band_of
from kept.web.desk.score_words import Words
from kept.web.desk.workroom import desk, show, worker

MOST_IN_PRINT: Final = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number, and the part of its people that is looked at."""

    what: Looking
    facts: Facts
    reading: Reading
    part: str
    members: list[Member]
    days: tuple[date, date] | None
    band: int | None

    def address(self, **other: object) -> str:
        """The same people, but for what is given."""
        since, until = self.days or (None, None)
        return self.what.address(**{"part": self.part, "since": since, "until": until, "band": self.band, **other})

    @property
    def band_called(self) -> Words:
        """How long they waited at most."""
        return BANDS[self.band][1] if self.band is not None else ""


@desk
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The number with its definition, and its people, the newest first."""
    chosen, me = _chosen(request, name), worker(request)
    in_print = "print" in request.GET
    shown, following = some_of(chosen.members, after=spot_in(request), most=MOST_IN_PRINT if in_print else 20)
    context = {
        "chosen": chosen,
        "zone": chosen.what.zone,
        "card": card_of(chosen.reading),
        "in_our_hours": value_in_words(chosen.reading.metric, middle_in_our_hours(chosen.reading, chosen.facts)),
        "people": meet(shown, me),
        "more": chosen.address(after=following) if following else "",
        "in_print": in_print,
    }
    return show(request, "desk/figure.html", context, here="pulse")


@desk
@require_safe
def figure_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The figure and each of its people, with the words this reader may read, for a spreadsheet."""
    chosen = _chosen(request, name)
    lines = _in_one_language(as_csv(chosen.reading, chosen.members, worker(request)), get_language())
    told = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    told["Content-Disposition"] = f'attachment; filename="{slugify(name)}-{chosen.what.lens.ends:%Y-%m-%d}.csv"'
    return told


def _in_one_language(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """They are written after the view has gone, and are in the language that it was asked in."""
    with override(language):
        yield from lines


def _chosen(request: HttpRequest, name: str) -> Chosen:
    if name not in BY_NAME:
        raise Http404
    what = looking(request, worker(request))
    facts = Facts(what.lens)
    reading = read(BY_NAME[name], facts)
    part, days, band = request.GET.get("part", ""), _days(request), _band(request)
    members = [one for one in reading.of_part(part) if _is_in(one, days, what.zone) and band in (None, band_of(one.amount or 0))]
    return Chosen(what, facts, reading, part, members, days, band)


def _is_in(member: Member, days: tuple[date, date] | None, zone: str) -> bool:
    if days is None:
        return True
    here = ZoneInfo(zone)
    first, last = (datetime.combine(day, time(), here) for day in (days[0], days[1] + timedelta(days=1)))
    return first <= member.at < last


def _days(request: HttpRequest) -> tuple[date, date] | None:
    try:
        since, until = (date.fromisoformat(request.GET[name]) for name in ("since", "until"))
    except KeyError:
        return None
    except ValueError:
        raise Http404 from None
    if until.year > 9000:
        raise Http404
    return since, until


def _band(request: HttpRequest) -> int | None:
    asked = request.GET.get("band", "")
    if not asked:
        return None
    if not asked.isdecimal() or int(asked) >= len(BANDS):
        raise Http404
    return int(asked)
