"""In which language a customer's page speaks: the one their browser asks for, if we have it, else the brand's."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from kept.places.models import Brand


def language_for(request: HttpRequest, brand: Brand | None) -> str:
    """One of settings.LANGUAGES."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return _ours(brand.language if brand else "")


def _ours(code: str) -> str:
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return translation.get_supported_language_variant(translation.get_language() or "en")
