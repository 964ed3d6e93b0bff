"""A survey and what came back, for tests: written straight into the tables."""

from __future__ import annotations

from datetime import datetime, timedelta

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import policy_for
from kept.demo.cast import MONDAY
from kept.people.models import Customer
from kept.places.models import Brand
from kept.surveys.counting import count_in, week_of
from kept.surveys.measures import usual_wording
from kept.surveys.models import Response, Survey, SurveyVersion


def a_survey(measure: str = "nps", *, name: str = "How was it?", now: datetime = MONDAY) -> Survey:
    """It asks in the standard words; nobody opened it yet."""
    number = Survey.objects.count() + 1
    account = ChannelAccount.objects.create(
        kind="survey",
        name=name,
        slug=f"survey-{number}",
        door_hash=f"door {number}",
        brand=Brand.objects.order_by("pk").first() or Brand.objects.create(name="Marlow & Co"),
        policy=policy_for("survey"),
        start_line_at=now,
        opened_at=now,
    )
    survey = Survey.objects.create(
        slug=f"survey-{number}", name=name, measure=measure, occasion="link", account=account, made_at=now
    )
    a_version(survey, now=now)
    return survey


def a_version(survey: Survey, *, now: datetime = MONDAY, is_comparable: bool = True, question: str = "") -> SurveyVersion:
    """One more wording of it."""
    words = usual_wording(survey.measure, "en").as_words()
    return SurveyVersion.objects.create(
        survey=survey,
        number=survey.versions.count() + 1,
        wording={"en": words | ({"question": question} if question else {})},
        is_comparable=is_comparable,
        made_at=now,
    )


def somebody(name: str = "John Adeyemi", *, now: datetime = MONDAY, **facts: str) -> Customer:
    """A customer of whom these facts are known."""
    return Customer.objects.create(name=name, first_seen_at=now, facts=facts)


def gives(survey: Survey, score: int | None, *, at: datetime = MONDAY, weeks: int = 0, **more: object) -> Response:
    """They answered, and it is counted."""
    at += timedelta(weeks=weeks)
    row = {"version": survey.versions.latest("number"), "first_at": at, "changed_at": at, "week_on": week_of(at)}
    response = Response.objects.create(survey=survey, score=score, **{**row, **more})
    count_in(response, before=None)
    return response
