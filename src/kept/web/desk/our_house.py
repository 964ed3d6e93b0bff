"""The settings of the whole house; a row each, so that they need no restart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kept.web.desk.workroom import for_admins, show


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The page."""
    return show(request, "desk/house.html", {}, here="house")
