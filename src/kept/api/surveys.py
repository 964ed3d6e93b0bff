"""Surveys for programs: what is asked, what the scores are and how sure, and who stands behind a number."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from kept.api.entering import token_of
from kept.api.finding import by_public_id
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.problems import Wrong
from kept.api.survey_shapes import ResponsePage, ScoresOut, SurveyPage, response_out, scores_out, survey_out
from kept.lib import clock
from kept.surveys.behind import Spot, people_behind
from kept.surveys.measures import scale_of
from kept.surveys.models import Survey
from kept.surveys.summing import Part, Stretch, Worded, dimensions_known, lately, wordings_of

router = Router(tags=["surveys"])
USUAL_WEEKS, MOST_WEEKS = 13, 1040
Weeks = Annotated[int, Field(ge=0, le=MOST_WEEKS, description="How many weeks up to this one; 0: from the beginning.")]
WordingNumber = Annotated[int | None, Field(ge=1, description="The wording; without it the newest, with all in standard words.")]


@router.get("/surveys", response=SurveyPage)
def list_surveys(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> SurveyPage:  # noqa: ARG001
    """Every survey, open or not."""
    surveys = Survey.objects.prefetch_related("people", "versions")
    found, following = page(surveys, by=("id",), cursor=cursor, limit=limit)
    return SurveyPage(items=[survey_out(survey) for survey in found], next=following)


@router.get("/surveys/{id}/scores", response=ScoresOut)
def show_survey_scores(
    request: HttpRequest,  # noqa: ARG001
    id: str,
    weeks: Weeks = USUAL_WEEKS,
    wording: WordingNumber = None,
    by: Annotated[str, Field(max_length=40, description="touchpoint, place, team, medium, product or fact:<name>")] = "",
) -> ScoresOut:
    """The score with its n and interval, the people per number and week, and who was not asked; apart by `by`."""
    survey = by_public_id(Survey.objects.all(), id)
    if by and by not in dimensions_known(survey):
        raise Wrong("by", _("nobody’s answer is known by this"))
    return scores_out(survey, _worded(survey, wording), _weeks(weeks), by=by)


@router.get("/surveys/{id}/responses", response=ResponsePage)
def list_survey_responses(
    request: HttpRequest,
    id: str,
    score: int | None = None,
    weeks: Weeks = USUAL_WEEKS,
    wording: WordingNumber = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> ResponsePage:
    """Whoever gave a number, the newest first; words and names as far as each of them allowed this reader."""
    survey, reader = by_public_id(Survey.objects.all(), id), token_of(request).employee
    if score is not None and not scale_of(survey.measure).has(score):
        raise Wrong("score", _("no number of this survey’s scale"))
    found = people_behind(
        survey, _worded(survey, wording), Part(), _weeks(weeks), score=score, after=_spot(cursor), most=limit + 1
    )
    following = str(Spot(found[limit - 1].week_on, found[limit - 1].pk)) if len(found) > limit else None
    return ResponsePage(items=[response_out(one, reader) for one in found[:limit]], next=following)


def _weeks(weeks: int) -> Stretch:
    return lately(weeks or None, now=clock.now())


def _worded(survey: Survey, number: int | None) -> Worded:
    known = wordings_of(survey)
    found = next((one for one in known if number in (None, *(version.number for version in one.versions))), None)
    if found is None:
        raise Http404
    return found


def _spot(cursor: str) -> Spot | None:
    try:
        return Spot.read(cursor) if cursor else None
    except ValueError:
        raise Wrong("cursor", _("this is no cursor of this list")) from None
