"""A fresh link to their page, by mail, for somebody who came without one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message, MessageKind
from kept.people.models import Employee
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_A_DAY = 2


@transaction.atomic
def revoke_page_links(case: Case, *, by: Employee, now: datetime) -> None:
    """Every link to their page that was mailed so far leads nowhere; whatever is mailed from now on carries a new one."""
    Case.objects.filter(pk=case.pk).update(page_version=F("page_version") + 1)
    case.refresh_from_db(fields=["page_version"])
    record(case.about, Happened.PAGE_LINKS_REVOKED, at=now, by=by)


@transaction.atomic
def mail_the_link(case: Case, *, now: datetime) -> Message | None:
    """A mail with their page's link is on its way to where their last word came from; two a day, none while we only listen."""
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None or not account.is_open:
        return None
    lately = Message.objects.filter(identity=identity, kind=MessageKind.LINK, at__gt=now - timedelta(hours=24))
    if lately.count() >= MOST_A_DAY:
        return None
    with translation.override(account.brand.language):
        text = _("Here is the link to your page. It shows your words, what we promised, and how it stands.")
    message = mail(case, MessageKind.LINK, text, to=identity, through=account, now=now)
    record(case.about, Happened.LINK_MAILED, at=now, message=message.pk)
    return message
