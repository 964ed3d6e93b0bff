"""Bring in a list of who met us, saved by a spreadsheet: first what would become of each row, then the same button once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.places.models import Touchpoint
from kept.surveys.reading_lists import read_list
from kept.surveys.taking_lists import Became, take_list, try_list
from kept.web.desk.asking_words import WHY
from kept.web.desk.brought_list import BroughtList
from kept.web.desk.workroom import for_managers, show, worker


class ListForm(BroughtList):
    """Which touchpoint, and the list: a file, or from the second time on its words, which the page carries along."""

    touchpoint = forms.ModelChoiceField(
        label=gettext_lazy("Where did they meet us?"),
        queryset=Touchpoint.objects.none(),
        to_field_name="key",
        empty_label=None,
        error_messages={"required": gettext_lazy("Say where they met us")},
    )

    field_order = ("touchpoint", "file", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["touchpoint"].queryset = Touchpoint.objects.select_related("place").order_by("name")  # type: ignore[attr-defined]
        self.fields["file"].help_text = _(
            "A CSV file. Its first row names the columns: email, at (when it was), and if you like name, event_id, about "
            "(as they are told: “your order on Sunday”), product. Any other column is kept as a fact about the customer."
        )


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_list(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST shows what would become of each row; with take=1 they are taken in, and it shows what became."""
    if request.method != "POST":
        return _show(request, ListForm())
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    touchpoint, text, moment = form.cleaned_data["touchpoint"], form.cleaned_data["text"], now()
    try:
        lines = read_list(text, zone=default_calendar().zone, now=moment)
        if "take" not in request.POST:
            return _show(request, form, rows=try_list(touchpoint, lines, now=moment), text=text, at=touchpoint)
        return _show(
            request, form, rows=take_list(touchpoint, lines, by=worker(request), now=moment), at=touchpoint, is_done=True
        )
    except Refusal as refusal:
        return _show(request, form, refusal=refusal, status=409)


def _show(
    request: HttpRequest, form: ListForm, *, rows: list[Became] | None = None, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "waiting": sum(one.waits for one in rows or ()),
        "why": {**WHY, "no_survey": _("no open survey asks about this touchpoint")},
        "has_touchpoints": Touchpoint.objects.exists(),
        **more,
    }
    return show(request, "desk/touchpoint_list.html", context, here="surveys", status=status)
