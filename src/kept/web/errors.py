"""The pages for what went wrong, in our voice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kept.people.models import Employee
from kept.web.desk.workroom import show


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "public/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403."""
    if _is_at_the_desk(request):
        says = _("Ask a manager or an admin; they can.")
        return show(request, "desk/error.html", {"title": _("This is not yours to open"), "says": says}, here="", status=403)
    return render(request, "public/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if _is_at_the_desk(request):
        says = _("It may have been moved, or the link was cut in half. Nothing is ever deleted here.")
        return show(
            request, "desk/error.html", {"title": _("There is nothing at this address"), "says": says}, here="", status=404
        )
    return render(request, "public/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500."""
    return render(request, "public/500.html", status=500)


def _is_at_the_desk(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return request.path.startswith("/desk/") and isinstance(user, Employee) and user.is_active
