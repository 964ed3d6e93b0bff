"""How employees come in: nobody signs up by themselves; a one-time link opens the door the first time."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kept.lib.clock import now
from kept.people.inviting import link_behind, use_link


class OnlyInvited(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's rules for this house: no sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: employees are added by an admin or on the command line."""
        return False


class ThroughTheHouse(BaseEmailBackend):
    """allauth writes no mail here: links are made by admins. What would go out is dropped, and says so in its count."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Sends none."""
        return 0


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who is let in and a button; POST signs them in and asks for a password or a passkey."""
    link = link_behind(token, now=now())
    if link is None:
        return render(request, "account/link_is_over.html", status=410)
    if request.method == "GET":
        return render(request, "account/by_link.html", {"employee": link.employee})
    employee = use_link(link, now=now())
    if employee.email:
        EmailAddress.objects.get_or_create(user=employee, email=employee.email, defaults={"verified": True, "primary": True})
    perform_login(request, employee, email_verification="none")
    target = reverse("account_set_password") if not employee.has_usable_password() else reverse("inbox")
    return HttpResponseRedirect(target)
