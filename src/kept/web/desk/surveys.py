"""What we ask, how each survey stands, and the page where one is set up with its preview beside it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.places.models import Place
from kept.surveys.models import Measure, Occasion, Survey
from kept.surveys.releasing import standing, standings
from kept.surveys.setting_up import change_survey, close_survey, open_survey, set_up
from kept.web.desk.asking_words import WHY_WAITING
from kept.web.desk.survey_form import SurveyForm, known_of, people_who_answer, previews_of, usual
from kept.web.desk.workroom import desk, for_managers, show, worker


@desk
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey, open ones first, and how each stands: who waits and why, who was not asked, how much room there is."""
    found = (
        Survey.objects.select_related("account__policy__calendar", "touchpoint")
        .prefetch_related("people")
        .order_by("closed_at", "name")
    )
    stands = standings([survey for survey in found if survey.is_open], now())
    rows = [(survey, stands.get(survey.pk)) for survey in found]
    return show(request, "desk/surveys.html", {"rows": rows, "measures": Measure.choices, "why": WHY_WAITING}, here="surveys")


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, measure: str) -> HttpResponse:
    """The form with the standard words in it; on POST one more survey, which asks nobody yet."""
    if measure not in Measure.values:
        raise Http404
    if request.method != "POST":
        return _show_form(request, SurveyForm(measure, initial=usual(measure, _language())))
    form = SurveyForm(measure, request.POST)
    if not form.is_valid():
        return _show_form(request, form, status=422)
    try:
        survey = set_up(form.plan(), by=worker(request), now=now())
    except Refusal as refusal:
        return _show_form(request, form, refusal=refusal, status=409)
    messages.success(request, _("%(name)s is set up. It asks nobody until you open it.") % {"name": survey.name})
    return HttpResponseRedirect(reverse("survey", args=[survey.public_id]))


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _show_form(
    request: HttpRequest, form: SurveyForm, survey: Survey | None = None, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "form": form,
        "survey": survey,
        "measure": form.measure,
        "measure_label": Measure(form.measure).label,
        "people": list(people_who_answer()),
        "previews": previews_of(form),
        "standing": standing(survey, now()) if survey is not None and survey.is_open else None,
        "why": WHY_WAITING,
        "places": _places(survey),
        **more,
    }
    return show(request, "desk/survey_form.html", context, here="surveys", status=status)


def _places(survey: Survey | None) -> list[Place]:
    """Where a card with its code may hang; only a survey that anybody may answer has one."""
    if survey is None or survey.occasion != Occasion.LINK:
        return []
    return list(Place.objects.filter(slug__isnull=False).order_by("name"))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """One survey: everybody may look, managers may change it."""
    found = _find(survey_id)
    if request.method != "POST":
        return _show_form(request, SurveyForm(found.measure, initial=known_of(found)), found)
    if not worker(request).leads_others:
        raise PermissionDenied
    form = SurveyForm(found.measure, request.POST)
    if not form.is_valid():
        return _show_form(request, form, found, status=422)
    try:
        change_survey(found, form.plan(), by=worker(request), now=now())
    except Refusal as refusal:
        found.refresh_from_db()
        return _show_form(request, form, found, refusal=refusal, status=409)
    messages.success(
        request, _("%(name)s is changed. Whoever was asked before keeps the question they saw.") % {"name": found.name}
    )
    return HttpResponseRedirect(reverse("survey", args=[found.public_id]))


def _find(survey_id: object) -> Survey:
    return get_object_or_404(Survey.objects.select_related("account__policy__calendar", "touchpoint"), public_id=survey_id)


@for_managers
@require_POST
def preview(request: HttpRequest, measure: str) -> HttpResponse:
    """What a customer would see of the form as it is filled in just now. Changes nothing."""
    if measure not in Measure.values:
        raise Http404
    form = SurveyForm(measure, request.POST)
    if request.headers.get("HX-Request"):
        return render(request, "parts/survey_preview.html", {"previews": previews_of(form), "measure": measure})
    edited = request.POST.get("survey", "")
    return _show_form(request, SurveyForm(measure, initial=_as_typed(form)), _find(edited) if edited else None)


def _as_typed(form: SurveyForm) -> dict[str, object]:
    """Everything typed, without a mistake pointed out: nobody has asked to keep it yet."""
    return {name: form[name].value() for name in form.fields}


@for_managers
@require_POST
def open_it(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """It asks from now on."""
    found = _find(survey_id)
    try:
        open_survey(found, by=worker(request), now=now())
    except Refusal as refusal:
        form = SurveyForm(found.measure, initial=known_of(found))
        return _show_form(request, form, found, refusal=refusal, status=409)
    messages.success(request, _("%(name)s asks from now on, as many as its people can answer.") % {"name": found.name})
    return HttpResponseRedirect(reverse("survey", args=[found.public_id]))


@for_managers
@require_POST
def close_it(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """It asks nobody any more."""
    found = _find(survey_id)
    close_survey(found, by=worker(request), now=now())
    messages.success(request, _("%(name)s asks nobody any more.") % {"name": found.name})
    return HttpResponseRedirect(reverse("survey", args=[found.public_id]))
