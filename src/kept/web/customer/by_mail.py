"""“By mail, please”: whoever came from a public post names a mailbox on their page; a mail asks there whether it is theirs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.identifying import prove
from kept.replies.whose_address import ask_whose_address
from kept.web.customer.opening import Opened, open_link
from kept.web.customer.showing import shown
from kept.web.customer.through_link import through_link


@through_link
@require_POST
def by_mail(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A mail asks its reader; nothing else changes until they say so. Only through a link that was sent to their handle."""
    typed = request.POST.get("email", "")[:400]
    if opened.case is None or opened.identity is None or opened.identity.kind == "email":
        return _show(request, opened, status=409, mistake=_("This link does not show that it is you."))
    case = opened.case
    prove(opened.identity, at=now())
    opened = open_link(opened.token)
    try:
        ask_whose_address(case, typed, now=now())
    except Refusal as refusal:
        return _show(request, opened, status=422, mistake=str(refusal), field="email", email=typed)
    says = _("A mail is on its way there. Press the button in it, and we go on by mail; it stays one matter.")
    return _show(request, opened, says=says)


def _show(request: HttpRequest, opened: Opened, *, status: int = 200, **told: str) -> HttpResponse:
    template = "customer/page.html" if opened.shows_words else "customer/receipt.html"
    return render(request, template, {**shown(opened, now=now()), **told}, status=status)
