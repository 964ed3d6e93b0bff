"""What all pages behind a customer's link have in common: the link is the key, and nobody else learns of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from kept.web.customer.opening import Opened, open_link
from kept.web.customer.speaking import language_for

View = Callable[[HttpRequest, Opened], HttpResponse]


def through_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view is given what the link opens, and speaks their language. Without cookies: who has no link can forge nothing."""

    @never_cache
    @csrf_exempt
    @wraps(view)
    def opening(request: HttpRequest, token: str) -> HttpResponse:
        opened = open_link(token)
        with translation.override(language_for(request, opened.brand)):
            return discreet(view(request, opened))

    return opening


def discreet(response: HttpResponse) -> HttpResponse:
    """Its address goes to no other site and into no index; its language is the one that it was drawn in."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Language"] = translation.get_language() or "en"
    return response
