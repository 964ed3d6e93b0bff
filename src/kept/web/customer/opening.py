"""What a customer's link opens: the receipt of one contact, the case it was mailed for, and how much it may show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from kept.cases.models import Case, Message
from kept.intake.models import Arrival, Fate, Filed
from kept.lib.links import read_page_token
from kept.people.models import Identity
from kept.places.models import Brand


@dataclass(frozen=True, slots=True)
class Opened:
    """A customer's page. `case` None: kept, not filed yet. `identity`: the address this very link was mailed to."""

    token: str
    case: Case | None
    arrival: Arrival | None = None
    identity: Identity | None = None
    writer: Identity | None = None
    """Somebody else who wrote on this matter, and by which address: nobody's words show, and what they add is theirs."""

    @property
    def brand(self) -> Brand | None:
        """Under whose name the page stands."""
        account = self.case.account if self.case else self.arrival.account if self.arrival else None
        return account.brand if account else None

    @property
    def shows_words(self) -> bool:
        """Words, promises and buttons show only through a link delivered to a proven address (KEPT.md 4)."""
        return self.identity is not None and self.identity.proven_at is not None

    @property
    def was_mailed(self) -> bool:
        """Whoever has this link read the mailbox it went to: pressing a button proves the address."""
        return self.identity is not None


def open_link(token: str) -> Opened:
    """The page behind this link. Raises Http404 when it was made up, revoked, or belongs to nothing."""
    for purpose, find in (("message", _mailed), ("receipt", _receipt), ("case", _case)):
        read = read_page_token(purpose, token)
        if read is not None:
            opened = find(token, *read)
            if opened is not None:
                return opened
    raise Http404


def _mailed(token: str, public_id: UUID, version: int) -> Opened | None:
    message = Message.objects.select_related("identity").filter(public_id=public_id, taken_back_at__isnull=True).first()
    if message is None or message.identity is None:
        return None
    case = _whole(message.case_id)
    if case.page_version != version:
        return None
    if message.identity.customer_id != case.customer_id:
        return Opened(token, case, writer=message.identity)
    return Opened(token, case, identity=message.identity)


def _receipt(token: str, receipt: UUID, _version: int) -> Opened | None:
    arrival = Arrival.objects.select_related("account__brand").filter(receipt=receipt).first()
    if arrival is None:
        return None
    filed = (
        Filed.objects.filter(arrival_id=arrival.pk, fate__in=[Fate.MESSAGE, Fate.DUPLICATE])
        .select_related("message__identity")
        .first()
    )
    word = filed.message if filed else None
    if word is None:
        return Opened(token, None, arrival=arrival)
    case = _whole(word.case_id)
    return Opened(token, case, arrival=arrival, writer=word.identity if word.customer_id != case.customer_id else None)


def _case(token: str, public_id: UUID, version: int) -> Opened | None:
    case = Case.objects.filter(public_id=public_id, page_version=version).first()
    return Opened(token, _whole(case.pk)) if case else None


def _whole(pk: int) -> Case:
    cases = Case.objects.select_related(
        "customer", "owner__team__manager", "owner__manager", "account__brand", "policy__calendar", "joined_into"
    )
    case = cases.get(pk=pk)
    return _whole(case.joined_into_id) if case.joined_into_id else case
