"""The pages for what went wrong, in our voice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "public/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403."""
    return render(request, "public/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "public/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500."""
    return render(request, "public/500.html", status=500)
