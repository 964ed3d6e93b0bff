"""Set up what is asked, of whom, and who answers what comes back; word it anew; begin and stop asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.opening import add_account
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.surveys.measures import USUAL_LINES, USUAL_OCCASIONS, Words, chosen_wording, is_standard, scale_of, usual_wording
from kept.surveys.models import InvitationState, Occasion, Survey, SurveyVersion
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_FURTHER: Final = 3
CHANGEABLE: Final = ("name", "occasion", "touchpoint", "line", "ask_after_hours", "ask_again_days", "quota_a_week")


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey as somebody wants it. `wording`: language -> question, low, high, why, further; what is left out is standard."""

    name: str
    measure: str
    occasion: str
    wording: Mapping[str, Words]
    people: Sequence[Employee] = ()
    touchpoint: Touchpoint | None = None
    place: Place | None = None
    line: int | None = None
    ask_after_hours: int = 2
    ask_again_days: int = 90
    quota_a_week: int | None = None


def usual_plan(measure: str, *, name: str, languages: Sequence[str] = ("en",), people: Sequence[Employee] = ()) -> Plan:
    """As one begins: the standard words, the usual occasion and line."""
    return Plan(
        name=name,
        measure=measure,
        occasion=USUAL_OCCASIONS[measure],
        wording={language: usual_wording(measure, language).as_words() for language in languages},
        people=people,
        line=USUAL_LINES[measure],
    )


@transaction.atomic
def set_up(plan: Plan, *, by: Employee | None, now: datetime) -> Survey:
    """There is one more survey, with its way in and its first wording. It asks nobody until it is opened."""
    _refuse_what_cannot_be(plan)
    account = add_account("survey", name=plan.name, now=now, by=by, is_open=True).account
    account.place, account.touchpoint = _place_of(plan), plan.touchpoint
    account.save(update_fields=["place", "touchpoint"])
    planned = {name: getattr(plan, name) for name in CHANGEABLE}
    survey = Survey.objects.create(slug=account.slug, measure=plan.measure, account=account, made_at=now, **planned)
    survey.people.set(plan.people)
    _add_version(survey, plan.wording, by=by, now=now)
    record(survey, Happened.SURVEY_SET_UP, at=now, by=by, name=survey.name, measure=survey.measure)
    return survey


def _refuse_what_cannot_be(plan: Plan) -> None:
    scale = scale_of(plan.measure)
    if not plan.name.strip():
        raise Refusal(_("Give it a name, as your colleagues would call it."))
    if plan.line is not None and not scale.has(plan.line):
        known = {"lowest": scale.lowest, "highest": scale.highest}
        raise Refusal(_("The line must be a number that can be given: %(lowest)d to %(highest)d.") % known)
    if plan.occasion == Occasion.TOUCHPOINT and plan.touchpoint is None:
        raise Refusal(_("Say after which touchpoint it asks."))
    _refuse_wording(plan.measure, plan.wording)


def _refuse_wording(measure: str, wording: Mapping[str, Words]) -> None:
    if not wording:
        raise Refusal(_("Choose at least one language to ask in."))
    for language, words in wording.items():
        if not chosen_wording(measure, wording, language).question.strip():
            raise Refusal(_("Write the question for the language %(language)s.") % {"language": language})
        further = words.get("further") or ()
        if isinstance(further, Sequence) and len(further) > MOST_FURTHER:
            raise Refusal(_("One question, and at most %(most)d more if they like; leave some out.") % {"most": MOST_FURTHER})


def _place_of(plan: Plan) -> Place | None:
    return plan.place or (plan.touchpoint.place if plan.touchpoint is not None else None)


def _add_version(
    survey: Survey, wording: Mapping[str, Words], *, after: int = 0, by: Employee | None, now: datetime
) -> SurveyVersion:  # no event: the caller records what it is part of
    whole = _in_full(survey.measure, wording)
    comparable = is_standard(survey.measure, whole)
    return survey.versions.create(number=after + 1, wording=whole, is_comparable=comparable, made_at=now, made_by=by)


def _in_full(measure: str, wording: Mapping[str, Words]) -> dict[str, Words]:
    return {language: chosen_wording(measure, wording, language).as_words() for language in wording}


@transaction.atomic
def reword(survey: Survey, wording: Mapping[str, Words], *, by: Employee, now: datetime) -> SurveyVersion:
    """Whoever is asked from now on is asked in these words; every answer so far keeps its own. The same words change nothing."""
    _refuse_wording(survey.measure, wording)
    last = survey.versions.order_by("-number").first()
    if last is not None and last.wording == _in_full(survey.measure, wording):
        return last
    version = _add_version(survey, wording, after=last.number if last else 0, by=by, now=now)
    record(survey, Happened.SURVEY_REWORDED, at=now, by=by, name=survey.name, number=version.number)
    return version


@transaction.atomic
def change_survey(survey: Survey, plan: Plan, *, by: Employee, now: datetime) -> None:
    """The survey is as `plan` says, but for what it measures: that stays, or old answers would mean something else."""
    _refuse_what_cannot_be(plan)
    if plan.measure != survey.measure:
        raise Refusal(_("What a survey measures stays. Set up another one to measure something else."))
    if survey.is_open:
        _refuse_people(plan.people)
    changed = [name for name in CHANGEABLE if getattr(survey, name) != getattr(plan, name)]
    for name in changed:
        setattr(survey, name, getattr(plan, name))
    if changed:
        survey.save(update_fields=changed)
    if {one.pk for one in survey.people.all()} != {one.pk for one in plan.people}:
        survey.people.set(plan.people)
        changed.append("people")
    survey.account.name, survey.account.touchpoint, survey.account.place = plan.name, plan.touchpoint, _place_of(plan)
    survey.account.save(update_fields=["name", "touchpoint", "place"])
    if changed:
        record(survey, Happened.SURVEY_CHANGED, at=now, by=by, name=survey.name, what=", ".join(changed))
    reword(survey, plan.wording, by=by, now=now)


@transaction.atomic
def open_survey(survey: Survey, *, by: Employee | None, now: datetime) -> None:
    """It asks from now on, as many as its people can answer."""
    if survey.closed_at is not None:
        raise Refusal(_("It is closed, and its figures stand as they are. Set up a new one."))
    _refuse_people(list(survey.people.all()))
    if survey.opened_at is not None:
        return
    survey.opened_at = survey.next_release_at = now
    survey.save(update_fields=["opened_at", "next_release_at"])
    record(survey, Happened.SURVEY_OPENED, at=now, by=by, name=survey.name)


def _refuse_people(people: Sequence[Employee]) -> None:
    here = [one for one in people if one.is_active]
    if not here:
        raise Refusal(_("Name somebody who answers what comes back. Nobody is asked whom nobody answers."))
    for one in here:
        if not one.answers:
            raise Refusal(_("%(name)s does not answer customers. Choose somebody who does.") % {"name": one.name})
        if not one.follow_ups_a_week:
            says = _("Say how many people a week %(name)s can call back; it stands on the page of %(name)s under People.")
            raise Refusal(says % {"name": one.name})


@transaction.atomic
def close_survey(survey: Survey, *, by: Employee, now: datetime) -> None:
    """It asks nobody any more, and whoever waited is not asked. Who was asked may still answer; the figures stay."""
    if survey.closed_at is not None:
        return
    survey.closed_at, survey.next_release_at = now, None
    survey.save(update_fields=["closed_at", "next_release_at"])
    survey.invitations.filter(state=InvitationState.WAITING).update(state=InvitationState.NOT_ASKED, why="closed")
    record(survey, Happened.SURVEY_CLOSED, at=now, by=by, name=survey.name)
