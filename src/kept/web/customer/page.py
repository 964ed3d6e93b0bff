"""The customer's page: who has it, what was promised, what happened, and "is it solved?". A GET changes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kept.cases.minding import give_duty
from kept.cases.page_reads import note_read
from kept.intake.accepting import Busy
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import ENDINGS, hear
from kept.people.identifying import prove
from kept.replies.linking import mail_the_link
from kept.web.customer.asking import ask_how_it_was
from kept.web.customer.good_words import name_somebody
from kept.web.customer.opening import Opened
from kept.web.customer.showing import shown
from kept.web.customer.taking_words import LONGEST, take_words
from kept.web.customer.through_link import through_link

ANSWERED_WITHIN = timedelta(days=28)
"""A wish to be forgotten must be met within a month (GDPR Art. 12.3)."""


@through_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """GET shows it. POST is their verdict: solved=yes, no, unsolved or leave, with words if they like."""
    if request.method != "POST":
        return _show(request, opened)
    said, words = request.POST.get("solved", ""), request.POST.get("say", "")[:LONGEST].strip()
    try:
        _decide(request, opened, said, words)
    except Refusal as refusal:
        return _show(request, opened, status=409, mistake=str(refusal), say=words)
    except Busy:
        return _show(request, opened, status=503, mistake=_not_kept(), say=words)
    return _back(opened)


def _decide(request: HttpRequest, opened: Opened, said: str, words: str) -> None:
    _prove(opened)
    if opened.case is None or not opened.shows_words:
        raise Refusal(_("This link does not show that it is you. Ask for the link by mail, and answer there."))
    if said == "no":
        take_words(opened, words or _("No, not yet."), form_token=request.POST.get("form_token", ""), verdict="no")
    elif not _was_said_already(opened, said):
        hear(opened.case, said, now=now(), words=words)
        ask_how_it_was(opened.case, now=now())


def _was_said_already(opened: Opened, said: str) -> bool:
    """A second press of the same button changes nothing."""
    case = opened.case
    return case is not None and not case.is_open and (case.outcome, case.outcome_reason) == ENDINGS.get(said)


def _prove(opened: Opened) -> None:
    """Whoever presses a button on a mailed link reads that mailbox."""
    if opened.identity is not None:
        prove(opened.identity, at=now())


def _not_kept() -> str:
    return _("We could not store your words just now. They are still here: please send them again.")


@through_link
@require_POST
def add(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Something they forgot is on their case."""
    text = request.POST.get("text", "")[:LONGEST].strip()
    if not text:
        return _show(request, opened, status=422, mistake=_("Write what you want to add."), field="text")
    if opened.case is None:
        says = _("Your first words are just being given to somebody. Please try again in a minute.")
        return _show(request, opened, status=409, mistake=says, text=text)
    _prove(opened)
    try:
        take_words(opened, text, form_token=request.POST.get("form_token", ""))
    except Busy:
        return _show(request, opened, status=503, mistake=_not_kept(), text=text)
    return _back(opened)


@through_link
@require_POST
def praise(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Somebody made the difference: their good word is kept as a matter of its own, and thanked for."""
    typed = {"who": request.POST.get("who", ""), "praise_words": request.POST.get("words", "")[:LONGEST]}
    typed |= {"praise_show": request.POST.get("show", "")}
    if opened.case is None or not opened.shows_words:
        return _show(request, opened, status=409, mistake=_("This link does not show that it is you. Ask for the link by mail."))
    _prove(opened)
    try:
        token = name_somebody(request, opened, now=now())
    except Refusal as refusal:
        return _show(request, opened, status=422, mistake=str(refusal), field="praise-words", **typed)
    except Busy:
        return _show(request, opened, status=503, mistake=_not_kept(), **typed)
    return HttpResponseRedirect(reverse("good_word_thanks", args=[token]), status=303)


@through_link
@require_POST
def show(_request: HttpRequest, opened: Opened) -> HttpResponse:
    """They pressed the button on a mailed link: the address is proven, and the page shows their words."""
    _prove(opened)
    return _back(opened)


@through_link
@require_POST
def read(request: HttpRequest, opened: Opened) -> HttpResponse:
    """They have their page before them, says its script; with `found`, they pressed that it answers them. Ends nothing."""
    is_enough = "found" in request.POST
    if opened.case is not None and opened.shows_words:
        note_read(opened.case, now=now(), is_enough=is_enough)
    if not is_enough:
        return HttpResponse(status=204)
    return _show(request, opened, says=_("Good that it stood here. Nothing else has changed."))


@through_link
@require_POST
def send_link(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A fresh link is mailed to the address we have; the page does not say which, nor whether there is one."""
    if opened.case is not None:
        mail_the_link(opened.case, now=now())
    return _show(request, opened, says=_("If we know your e-mail address, a link is on its way there."))


@through_link
@require_POST
def forget(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Their wish to be deleted is a duty of the owner."""
    if opened.case is None or not opened.was_mailed:
        mistake = _("Ask for the link by mail first, so that nobody else can ask this for you.")
        return _show(request, opened, status=409, mistake=mistake)
    _prove(opened)
    with translation.override(settings.LANGUAGE_CODE):  # for a colleague to read, not for them
        wish = _("They ask us to delete what we keep about them")
        give_duty(opened.case, "erase", wish, due_at=now() + ANSWERED_WITHIN, now=now())
    return _show(request, opened, says=_("We have your wish. A person sees to it within four weeks and tells you."))


def _back(opened: Opened) -> HttpResponse:
    return HttpResponseRedirect(reverse("page", args=[opened.token]), status=303)


def _show(request: HttpRequest, opened: Opened, *, status: int = 200, **told: str) -> HttpResponse:
    """`told` is what the page says beside its content: says, mistake (at which field), and what was typed, still there."""
    template = "customer/page.html" if opened.shows_words else "customer/receipt.html"
    return render(request, template, {**shown(opened, now=now()), **told}, status=status)
