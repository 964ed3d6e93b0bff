"""Whoever it hurt is told that it is mended: one honest mail each, in the name of the person they know, never a second one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.models import Message, MessageKind
from kept.causes.models import Cause, Gathered
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, Identity
from kept.replies.addressing import best_among, sender_for
from kept.replies.mailing import mail_held
from kept.replies.sending import UNDO_WINDOW
from kept.text.reading_back import find_gaps
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@dataclass(frozen=True, slots=True)
class Hearer:
    """One person who may be told: by the newest of their cases, in the name of whoever looks after it."""

    gathered: Gathered
    author: Employee
    address: Identity | None
    account: ChannelAccount | None
    others: list[Gathered] = field(default_factory=list)
    """Their other cases with this root: told by the same words."""
    is_promised: bool = False
    """They have our word to hear of it."""

    @property
    def customer(self) -> Customer:
        """Whom it hurt."""
        return self.gathered.case.customer

    @property
    def can_be_mailed(self) -> bool:
        """There is a living address, and a mailbox of ours that may send."""
        return self.address is not None and self.account is not None and self.account.is_open

    def letter(self, told_text: str) -> str:
        """The mail as they read it: greeting, the words, who signs."""
        with translation.override(self.account.brand.language if self.account else translation.get_language()):
            name = self.customer.name.split()[0] if self.customer.name else ""
            hello = _("Hello %(name)s,") % {"name": name} if name else _("Hello,")
        return f"{hello}\n\n{told_text.strip()}\n\n{self.author.known_as}"


def hearers(cause: Cause) -> list[Hearer]:
    """Everybody gathered who has not been told, one by one; a handful of queries, however many they are."""
    waiting = list(
        Gathered.objects.taken()
        .filter(cause=cause, told_in__isnull=True, told_at__isnull=True, case__set_aside_at__isnull=True)
        .select_related("case__customer", "case__owner", "case__account__brand", "case__policy__calendar", "promise")
        .order_by("-case_id")
    )
    words, addresses = _where_they_write_from(waiting)
    accounts: dict[int, ChannelAccount | None] = {}
    found: dict[int, Hearer] = {}
    for gathered in waiting:
        case = gathered.case
        promised = gathered.promise is not None and gathered.promise.is_open
        first = found.get(case.customer_id)
        if first is not None:
            first.others.append(gathered)
            found[case.customer_id] = _promised(first) if promised else first
            continue
        if case.account_id not in accounts:
            accounts[case.account_id] = sender_for(case.account)
        address = best_among(words[case.pk], addresses[case.customer_id], of=case.customer_id)
        author = case.owner if case.owner.is_active else cause.owner
        found[case.customer_id] = Hearer(gathered, author, address, accounts[case.account_id], is_promised=promised)
    return sorted(found.values(), key=lambda hearer: hearer.gathered.case_id)


def _promised(hearer: Hearer) -> Hearer:
    return Hearer(hearer.gathered, hearer.author, hearer.address, hearer.account, hearer.others, is_promised=True)


def _where_they_write_from(waiting: Iterable[Gathered]) -> tuple[dict[int, list[Message]], dict[int, list[Identity]]]:
    """The words with an address on each case, and the addresses of each customer."""
    cases = [gathered.case_id for gathered in waiting]
    customers = {gathered.case.customer_id for gathered in waiting}
    words, addresses = defaultdict[int, list[Message]](list), defaultdict[int, list[Identity]](list)
    theirs = Message.objects.filter(case__in=cases, is_theirs=True, identity__kind="email", identity__dead_at__isnull=True)
    for word in theirs.select_related("identity").only("case_id", "is_theirs", "identity"):
        words[word.case_id].append(word)
    for address in Identity.objects.filter(customer__in=customers, kind="email", dead_at__isnull=True):
        addresses[address.customer_id].append(address)
    return words, addresses


@transaction.atomic
def tell_customers(  # no event: _tell records each, and fix() the whole
    cause: Cause, *, by: Employee, now: datetime, untold: Collection[int] = ()
) -> list[Message]:
    """One mail for each who wants it is on its way and can be taken back; whom no mail reaches is to be told by hand."""
    everybody = hearers(cause)
    to_tell = [hearer for hearer in everybody if hearer.customer.pk not in untold]
    spared = [hearer for hearer in everybody if hearer.customer.pk in untold]
    _refuse(cause, to_tell, spared)
    Gathered.objects.filter(pk__in=_keys(spared)).update(wants_word=False)
    return [message for hearer in to_tell if (message := _tell(cause, hearer, by=by, now=now)) is not None]


def _keys(those: Iterable[Hearer]) -> list[int]:
    return [gathered.pk for hearer in those for gathered in (hearer.gathered, *hearer.others)]


def _refuse(cause: Cause, to_tell: list[Hearer], spared: list[Hearer]) -> None:
    promised = next((hearer for hearer in spared if hearer.is_promised), None)
    if promised is not None:
        raise Refusal(_("%(name)s has our word to hear of it, and is told.") % {"name": promised.customer.known_as})
    if to_tell and not cause.told_text:
        raise Refusal(_("Write what they are told, or untick everybody."))
    listening = next((one.account for one in to_tell if one.address and one.account and not one.account.is_open), None)
    if listening is not None:
        raise Refusal(_("%(name)s only listens so far. Open it, and this can go.") % {"name": listening.name})
    if to_tell and find_gaps(cause.told_text):
        raise Refusal(_("A gap was left open in what they are told. Fill it first."))


def _tell(cause: Cause, hearer: Hearer, *, by: Employee, now: datetime) -> Message | None:
    case = hearer.gathered.case
    if hearer.address is None or hearer.account is None or not hearer.account.is_open:
        Gathered.objects.filter(pk=hearer.gathered.pk).update(by_hand_from=now + UNDO_WINDOW)
        return None
    text = hearer.letter(cause.told_text)
    message = mail_held(
        case, MessageKind.FIXED, text, author=hearer.author, to=hearer.address, through=hearer.account, now=now
    )  # fmt: skip
    Gathered.objects.filter(pk__in=_keys([hearer])).update(told_in=message)
    record(case.about, Happened.TELLING_FIXED, at=now, by=by, title=cause.title, message=message.pk, cause=cause.pk)
    return message
