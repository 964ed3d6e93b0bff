"""What the words mean: one page, each word with an address of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kept.web.desk.workroom import desk, show
from kept.web.words import in_order


@desk
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word in the order of the alphabet."""
    return show(request, "desk/words.html", {"terms": in_order()}, here="words")
