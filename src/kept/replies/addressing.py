"""Where our words can go: the account that sends, and the address of theirs that can take them."""

from __future__ import annotations

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.channels import kinds
from kept.lib.links import reply_token
from kept.people.models import Identity

BY_HAND = ("phone", "letter", "fax", "visit", "post", "sms", "chat")
"""Media by which a person of ours answers with their own hands or voice; Kept only writes it down."""
ADDRESS_OF = {"email": "email", "form": "email", "survey": "email", "api": "email"}
"""The kind of identity through which each medium can be answered by itself."""


def sender_for(account: ChannelAccount) -> ChannelAccount | None:
    """The account our words leave by: this one if it can send, else the first one of ours that can and has an address."""
    sending = [kind for kind, channel in kinds().items() if channel.can_send]
    if account.kind in sending and account.address:
        return account
    others = ChannelAccount.objects.filter(kind__in=sending, closed_at__isnull=True).exclude(address="")
    return others.order_by("-opened_at", "pk").filter(opened_at__isnull=False).first() or others.first()


def address_for(message: Message) -> Identity | None:
    """The address that this very word can be acknowledged at; None where its medium has no way back."""
    kind = ADDRESS_OF.get(message.medium)
    if kind is None:
        return None
    if message.identity is not None and message.identity.kind == kind:
        return message.identity
    return Identity.objects.filter(customer=message.customer_id, kind=kind).order_by("id").first()


def best_address(case: Case) -> Identity | None:
    """Where an answer to this case is sent: the address of their last word that has one and is alive, else any of theirs that is."""
    words = Message.objects.filter(case=case, is_theirs=True, identity__kind="email", identity__dead_at__isnull=True)
    last = words.select_related("identity").order_by("-id").first()
    if last is not None and last.identity is not None and last.identity.customer_id == case.customer_id:
        return last.identity
    alive = Identity.objects.filter(customer=case.customer_id, kind="email", dead_at__isnull=True)
    return alive.order_by("-proven_at", "id").first()


def signed_reply_to(case: Case, account: ChannelAccount) -> str:
    """The address that leads an answer back to this case; empty where the server knows no plus addresses."""
    if account.settings.get("reply_to") == "none" or "@" not in account.address:
        return ""
    local, _at, domain = account.address.partition("@")
    return f"{local}+{reply_token(case.public_id)}@{domain}"
