"""Bring in what customers were worth, month by month: first what would become of each row, then the same button once more."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.numbers.importing import BecameOfMonth, take_months, try_months
from kept.numbers.reading_months import read_months
from kept.web.desk.brought_list import BroughtList
from kept.web.desk.workroom import for_managers, show, worker

MOST_SHOWN: Final = 200


class MonthsForm(BroughtList):
    """The list: a file, or from the second time on its words, which the page carries along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A CSV file. Its first row names the columns: month (2026-06), email or external (the number you know them by), "
            "value, currency, active (yes or no)."
        )


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def months_list(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST shows what would become of each row; with take=1 they are taken in, and it shows what became."""
    if request.method != "POST":
        return _show(request, MonthsForm())
    form = MonthsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    text = form.cleaned_data["text"]
    try:
        rows = read_months(text, now=now())
        if "take" in request.POST:
            return _show(request, form, rows=take_months(rows, by=worker(request), now=now()), is_done=True)
        return _show(request, form, rows=try_months(rows), text=text)
    except Refusal as refusal:
        return _show(request, form, refusal=refusal, status=409)


def _show(
    request: HttpRequest, form: MonthsForm, *, rows: list[BecameOfMonth] | None = None, status: int = 200, **more: object
) -> HttpResponse:
    usable = sum(one.fate in ("new", "changed") for one in rows or ())
    # Whatever cannot be used is shown first: that is what somebody has to look at.
    ordered = sorted(rows, key=lambda one: (one.fate != "left_out", one.row.number)) if rows is not None else None
    context = {
        "form": form,
        "rows": ordered[:MOST_SHOWN] if ordered is not None else None,
        "not_shown": max(len(ordered or ()) - MOST_SHOWN, 0),
        "usable": usable,
        **more,
    }
    return show(request, "desk/months_list.html", context, here="pulse", status=status)
