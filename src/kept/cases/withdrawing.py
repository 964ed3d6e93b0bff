"""What its writer takes back in public is gone here, too; the matter, its owner and its clock stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.locking import locked
from kept.cases.models import Case, Message
from kept.cases.wording import snippet_of, title_of
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def withdraw(external_id: str, *, account: ChannelAccount, now: datetime) -> Message | None:
    """Every version of that post reads only that it was taken back, wherever its words stood. None: we know no such post."""
    said = Message.objects.filter(external_id=external_id, account=account, is_theirs=True, withdrawn_at__isnull=True)
    versions = list(said.exclude(external_id="").order_by("id"))
    for message in versions:
        _take_the_words_away(locked(message.case_id), message)
        message.text, message.html, message.subject, message.withdrawn_at = _("They took this post back."), "", "", now
        message.save(update_fields=["text", "html", "subject", "withdrawn_at"])
    if not versions:
        return None
    last = versions[-1]
    record(last.case.about, Happened.POST_TAKEN_BACK, at=now, by=last.case.customer, message=last.pk)
    return last


def _take_the_words_away(case: Case, message: Message) -> None:  # no event: withdraw records it
    """The case's title and the line in the lists no longer quote it."""
    says = _("They took this post back.")
    if case.subject and case.subject == title_of("", message.text):
        case.subject = says
    if case.last_snippet and case.last_snippet == snippet_of(message.text, 200):
        case.last_snippet = says
    case.save(update_fields=["subject", "last_snippet"])
