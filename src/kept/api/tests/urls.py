"""The API alone, where web/urls.py mounts it."""

from __future__ import annotations

from django.urls import path

from kept.api.routes import urls

urlpatterns = [path("api/v1/", urls)]
