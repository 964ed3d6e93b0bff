"""They name an e-mail address on their own page: a mail there asks whether it is theirs, and only its reader can say yes (R2).

Until then the address is nobody's: whoever types another person's address gets nothing of theirs, now or later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.confirming import one_person
from kept.cases.minding import give_duty
from kept.cases.models import Case, Message, MessageKind
from kept.cases.resembling import DECIDED_WITHIN, SAME_MATTER
from kept.channels.base import Handle
from kept.channels.handles import email_address
from kept.lib.refusal import Refusal
from kept.people.identifying import identify, prove
from kept.people.models import Identity
from kept.replies.addressing import sender_for
from kept.replies.mailing import mail
from kept.replies.posting import handle_kinds
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_A_DAY = 2
"""To one address, and from one page: so that nobody can be bombed."""
VALID_FOR = timedelta(days=7)


@transaction.atomic
def ask_whose_address(case: Case, written: str, *, now: datetime) -> Message:
    """A mail is on its way there: its reader says whether they are the one who wrote. Nothing else has changed."""
    address, account = email_address(written), sender_for(case.account)
    if not address or ChannelAccount.objects.filter(address=address, closed_at__isnull=True).exists():
        raise Refusal(_("Write the address as in name@example.org"))
    if account is None or not account.is_open:
        raise Refusal(_("We cannot write any mail just now. Write to us here instead: it goes to the same person."))
    _reader, identity = identify([Handle("email", address)], name="", at=now)
    assert identity is not None  # noqa: S101 - one address was given
    _refuse_too_many(case, identity, now=now)
    with translation.override(account.brand.language):
        says = _("Somebody who wrote to us as %(handle)s says that this mailbox is theirs, and would like to go on here by mail.")
        text = says % {"handle": known_there(case) or _("somebody without a name")}
    message = mail(case, MessageKind.IS_IT_YOU, text, to=identity, through=account, now=now)
    record(case.about, Happened.ADDRESS_ASKED, at=now, by=case.customer, message=message.pk)
    return message


def _refuse_too_many(case: Case, identity: Identity, *, now: datetime) -> None:
    asked = Message.objects.filter(kind=MessageKind.IS_IT_YOU, at__gt=now - timedelta(hours=24))
    if asked.filter(identity=identity).count() >= MOST_A_DAY or asked.filter(case=case).count() >= MOST_A_DAY:
        raise Refusal(_("Two mails went out today already. Look into that mailbox, or try again tomorrow."))


def known_there(case: Case) -> str:
    """The handle by which they wrote in public; never a name, which could be any words."""
    theirs = Identity.objects.filter(customer=case.customer_id).filter(Q(kind__in=handle_kinds()) | Q(kind="handle"))
    return theirs.order_by("id").values_list("value", flat=True).first() or ""


def is_valid(message: Message, *, now: datetime) -> bool:
    """The question still stands: asked lately, and by no means about an address that several people read."""
    fresh = message.kind == MessageKind.IS_IT_YOU and now - message.at <= VALID_FOR
    return fresh and message.identity is not None and not message.identity.is_shared


@transaction.atomic
def it_is_me(message: Message, *, now: datetime) -> None:
    """The reader of that mailbox is who wrote: one customer with both addresses. Whether it is one matter, a person decides."""
    case = Case.objects.select_related("customer", "owner").get(pk=message.case_id)
    identity = message.identity
    if identity is None or not is_valid(message, now=now):
        raise Refusal(_("This question is too old. Ask for a new mail on your page."))
    prove(identity, at=now)
    if identity.customer_id == case.customer_id:
        return
    one_person(identity.customer, case.customer, by=case.customer, now=now)
    case.refresh_from_db()
    for other in Case.objects.open().filter(customer=case.customer_id).exclude(pk=case.pk).order_by("-id")[:1]:
        with translation.override(settings.LANGUAGE_CODE):  # for a colleague to read, not for them
            says = _("They wrote about “%(other)s” as well. If it is the same matter, join the two") % {"other": other}
        give_duty(case, SAME_MATTER, says[:240], due_at=now + DECIDED_WITHIN, now=now)
