"""Letters to be printed and posted: all of them, one of them, and the day on which they went."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, MessageKind
from kept.letters.posting import say_posted
from kept.letters.unposting import take_back_posting
from kept.letters.waiting import after, posted_since, to_print, waiting_for
from kept.letters.writing_out import missing_signs, print_out, with_everything
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.replies.models import Letter
from kept.web.desk.case import find, show_case
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, show, worker

PAGE, MOST_AT_ONCE = 20, 100


@desk
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """What lies there, 20 at a time, the first due first; and what went today."""
    return _show_them(request)


def _show_them(request: HttpRequest, *, status: int = 200, refused: list[tuple[Letter, Refusal]] | None = None) -> HttpResponse:
    me, moment, zone = worker(request), now(), default_calendar().zone
    whose = _whose(request)
    lie_there = waiting_for(me, whose=whose)
    last = _last_shown(request)
    found = list((after(lie_there, last) if last else lie_there)[: PAGE + 1])
    today = moment.astimezone(ZoneInfo(zone)).date()
    context = {
        "whose": whose,
        "zone": zone,
        "letters": found[:PAGE],
        "missing": {letter.pk: missing_signs(letter) for letter in found[:PAGE]},
        "next": found[PAGE - 1].message.public_id if len(found) > PAGE else "",
        "is_first_page": last is None,
        "today": today,
        "day": request.POST.get("day", "") or today.isoformat(),
        "ticked": set(request.POST.getlist("letter")),
        "posted": list(posted_since(me, datetime.combine(today, time(), ZoneInfo(zone)))[:PAGE]),
        "refused": refused or [],
    }
    return show(request, "desk/letters.html", context, here="letters", status=status)


def _whose(request: HttpRequest) -> str:
    return "mine" if request.GET.get("whose") == "mine" else "all"


def _last_shown(request: HttpRequest) -> Letter | None:
    """The letter after which this page begins; None for the first."""
    key = _as_id(request.GET.get("after", ""))
    return Letter.objects.filter(message__public_id=key).first() if key else None


@desk
@require_safe
def print_them(request: HttpRequest) -> HttpResponse:
    """All that are to go, in one file, the first due first; what was overtaken by a newer word is left out."""
    lie_there = to_print(waiting_for(worker(request), whose=_whose(request)))
    found = list(with_everything(lie_there)[:MOST_AT_ONCE])
    if not found:
        return HttpResponseRedirect(reverse("letters"))
    return _as_file(print_out(found), "letters.pdf")


@desk
@require_safe
def letter(request: HttpRequest, case_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    """One of them, to print or to look at."""
    cases = Case.objects.visible_to(worker(request)).filter(public_id=case_id)
    ours = with_everything(Letter.objects.filter(message__case__in=cases, message__taken_back_at__isnull=True))
    found = get_object_or_404(ours, message__public_id=message_id)
    return _as_file(print_out([found]), f"letter-{message_id}.pdf")


def _as_file(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@desk
@require_POST
def posted_many(request: HttpRequest) -> HttpResponse:
    """Those that were ticked went into the post on that day; what could not be said of one stands beside it."""
    me, moment = worker(request), now()
    refused = []
    went = 0
    for found in _ticked(request):
        try:
            say_posted(found, on=_day(request), by=me, now=moment)
            went += 1
        except Refusal as refusal:
            refused.append((found, refusal))
    if went:
        messages.success(
            request, ngettext("One letter is in the post.", "%(num)d letters are in the post.", went) % {"num": went}
        )
    elif not refused:
        messages.error(request, _("Tick the letters that are in the post."))
    return _show_them(request, status=409, refused=refused) if refused else HttpResponseRedirect(reverse("letters"))


def _ticked(request: HttpRequest) -> list[Letter]:
    """Acknowledgements first: once an answer is in the post, none is needed any more."""
    ids = [found for found in map(_as_id, request.POST.getlist("letter")[:MOST_AT_ONCE]) if found]
    ours = Letter.objects.filter(message__case__in=Case.objects.visible_to(worker(request)), message__public_id__in=ids)
    found = ours.select_related("message__case__customer").order_by("due_at", "id")
    return sorted(found, key=lambda letter: letter.message.kind != MessageKind.ACKNOWLEDGEMENT)


def _as_id(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", "").strip())
    except ValueError:
        raise Refusal(_("Say on which day it went into the post, as 2026-06-30.")) from None


@desk
@require_POST
def posted(request: HttpRequest, case_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    """This one is in the post; what it promises binds, and an answer has stopped the clock."""

    def say(found: Letter) -> str:
        say_posted(found, on=_day(request), by=worker(request), now=now(), despite=frozenset(request.POST.getlist("despite")))
        return _("It is in the post. %(name)s has your words.") % {"name": found.message.case.customer.known_as}

    return _with_one(request, case_id, message_id, say)


@desk
@require_POST
def not_posted(request: HttpRequest, case_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    """That was a mistake: it still lies there, and the clock runs on."""

    def say(found: Letter) -> str:
        take_back_posting(found, by=worker(request), now=now())
        return _("It lies there again, to be posted.")

    return _with_one(request, case_id, message_id, say)


def _with_one(request: HttpRequest, case_id: uuid.UUID, message_id: uuid.UUID, act: Callable[[Letter], str]) -> HttpResponse:
    case = find(request, case_id)
    letters = Letter.objects.select_related("message__case__customer").filter(message__case=case)
    found = get_object_or_404(letters, message__public_id=message_id)
    try:
        messages.success(request, act(found))
    except Refusal as refusal:
        return show_case(request, case, status=409, refusal=refusal, refused_letter=found.pk, typed=request.POST)
    return HttpResponseRedirect(way_back(request) or reverse("case", args=[case.public_id]) + f"#m-{message_id}")
