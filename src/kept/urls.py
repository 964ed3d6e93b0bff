"""The root of all URLs; the product's table of contents is web/urls.py."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("kept.web.urls"))]
handler400 = "kept.web.errors.bad_request"
handler403 = "kept.web.errors.forbidden"
handler404 = "kept.web.errors.not_found"
handler500 = "kept.web.errors.our_fault"
