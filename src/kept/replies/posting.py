"""Our words where others read them, too: a post of ours in answer to theirs, or a private message with the way to their page.

In public only what a person wrote stands there, with their first name: no link that opens anything, nothing by a machine (R4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.cases.models import Case, Message
from kept.channels import kinds
from kept.channels.base import Handle, Outgoing
from kept.lib.address import base_url
from kept.lib.links import page_token
from kept.lib.refusal import Refusal
from kept.people.models import Employee, Identity
from kept.replies.composing import page_link
from kept.replies.models import Delivery

IN_PUBLIC, IN_PRIVATE = "post", "chat"
_LINK = 80
"""Characters kept free for the link to their page, whose length is known only when it is signed."""


@dataclass(frozen=True, slots=True)
class PublicWay:
    """Where they spoke and we can answer: their handle there, and our account."""

    identity: Identity
    account: ChannelAccount


def public_way(case: Case, medium: str) -> PublicWay | None:
    """Where a reply by this medium goes by itself; None where a person has to say it with their own hands."""
    if medium not in {IN_PUBLIC, IN_PRIVATE}:
        return None
    word = _posts(case).first()
    if word is None or word.identity is None or word.account is None or word.account.closed_at is not None:
        return None
    channel = kinds().get(word.account.kind)
    if channel is None or channel.reaches != word.identity.kind or (medium == IN_PRIVATE and not channel.can_whisper):
        return None
    return PublicWay(word.identity, word.account)


def handle_kinds(medium: str = IN_PUBLIC) -> list[str]:
    """The kinds of address at which we can answer in public, or by a private message there."""
    found = (channel for channel in kinds().values() if channel.is_public)
    return sorted(channel.reaches for channel in found if medium == IN_PUBLIC or channel.can_whisper)


def _posts(case: Case) -> QuerySet[Message]:
    posts = Message.objects.filter(case=case, is_theirs=True, medium__in=[IN_PUBLIC, IN_PRIVATE])
    return posts.filter(identity__kind__in=handle_kinds()).select_related("identity", "account").order_by("-id")


def posts_to(words: Iterable[Message], medium: str = IN_PUBLIC) -> str:
    """The handle that a reply by this medium goes to, for a page that has read these words; empty where none does."""
    kinds_of_handle = handle_kinds(medium)
    posts = [word for word in words if word.is_theirs and word.medium in {IN_PUBLIC, IN_PRIVATE} and word.identity]
    there = [word.identity for word in posts if word.identity and word.identity.kind in handle_kinds()]
    return there[-1].shown if there and there[-1].kind in kinds_of_handle else ""


def way_to_private(case: Case) -> str:
    """A link that may stand in public: an empty form that writes on this matter. It shows nothing and proves nothing (R2)."""
    return f"{base_url()}/go-on/{page_token('go-on', case.public_id, case.page_version)}"


def refuse_what_is_too_long(text: str, medium: str, way: PublicWay, *, by: Employee) -> None:
    """The words fit into one post there. Refuses with how many characters are too many."""
    most = channel_of(way.account).most_characters()
    too_many = len(signed_off(text, by)) + (_LINK if medium == IN_PRIVATE else 0) - most
    if most and too_many > 0:
        raise Refusal(
            _("%(count)s characters too many: a post there takes %(most)s, with your name.") % {"count": too_many, "most": most}
        )


def signed_off(text: str, author: Employee) -> str:
    """The words with the first name of whoever wrote them, once."""
    text = text.strip()
    return text if text.endswith(author.first_name) else f"{text}\n{author.first_name}"


def compose_post(delivery: Delivery) -> Outgoing:
    """The post, ready for its channel: the same at every attempt."""
    message, case = delivery.message, delivery.message.case
    author = message.author or case.owner
    text = signed_off(message.text, author)
    if message.medium == IN_PRIVATE:
        with translation.override(delivery.account.brand.language):
            text = "\n\n".join([text, _("Your page, only for you: %(link)s") % {"link": page_link(message)}])
    return Outgoing(
        to=Handle(delivery.identity.kind, delivery.identity.value),
        to_name=delivery.identity.customer.name,
        author=author.known_as,
        from_address=delivery.account.address,
        subject="",
        text=text,
        message_id=message.external_id,
        references=_answered(message, delivery),
        is_private=message.medium == IN_PRIVATE,
    )


def _answered(message: Message, delivery: Delivery) -> tuple[str, ...]:
    """The post of theirs that ours stands under: the last they wrote there before."""
    theirs = Message.objects.filter(
        case=message.case_id, is_theirs=True, identity=delivery.identity_id, id__lt=message.pk, withdrawn_at__isnull=True
    )
    last = theirs.exclude(external_id="").order_by("-id").values_list("external_id", flat=True).first()
    return (last,) if last else ()
