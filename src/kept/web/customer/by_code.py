"""The short address at the foot of a letter: it leads to the page of whoever the letter was written to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kept.lib.letter_codes import read_letter_code
from kept.lib.links import page_token
from kept.replies.models import Letter


@require_safe
@never_cache
def by_code(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """Onwards to the page, as if its link had been mailed to their address: whoever has the letter read what was posted there."""
    key = read_letter_code(code)
    letter = Letter.objects.select_related("message").filter(pk=key, message__taken_back_at__isnull=True).first() if key else None
    if letter is None:
        raise Http404
    token = page_token("message", letter.message.public_id, letter.page_version)
    return HttpResponseRedirect(reverse("page", args=[token]))
