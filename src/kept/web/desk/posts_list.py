"""Bring a list of public posts: what columns and rows were taken for is seen first, then the same button once more."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.policies import default_calendar
from kept.intake.bringing_posts import Brought, bring_posts, known_keys
from kept.intake.reading_posts import NAMED, PostList, left_out, read_posts
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import as_text
from kept.web.desk.workroom import for_managers, show, worker

MOST_SHOWN: Final = 200
MOST_BYTES: Final = 10 * 1024 * 1024
MEANS: Final = {
    "": gettext_lazy("left out"),
    "text": gettext_lazy("their words"),
    "title": gettext_lazy("the title over them"),
    "author": gettext_lazy("who wrote it"),
    "url": gettext_lazy("the link to it"),
    "external_id": gettext_lazy("its number there"),
    "place": gettext_lazy("where it stands"),
    "at": gettext_lazy("when it was written"),
    "rating": gettext_lazy("stars"),
    "scale": gettext_lazy("of how many stars"),
    "views": gettext_lazy("how many saw it"),
}


class PostsForm(forms.Form):
    """The list: a file, or its words as the page carries them; where it stands, and since when they wait."""

    place = forms.CharField(
        label=gettext_lazy("Where do they stand?"),
        help_text=gettext_lazy("Such as Google or Trustpilot. Left empty: as each link or its own column says."),
        required=False,
        max_length=80,
    )
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "A CSV file of at most 10,000 rows. Its first row names the columns: their words, and if you have them who wrote it, "
            "link, date, stars, views. You see what each was taken for before anything happens."
        ),
        required=False,
    )
    waited = forms.BooleanField(
        label=gettext_lazy("They have waited since the day in the list: let each clock run from then"),
        help_text=gettext_lazy("Left out: each clock runs from now, and the day stands beside their words."),
        required=False,
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """The words of the list stand in `text`, wherever they came from."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("At most 10 MB: cut the list in two."))
        elif file is not None:
            cleaned["text"] = as_text(file.read())
        if not self.errors and not str(cleaned.get("text", "")).strip():
            self.add_error("file", _("Choose the file"))
        return cleaned


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def posts_list(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST shows what would become of each row; with take=1 they are kept, the rest is there to mend."""
    if request.method != "POST":
        return _show(request, PostsForm())
    form, moment = PostsForm(request.POST, request.FILES), now()
    if not form.is_valid():
        return _show(request, form, status=422)
    said = form.cleaned_data
    chosen = [one if one in NAMED else "" for one in request.POST.getlist("column")] if not said["file"] else []
    try:
        found = read_posts(said["text"], zone=default_calendar().zone, now=moment, columns=chosen, place=said["place"])
        if "take" not in request.POST:
            return _show(request, form, found=found, known=known_keys(found.rows, now=moment), text=said["text"])
        brought = bring_posts(found.rows, waited_since_then=said["waited"], by=worker(request), now=moment)
        return _show(request, form, found=found, brought=brought, text=left_out(found))
    except Refusal as refusal:
        return _show(request, form, refusal=refusal, status=409)


def _show(
    request: HttpRequest,
    form: PostsForm,
    *,
    found: PostList | None = None,
    brought: Brought | None = None,
    known: frozenset[str] | set[str] = frozenset(),
    status: int = 200,
    **more: object,
) -> HttpResponse:
    # Whatever cannot be used is shown first: that is what somebody has to look at.
    rows = sorted(found.rows, key=lambda row: (row.told is not None, row.number)) if found else []
    if brought is not None:
        rows = [row for row in rows if row.told is None]
    usable = sum(row.told is not None and row.key not in known for row in rows)
    context = {
        "form": form,
        "found": found,
        "brought": brought,
        "rows": rows[:MOST_SHOWN],
        "not_shown": max(len(rows) - MOST_SHOWN, 0),
        "usable": usable,
        "known": known,
        "means": MEANS,
        "zone": default_calendar().zone,
        **more,
    }
    return show(request, "desk/posts_list.html", context, here="said_in_public", status=status)
