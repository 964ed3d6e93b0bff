"""The table of contents of the API: every resource, its errors and its description, mounted at /api/v1/ as `urls`."""

from __future__ import annotations

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from kept.api import (
    accounts,
    audit,
    cases,
    causes,
    contacts,
    customer_months,
    customers,
    employees,
    events,
    journeys,
    letters,
    messages,
    metrics,
    observations,
    promises,
    reach,
    recognition,
    remedies,
    set_aside,
    standing,
    stories,
    surveys,
    touchpoints,
)
from kept.api.describing import KeptAPI, as_json
from kept.api.entering import Bearer
from kept.api.problems import not_allowed, not_found

RESOURCES = (
    cases,
    messages,
    letters,
    reach,
    contacts,
    promises,
    standing,
    customers,
    employees,
    accounts,
    set_aside,
    audit,
    metrics,
    customer_months,
    events,
    touchpoints,
    remedies,
    causes,
    observations,
    surveys,
    recognition,
    journeys,
    stories,
)

api = KeptAPI(
    title="Kept",
    version="1",
    description="Customer promises, kept. Times are RFC 3339 in UTC; ids are opaque; errors are problem+json (RFC 9457).",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=Bearer(),
)
for resource in RESOURCES:
    api.add_router("", resource.router)


def describe(request: HttpRequest) -> HttpResponse:
    """The description of all this, for programs; open to anyone."""
    if request.method != "GET":
        return not_allowed("GET")
    return HttpResponse(as_json(api), content_type="application/json")


def nothing_here(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """Any other address below /api/v1/."""
    return not_found()


def _in_problems(pattern: URLPattern) -> URLPattern:
    """The same address, where also a wrong method is answered as a problem."""
    view = pattern.callback

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **parts)
        except Http404:
            return not_found()
        return not_allowed(response["Allow"]) if response.status_code == 405 else response

    return URLPattern(pattern.pattern, answer, pattern.default_args, pattern.name)


_patterns, _app, _namespace = api.urls
urls = (
    [
        path("openapi.json", csrf_exempt(describe), name="openapi"),
        *(_in_problems(pattern) for pattern in _patterns if isinstance(pattern, URLPattern)),
        re_path("", csrf_exempt(nothing_here)),
    ],
    _app,
    _namespace,
)
