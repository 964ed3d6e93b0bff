"""A message of ours as the mail it becomes: subject, both forms, page link, signed reply address."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message, MessageKind
from kept.channels.base import Attachment, Handle, Outgoing
from kept.files import keeping
from kept.lib.address import base_url
from kept.lib.links import page_token
from kept.lib.ready import ready
from kept.people.linking import about_link
from kept.people.models import Customer
from kept.people.presence import house, manager_of
from kept.replies.addressing import SPOKEN, signed_reply_to
from kept.replies.models import Delivery
from kept.replies.owning_up import owned_up
from kept.replies.waiting_for_them import open_question

TEMPLATES = {
    MessageKind.ACKNOWLEDGEMENT: "mail/acknowledgement",
    MessageKind.ASKING: "mail/asking",
    MessageKind.REMINDER: "mail/reminder",
    MessageKind.IS_THAT_SO: "mail/is_that_so",
    MessageKind.LINK: "mail/link",
    MessageKind.PASSED_ON: "mail/passed_on",
    MessageKind.LINE_BACK: "mail/passed_on",
    MessageKind.CONSENT: "mail/story_consent",
    MessageKind.IS_IT_YOU: "mail/is_it_you",
}
"""Every other kind is a person's own words: mail/answer."""


def message_id(id: uuid.UUID, account: ChannelAccount) -> str:
    """Our own Message-ID, without brackets: the same at every attempt, and never guessed."""
    domain = settings.MAIL_DOMAIN or account.address.rpartition("@")[2] or "kept.invalid"
    return f"{id.hex}@{domain}"


def page_link(message: Message) -> str:
    """The customer's page as mailed with this message: whoever opens it read that mailbox. Somebody else who wrote sees less."""
    case = message.case
    if message.kind == MessageKind.CONSENT:
        return f"{base_url()}/story/{page_token('consent', message.public_id)}"
    if message.kind == MessageKind.IS_IT_YOU:
        return f"{base_url()}/same/{page_token('same', message.public_id, case.page_version)}"
    return f"{base_url()}/c/{page_token('message', message.public_id, case.page_version)}"


def _reads_their_own(message: Message) -> bool:
    return message.identity is None or message.identity.customer_id == message.case.customer_id


def compose(delivery: Delivery, *, now: datetime) -> Outgoing:
    """The mail, ready for its channel. Made anew at every attempt, always with the same Message-ID and the same words."""
    message, case, account = delivery.message, delivery.message.case, delivery.account
    if message.identity_id == delivery.identity_id:
        message.identity = delivery.identity  # read already, with whoever reads it there
    with translation.override(account.brand.language):
        context = _context(message, case, account, now=now)
        template = TEMPLATES.get(MessageKind(message.kind), "mail/answer")
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
        subject = _subject(message, case)
    author = message.author or case.owner
    return Outgoing(
        to=Handle(delivery.identity.kind, delivery.identity.value),
        to_name=_reader(message).name,
        author=author.known_as,
        from_address=account.address,
        subject=subject,
        text=text,
        html=html,
        message_id=message.external_id,
        reply_to=signed_reply_to(case, account),
        references=_references(message),
        automatic=message.kind in TEMPLATES,
        attachments=() if message.kind in TEMPLATES else _attachments(message),
    )


def _attachments(message: Message) -> tuple[Attachment, ...]:
    return tuple(Attachment(file.name, file.content_type, keeping.read(file.content)) for file in message.files.all())


def _context(message: Message, case: Case, account: ChannelAccount, *, now: datetime) -> dict[str, object]:
    author = message.author or case.owner
    manager = manager_of(author, of_house=house(), at=now)
    reader = _reader(message)
    is_proven = message.identity is not None and message.identity.proven_at is not None
    answered = message.answers_up_to
    return {
        "brand": account.brand,
        "customer": reader,
        "name": reader.name.split()[0] if reader.name else "",
        "author": author,
        "manager": manager,
        "about_me": about_link(author) if manager is not None else "",
        "text": message.text,
        "words": answered.text if is_proven and answered and message.kind == MessageKind.ACKNOWLEDGEMENT else "",
        "owns_up": owned_up(case, message.text) if message.kind == MessageKind.ACKNOWLEDGEMENT else "",
        "question": _question(message) if is_proven and _reads_their_own(message) else "",
        "hour": message.next_word_at if message.next_word_at and message.next_word_at > now else None,
        "zone": case.policy.calendar.zone,
        "now": now,
        "page": page_link(message),
        "asks_if_solved": message.kind in {MessageKind.ANSWER, MessageKind.ASKING},
        "matter": case.subject if is_proven and _reads_their_own(message) else "",
    }


def _question(message: Message) -> str:
    """What a reminder is about, in our words then; a call has none, only our note of it."""
    asked = open_question(message.case) if message.kind == MessageKind.REMINDER else None
    return asked.text if asked is not None and asked.medium not in SPOKEN else ""


def _reader(message: Message) -> Customer:
    return message.identity.customer if message.identity is not None else message.case.customer


def _subject(message: Message, case: Case) -> str:
    author = (message.author or case.owner).first_name
    if message.kind == MessageKind.ACKNOWLEDGEMENT:
        return _("%(name)s here: your words are mine to answer") % {"name": author}
    if message.kind == MessageKind.ASKING:
        return _("%(name)s asks: is it solved?") % {"name": author}
    if message.kind == MessageKind.REMINDER:
        return _("%(name)s here: I still need a word from you") % {"name": author}
    if message.kind == MessageKind.IS_THAT_SO:
        return _("%(name)s here: is it really solved?") % {"name": author}
    if message.kind == MessageKind.LINK:
        return _("%(name)s here: the link to your page") % {"name": author}
    if message.kind == MessageKind.PASSED_ON:
        return _("%(name)s here: your good word was passed on") % {"name": author}
    if message.kind == MessageKind.LINE_BACK:
        return _("%(name)s here: a line back to you") % {"name": author}
    if message.kind == MessageKind.IS_IT_YOU:
        return _("%(name)s here: is this you?") % {"name": author}
    if message.kind == MessageKind.CONSENT:
        return _("%(name)s asks: may others read what you said?") % {"name": author}
    theirs = message.answers_up_to.subject if message.answers_up_to else ""
    return f"Re: {theirs}" if theirs and not theirs.lower().startswith("re:") else theirs or f"Re: {case.subject}"


def _references(message: Message) -> tuple[str, ...]:
    return tuple(mail.external_id for mail in _mails_before.all(case=message.case_id, key=message.pk))[::-1]


@ready
def _mails_before(case: int, key: int) -> QuerySet[Message]:
    earlier = Message.objects.filter(case=case, medium="email", id__lt=key, taken_back_at__isnull=True)
    return earlier.exclude(external_id="").order_by("-id").only("external_id")[:10]
