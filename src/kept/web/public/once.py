"""What names one sending of a public form: pressing twice is one contact, going back and writing something else another."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from kept.lib.links import read_form_token


def this_sending(request: HttpRequest, slug: str) -> str:
    """The form's own nonce with what was typed into it. Empty where the token is not ours: then every post is new."""
    nonce = read_form_token(request.POST.get("form_token", ""), slug)
    if nonce is None:
        return ""
    typed = sorted((name, *request.POST.getlist(name)) for name in request.POST)
    files = [(file.name, file.size) for name in request.FILES for file in request.FILES.getlist(name)]
    return f"{nonce[0]}:{hashlib.sha256(repr((typed, files)).encode()).hexdigest()[:16]}"
