"""The root of all URLs: the pages (web/urls.py is their table of contents) and the API."""

from __future__ import annotations

from django.urls import include, path

from kept.api.routes import urls as api

urlpatterns = [path("api/v1/", api), path("", include("kept.web.urls"))]
handler400 = "kept.web.errors.bad_request"
handler403 = "kept.web.errors.forbidden"
handler404 = "kept.web.errors.not_found"
handler500 = "kept.web.errors.our_fault"
