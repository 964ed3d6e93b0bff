"""Somebody at the desk knows why this customer is not to be asked how it was, or that they may be again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.clock import now
from kept.surveys.opting_out import do_not_ask
from kept.web.desk.acting import on_a_case
from kept.web.desk.workroom import worker


@on_a_case("not_asked")
def spare(request: HttpRequest, case: Case) -> None:
    """No survey asks them any more, for the reason chosen; with none chosen and a mark there, it is taken back."""
    why = request.POST.get("why", "")
    do_not_ask(case, why, by=worker(request), now=now())
    name = {"name": case.customer.known_as}
    messages.success(
        request, _("%(name)s is not asked how it was.") % name if why else _("%(name)s may be asked again how it was.") % name
    )
