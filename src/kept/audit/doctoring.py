"""What is wrong with this house, in plain words: invariants, settings, accounts (`./kept doctor`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.accounts.troubling import each_once
from kept.audit.invariants import INVARIANTS
from kept.intake.accepting import check_durability
from kept.intake.models import Arrival, ArrivalState
from kept.letters.lettering import lettering_problems
from kept.letters.models import LetterReading
from kept.people.models import Employee
from kept.people.presence import house
from kept.replies.models import Delivery, Letter

LONG = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `code` for programs, `says` for people."""

    code: str
    says: str


def examine(now: datetime, *, try_connections: bool = True) -> list[Finding]:
    """Everything that is wrong; an empty list is good health."""
    found = [Finding("durability", says) for says in check_durability()]
    for check in INVARIANTS:
        found += [Finding(check.__name__, says) for says in check(now)]
    return [*found, *_set_up(now), *_accounts(try_connections=try_connections)]


def _set_up(now: datetime) -> list[Finding]:
    found = []
    if not Employee.objects.filter(is_active=True).exists():
        found.append(Finding("nobody_here", _("Nobody works here yet: what arrives is kept and waits. Add an employee.")))
    ours = house()
    if ours.duty_owner is not None and ours.duty_owner.is_away(now) and ours.duty_owner.stand_in is None:
        found.append(Finding("duty_owner_away", _("The duty owner is away and nobody stands in.")))
    sends = ChannelAccount.objects.exclude(address="").filter(closed_at__isnull=True).exists()
    if not sends:
        found.append(Finding("no_mailbox", _("No e-mail account yet: nobody can be acknowledged or answered by mail.")))
    if not settings.SMTP_URL and not ChannelAccount.objects.filter(settings__has_key="smtp").exists():
        found.append(Finding("no_smtp", _("No outgoing mail server is set (KEPT_SMTP_URL): what we write waits.")))
    if Letter.objects.exists():
        found += [Finding("fonts", says) for says in lettering_problems()]
    oldest = Arrival.objects.filter(state=ArrivalState.WAITING, reached_us_at__lt=now - LONG).order_by("id").first()
    if oldest is not None:
        found.append(
            Finding("arrivals_wait", _("Something that arrived at %(at)s is not filed yet.") % {"at": oldest.reached_us_at})
        )
    late = Delivery.objects.filter(next_try_at__isnull=False, made_at__lt=now - LONG).order_by("made_at").first()
    if late is not None:
        told = {"at": late.made_at, "why": late.trouble or _("not tried yet")}
        found.append(Finding("deliveries_wait", _("Words of ours wait since %(at)s: %(why)s.") % told))
    unread = (
        LetterReading.objects.filter(next_try_at__isnull=False, asked_at__lt=now - LONG)
        .exclude(trouble="")
        .order_by("id")
        .first()
    )
    if unread is not None:
        told = {"at": unread.asked_at, "why": unread.trouble}
        found.append(Finding("letters_wait", _("A letter brought at %(at)s is not read by machine yet. %(why)s") % told))
    return found


def _accounts(*, try_connections: bool) -> list[Finding]:
    found = []
    for account in ChannelAccount.objects.filter(closed_at__isnull=True).order_by("pk"):
        if not account.is_open:
            found.append(
                Finding("listens_only", _("%(name)s only listens: it sends nothing until it is opened.") % {"name": account.name})
            )
        tried = channel_of(account).problems() if try_connections else []
        found += [Finding("account_trouble", f"{account.name}: {says}") for says in each_once(account, tried)]
    return found
