"""How employees come in: nobody signs up by themselves; a one-time link opens the door the first time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django import forms
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.opening_times import WEEKDAYS as DAYS
from kept.lib.refusal import Refusal
from kept.people.adding import add_employee
from kept.people.inviting import link_behind, use_link
from kept.people.models import Employee, Role, SignInLink
from kept.web.customer.through_link import discreet

NOT_WORTH_A_WORD = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}

AGAIN = {
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use a code from the app, or a recovery code"),
}
"""The ways to say once more who one is, by allauth's names for them."""


class OnlyInvited(DefaultAccountAdapter):
    """allauth's rules for this house: no sign-up, and no word about what everybody sees."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        """Never: employees are added by an admin or on the command line."""
        return False

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **said: Any) -> None:
        """Everything but "you have signed in"."""
        if message_template not in NOT_WORTH_A_WORD:
            super().add_message(request, level, message_template, *args, **said)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What is easiest comes first: a passkey, then the password, then a code."""
        easiest = list(AGAIN)
        methods = sorted(super().get_reauthentication_methods(user), key=lambda one: easiest.index(one["id"]))
        return [{**one, "description": AGAIN[one["id"]]} for one in methods]


class ThroughTheHouse(BaseEmailBackend):
    """allauth writes no mail here: links are made by admins. What would go out is dropped, and says so in its count."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002 - as Django calls it
        """Sends none."""
        return 0


class FirstOfUs(forms.Form):
    """Who the very first person is."""

    name = forms.CharField(
        label=_("Your name, as customers see it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say your name: customers hear who answers them")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it, and what you must know reaches you there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Say your e-mail address: you sign in with it"),
            "invalid": _("Write the address as in name@example.org"),
        },
    )
    role = forms.ChoiceField(
        label=_("Your role"),
        help_text=_("An admin lets the others in. You can hand that on later."),
        choices=[(Role.ADMIN, _("Admin")), (Role.MANAGER, _("Manager")), (Role.EMPLOYEE, _("Employee"))],
        initial=Role.ADMIN,
    )

    def clean_role(self) -> str:
        """An admin: otherwise nobody could add anybody."""
        role = str(self.cleaned_data["role"])
        if role != Role.ADMIN:
            raise forms.ValidationError(
                _("Be our admin for now, or nobody could let the others in. Later somebody else can take that over")
            )
        return role


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who is let in and a button; POST signs them in and asks for a password or a passkey."""
    link = link_behind(token, now=now())
    if link is None or (link.employee is None and Employee.objects.exists()):
        return _over(request)
    typed = FirstOfUs(request.POST or None) if link.employee is None else None
    if request.method != "POST":
        return _welcome(request, link, token, typed)
    if typed is not None and not typed.is_valid():
        return _welcome(request, link, token, typed, status=422)
    try:
        employee = _let_in(link, typed)
    except Refusal:
        return _over(request)
    target = reverse("account_set_password") + "?next=" + reverse("inbox")
    response: HttpResponse = perform_login(request, employee, email_verification="none", redirect_url=target)
    return response


def _over(request: HttpRequest) -> HttpResponse:
    return _discreet(render(request, "account/link_is_over.html", status=410))


def _welcome(request: HttpRequest, link: SignInLink, token: str, typed: FirstOfUs | None, *, status: int = 200) -> HttpResponse:
    if typed is None:
        return _discreet(render(request, "account/by_link.html", {"employee": link.employee}, status=status))
    calendar = default_calendar()
    week = [
        (WEEKDAYS[number], ", ".join(f"{opens} - {closes}" for opens, closes in calendar.week.get(day, [])))
        for number, day in enumerate(DAYS)
    ]
    context = {"form": typed, "token": token, "zone": calendar.zone, "week": week}
    return _discreet(render(request, "account/first_of_us.html", context, status=status))


def _discreet(response: HttpResponse) -> HttpResponse:
    """As a customer's page, but for this site itself: with "no-referrer" a browser posts from nowhere, and that is refused."""
    response = discreet(response)
    response["Referrer-Policy"] = "same-origin"
    return response


@transaction.atomic
def _let_in(link: SignInLink, typed: FirstOfUs | None) -> Employee:  # no event: use_link records that they came in
    """The link is used up; whoever it was for begins anew, so that a forgotten password is no closed door."""
    moment = now()
    first = None
    if typed is not None:
        told = typed.cleaned_data
        first = add_employee(told["name"], email=told["email"], role=told["role"], now=moment)
    employee = use_link(link, now=moment, first=first)
    employee.set_unusable_password()
    employee.save(update_fields=["password"])
    if employee.email:
        EmailAddress.objects.get_or_create(user=employee, email=employee.email, defaults={"verified": True, "primary": True})
    return employee
