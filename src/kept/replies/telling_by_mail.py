"""What employees were told also reaches them by mail: one mail a person, however many things there are to tell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.cases.models import Case
from kept.channels import kinds
from kept.channels.base import Handle, NotSetUp, Outgoing, TryLater, Undeliverable
from kept.due.claiming import claim, finish, put_off, try_again
from kept.lib.address import base_url
from kept.lib.ids import new_id
from kept.people.models import Notice
from kept.people.presence import house
from kept.replies.composing import message_id

log = logging.getLogger(__name__)
AT_ONCE = 100
WITHOUT_A_MAILBOX = timedelta(minutes=5)
WITH_A_LETTER = ("praise", "stories", "week")
"""Kinds of notices that are a letter of their own, mailed by who tells them (recognition/mailing.py, stories/mailing.py)."""
Compose = Callable[[list[Notice], ChannelAccount], Outgoing]


def mail_what_employees_are_told(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every notice due by now was mailed, several to one person as one list. Returns how many mails went out."""
    due = claim(Notice.objects.exclude(kind__in=WITH_A_LETTER).select_related("to"), now=now, limit=AT_ONCE)
    account = house_mailbox() if due else None
    sent = 0
    for _key, group in groupby(sorted(due, key=lambda notice: (notice.to_id, notice.pk)), key=lambda notice: notice.to_id):
        if should_stop():
            break
        sent += mail_together(list(group), account, _compose, now=now)
    return sent


def house_mailbox() -> ChannelAccount | None:
    """The mailbox by which the house writes to its own people; None where none can send yet."""
    sending = [kind for kind, channel in kinds().items() if channel.can_send and channel.reaches == "email"]
    ours = ChannelAccount.objects.filter(kind__in=sending, closed_at__isnull=True, opened_at__isnull=False).exclude(address="")
    return ours.select_related("brand").order_by("pk").first()


def mail_together(notices: list[Notice], account: ChannelAccount | None, compose: Compose, *, now: datetime) -> bool:
    """One mail tells all of them, to the one person they are for. False: it did not go out and is tried again."""
    try:
        if account is None:
            raise NotSetUp("no mailbox of ours can send")
        channel_of(account).send(compose(notices, account))
    except NotSetUp as trouble:
        for notice in notices:
            put_off(notice, until=now + WITHOUT_A_MAILBOX, trouble=str(trouble))
        return False
    except (TryLater, Undeliverable) as trouble:
        for notice in notices:
            try_again(notice, now=now, trouble=str(trouble), after=getattr(trouble, "after", None))
        return False
    except Exception:
        log.exception("Notices to %s could not be mailed.", notices[0].to_id)
        for notice in notices:
            try_again(notice, now=now, trouble="our own fault, see the log")
        return False
    with transaction.atomic():
        for notice in notices:
            finish(notice, mailed_at=now)
    return True


def _compose(notices: list[Notice], account: ChannelAccount) -> Outgoing:
    employee = notices[0].to
    cases = {case.about: case for case in Case.objects.filter(pk__in=_case_keys(notices))}
    told = [(_in_words(notice), _where(notice, cases)) for notice in notices]
    context = {"employee": employee, "house": house(), "told": told, "brand": account.brand, "desk": f"{base_url()}/desk/"}
    count = len(notices)
    subject = told[0][0] if count == 1 else ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count)
    return Outgoing(
        to=Handle("email", employee.email or ""),
        to_name=employee.name,
        author="Kept",
        from_address=account.address,
        subject=(subject % {"count": count} if count > 1 else subject)[:150],
        text=render_to_string("mail/notice.txt", context),
        html=render_to_string("mail/notice.html", context),
        message_id=message_id(new_id(), account),
        automatic=True,
    )


def _where(notice: Notice, cases: Mapping[str, Case]) -> str:
    """The page of what it is about: the matter itself, or the desk's page that finds it."""
    if notice.about in cases:
        return f"{base_url()}/desk/cases/{cases[notice.about].public_id}"
    return f"{base_url()}/desk/about/{notice.about}" if notice.about else ""


def _in_words(notice: Notice) -> str:
    """At the desk a new case is its own heading; alone in a mailbox it needs a word."""
    return _("New, and yours to answer: %(case)s") % {"case": notice.says} if notice.kind == "new_case" else notice.says


def _case_keys(notices: list[Notice]) -> list[int]:
    return [int(notice.about.removeprefix("case:")) for notice in notices if notice.about.startswith("case:")]
