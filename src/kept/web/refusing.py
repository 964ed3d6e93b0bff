"""A Refusal anywhere below becomes a sentence on the page the person came from, in one place."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from kept.lib.refusal import Refusal


class RefusalMiddleware:
    """Turns a Refusal out of a view into a message and a way back; a view that can show more catches it itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever the view answers."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page they came from, with the sentence on it; anything but a Refusal is not ours."""
        if not isinstance(exception, Refusal):
            return None
        messages.error(request, str(exception))
        back = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
            back = "/desk/"
        return HttpResponseRedirect(back)
