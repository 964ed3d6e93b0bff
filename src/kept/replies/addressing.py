"""Where our words can go: the account that sends, and the address of theirs that can take them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import first_that_sends
from kept.cases.models import Case, Message
from kept.channels import kinds
from kept.lib.links import reply_token
from kept.lib.ready import ready
from kept.people.models import Identity

BY_HAND = ("phone", "letter", "fax", "visit", "post", "sms", "chat")
"""Media by which a person of ours answers with their own hands or voice; Kept only writes it down."""
SPOKEN = ("phone", "visit")
"""What is written down of these is our note of a talk, not a text that reaches them."""
ADDRESS_OF = {"email": "email", "form": "email", "survey": "email", "api": "email"}
"""The kind of identity through which each medium can be answered by itself."""


def sender_for(account: ChannelAccount) -> ChannelAccount | None:
    """The account our words leave by: this one if it can send, else the first one of ours that can and has an address."""
    sending = [kind for kind, channel in kinds().items() if channel.can_send and channel.reaches == "email"]
    if account.kind in sending and account.address:
        return account
    return first_that_sends(sending)


def address_for(message: Message) -> Identity | None:
    """The address that this very word can be acknowledged at; None where its medium has no way back."""
    kind = ADDRESS_OF.get(message.medium)
    if kind is None:
        return None
    if message.identity is not None and message.identity.kind == kind:
        return message.identity
    return Identity.objects.filter(customer=message.customer_id, kind=kind).order_by("id").first()


def best_address(case: Case) -> Identity | None:
    """Where an answer to this case is sent: the living address of their last word that has one, else any of theirs."""
    words, theirs = _mailed_words.all(case=case.pk), _addresses.all(customer=case.customer_id)
    return best_among(words, theirs, of=case.customer_id)


@ready
def _mailed_words(case: int) -> QuerySet[Message]:
    words = Message.objects.filter(case=case, is_theirs=True, identity__kind="email", identity__dead_at__isnull=True)
    return words.select_related("identity").order_by("-id")[:1]


@ready
def _addresses(customer: int) -> QuerySet[Identity]:
    return Identity.objects.filter(customer=customer, kind="email", dead_at__isnull=True)


def best_among(words: Iterable[Message], addresses: Iterable[Identity], *, of: int) -> Identity | None:
    """The same choice among these words and addresses of the customer with the key `of`, for a page that has read them."""
    for word in sorted(words, key=lambda word: -word.pk):
        if word.is_theirs and word.identity is not None and _takes_mail(word.identity):
            return word.identity if word.identity.customer_id == of else _longest_known(addresses)
    return _longest_known(addresses)


def _longest_known(addresses: Iterable[Identity]) -> Identity | None:
    alive = [address for address in addresses if _takes_mail(address)]
    proven = [address for address in alive if address.proven_at is not None]
    return min(proven or alive, key=lambda address: address.pk, default=None)


def _takes_mail(address: Identity) -> bool:
    return address.kind == "email" and address.dead_at is None


def signed_reply_to(case: Case, account: ChannelAccount) -> str:
    """The address that leads an answer back to this case; empty where the server knows no plus addresses."""
    return signed_address(case.public_id, account)


def signed_address(public_id: uuid.UUID, account: ChannelAccount) -> str:
    """The address of ours that names this case, or this invitation; empty where the server knows no plus addresses."""
    if account.settings.get("reply_to") == "none" or "@" not in account.address:
        return ""
    local, _at, domain = account.address.partition("@")
    return f"{local}+{reply_token(public_id)}@{domain}"
