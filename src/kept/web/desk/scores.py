"""What they said: the score with how sure it is, the people at each number, week by week, by where and by whom it was."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kept.surveys.behind import SHOWN, Spot, people_behind
from kept.surveys.comparing import Verdict, compare
from kept.surveys.dividing import Division, Histograms, divide
from kept.surveys.measures import chosen_wording
from kept.surveys.scoring import FEWEST, Histogram, add, by_tone, people_in, score_of, share_of
from kept.surveys.summing import asked_again, by_value, by_week, who_was_asked
from kept.web.desk.asking_words import UNASKED, WAYS, WHY
from kept.web.desk.score_choices import STRETCHES, Chosen, chosen, chosen_score, chosen_spot, one_week
from kept.web.desk.score_drawing import Said, columns, said, weeks_drawn
from kept.web.desk.score_words import OVER_TIME, SCORE_NAMES, TONES, VERDICTS, Words, dimension_in_words
from kept.web.desk.voices import voice_of
from kept.web.desk.workroom import desk, show, worker


@desk
@require_safe
def scores(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """The page, all of it from the rollup."""
    what = chosen(request, survey_id)
    measure, weeks = what.survey.measure, by_week(what.survey, what.worded, what.part, what.weeks)
    everybody = add(weeks.values())
    drawn, each = columns(measure, everybody)
    by_weeks, each_in_weeks = weeks_drawn(measure, weeks)
    context = {
        "what": what,
        "survey": what.survey,
        "measure": measure,
        "score_name": SCORE_NAMES[measure],
        "tones": TONES[measure],
        "stretches": STRETCHES,
        "said": said(measure, score_of(measure, everybody)),
        "people": people_in(everybody),
        "fewest": FEWEST,
        "stands": by_tone(measure, everybody),
        "columns": drawn,
        "each": each,
        "weeks": by_weeks,
        "each_in_weeks": each_in_weeks,
        "over_time": OVER_TIME[_over_time(what, everybody)] if what.weeks.before else None,
        "wording": chosen_wording(measure, what.worded.latest.wording, get_language() or "en"),
        **(_apart(request, what) if not what.is_part else {}),
    }
    return show(request, "desk/survey_scores.html", context, here="surveys")


def _over_time(what: Chosen, everybody: Histogram) -> Verdict:
    before = what.weeks.before
    if before is None:
        return Verdict.TOO_FEW
    earlier = add(by_week(what.survey, what.worded, what.part, before).values())
    return compare(what.survey.measure, everybody, earlier)


def _apart(request: HttpRequest, what: Chosen) -> dict[str, object]:
    """What is told only of everybody together: who was asked, who came unasked, and the parts beside each other."""
    asked, ways = who_was_asked(what.survey, what.weeks), by_value(what.survey, what.worded, "medium", what.weeks)
    by = request.GET.get("by", "")
    by = by if by in what.dimensions else next(iter(what.dimensions), "")
    return {
        "asked": asked,
        "rate": said("", share_of(asked.answered, asked.asked)),
        "not_asked": sorted(((WHY.get(why, why), people) for why, people in asked.not_asked.items()), key=lambda row: -row[1]),
        "unasked": sum(people_in(ways.get(way, {})) for way in UNASKED),
        "by": by,
        "verdicts": VERDICTS,
        "dimensions": [(name, dimension_in_words(name)) for name in what.dimensions],
        "groups": _groups(what, by, ways),
        "again": asked_again(what.survey, what.weeks),
    }


def _groups(what: Chosen, by: str, ways: Histograms) -> list[tuple[Division, Words, Said | None]]:
    """Each part as it is called here, with its score in figures."""
    if not by:
        return []
    measure, known = what.survey.measure, ways if by == "medium" else None
    parts = divide(what.survey, what.worded, by, what.weeks, found=known)
    return [
        (part, WAYS.get(part.value, part.called) if by == "medium" else part.called, said(measure, part.score)) for part in parts
    ]


@desk
@require_safe
def people(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Whoever gave that number, the newest first, in their own words as far as they allowed."""
    what, me = chosen(request, survey_id), worker(request)
    score, weeks = chosen_score(request, what.survey), one_week(request, what.weeks)
    after = chosen_spot(request)
    found = people_behind(what.survey, what.worded, what.part, weeks, score=score, after=after, most=SHOWN + 1)
    shown, last = found[:SHOWN], found[SHOWN - 1] if len(found) > SHOWN else None
    context = {
        "what": what,
        "survey": what.survey,
        "score": score,
        "week": weeks.last if request.GET.get("week") else None,
        "voices": [voice_of(one, me) for one in shown],
        "more": what.address(score=score, week=request.GET.get("week") or None, after=Spot(last.week_on, last.pk))
        if last
        else "",
    }
    return show(request, "desk/survey_people.html", context, here="surveys")
