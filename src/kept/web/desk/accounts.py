"""The ways in and out: what each hears, what is wrong with it, open or listening."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import add_account, change_account, close_account, open_account
from kept.accounts.translating import channel_named, channel_of, secret_names
from kept.accounts.troubling import each_once
from kept.channels import kinds
from kept.lib.address import base_url
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.surveys.keeping_up import balance_of
from kept.web.desk.workroom import for_admins, show, worker

OUR_OWN = {"by_hand", "good_word", "own_story", "survey"}
"""Kinds that every house has by itself, once, and those of surveys, which are set up with their questions."""


@for_admins
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Every way in, and the kinds that can be added."""
    found = ChannelAccount.objects.select_related("policy", "brand").order_by("closed_at", "pk")
    labels = {kind: _(channel.label) for kind, channel in kinds().items()}
    addable = [(kind, label) for kind, label in labels.items() if kind not in OUR_OWN]
    context = {"accounts": list(found), "labels": labels, "kinds": addable}
    return show(request, "desk/accounts.html", context, here="accounts")


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """The channel's own form; on POST one more way in, and the secret of its door shown once."""
    channel = channel_named(kind)
    form = channel.Settings(request.POST if request.method == "POST" else None)
    name = request.POST.get("account_name", "").strip()
    context = {
        "form": form,
        "kind": kind,
        "label": channel.label,
        "proven": channel.proven,
        "account": None,
        "name": name,
        "is_open_typed": "open" in request.POST,
    }
    if request.method != "POST":
        return show(request, "desk/account_form.html", context, here="accounts")
    if not form.is_valid():
        return show(request, "desk/account_form.html", context, here="accounts", status=422)
    added = add_account(
        kind,
        name=name or str(_(channel.label)),
        now=now(),
        settings=_typed(request, form),
        is_open="open" in request.POST,
        by=worker(request),
    )
    messages.success(request, _("%(name)s is added.") % {"name": added.account.name})
    return _show_account(request, added.account, door=f"{base_url()}/in/{added.door}")


def _typed(request: HttpRequest, form: forms.Form) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in form.fields}


def _show_account(request: HttpRequest, account: ChannelAccount, *, status: int = 200, **more: object) -> HttpResponse:
    channel = channel_named(account.kind)
    known = {name: value for name, value in account.settings.items() if name not in secret_names(channel)}
    context = {
        "form": channel.Settings(initial=known),
        "kind": account.kind,
        "label": channel.label,
        "proven": channel.proven,
        "account": account,
        "name": account.name,
        "balance": balance_of(account, now=now()),
        **more,
    }
    return show(request, "desk/account_form.html", context, here="accounts", status=status)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """One way in and its settings; a secret left empty stays as it was."""
    found = get_object_or_404(ChannelAccount, public_id=account_id)
    if request.method != "POST":
        return _show_account(request, found)
    form = channel_named(found.kind).Settings(request.POST)
    name = request.POST.get("account_name", "").strip()
    if not form.is_valid():
        return _show_account(request, found, form=form, name=name, status=422)
    try:
        change_account(found, name=name, settings=_typed(request, form), by=worker(request), now=now())
    except Refusal as refusal:
        return _show_account(request, found, form=form, name=name, refusal=refusal, status=409)
    messages.success(request, _("%(name)s is changed.") % {"name": found.name})
    return HttpResponseRedirect(reverse("account", args=[found.public_id]))


@for_admins
@require_POST
def try_it(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Connects to what the account names, and says in plain words what is wrong."""
    found = get_object_or_404(ChannelAccount, public_id=account_id)
    problems = channel_of(found).problems()
    return _show_account(request, found, tried=True, problems=problems and each_once(found, problems))


@for_admins
@require_POST
def open_it(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """It may send from now on."""
    found = get_object_or_404(ChannelAccount, public_id=account_id)
    open_account(found, by=worker(request), now=now())
    messages.success(request, _("%(name)s may send now.") % {"name": found.name})
    return HttpResponseRedirect(reverse("account", args=[found.public_id]))


@for_admins
@require_POST
def close_it(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Nothing comes in or goes out this way any more; what came stays."""
    found = get_object_or_404(ChannelAccount, public_id=account_id)
    close_account(found, by=worker(request), now=now())
    messages.success(request, _("%(name)s is closed.") % {"name": found.name})
    return HttpResponseRedirect(reverse("accounts"))
