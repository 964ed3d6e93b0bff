"""Which question does this contact answer? By the invitation that our page names, by the mail it replies to, or by its way in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.cases.models import Message
from kept.channels.base import Incoming, Score
from kept.channels.on_our_pages import Answer
from kept.lib.links import read_reply_token
from kept.lib.ready import ready
from kept.people.models import Customer
from kept.surveys.measures import scale_of
from kept.surveys.models import Invitation, Survey
from kept.surveys.replying import score_and_words
from kept.surveys.writing import REMINDER, UNSUBSCRIBE


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey, the invitation to it if there was one, and the contact as an answer to it. `words`: without a bare number."""

    survey: Survey
    invitation: Invitation | None
    incoming: Incoming
    words: str

    @property
    def answer(self) -> Answer:
        """What stands in it beside score and words."""
        return self.incoming.answer or Answer()

    @property
    def score(self) -> int | None:
        """Their number, if it lies on the scale."""
        given = self.incoming.score
        return given.value if given is not None and scale_of(self.survey.measure).has(given.value) else None

    @property
    def customer(self) -> Customer:
        """Whoever was invited; asked only where somebody was."""
        assert self.invitation is not None  # noqa: S101 - the caller saw to it
        return self.invitation.customer

    @property
    def wants_no_more(self) -> bool:
        """Their mail program asks in their name not to be asked again (RFC 2369)."""
        return self.is_reply and self.incoming.subject.strip().lower() == UNSUBSCRIBE and not self.words

    @property
    def is_reply(self) -> bool:
        """They answered the mail that asked, not its page."""
        return self.answer.through == "reply"


def what_was_asked(incoming: Incoming, account: ChannelAccount) -> Asked | None:
    """The question that this contact answers; None for every other contact."""
    if incoming.answer is None:
        return _by_mail(incoming) if incoming.medium == "email" else None
    invitation = _invited(incoming.answer.invitation)
    survey = invitation.survey if invitation else Survey.objects.select_related("account").filter(account=account).first()
    return Asked(survey, invitation, incoming, incoming.text) if survey is not None else None


def _invited(public_id: str) -> Invitation | None:
    return _by_public_id.first(key=UUID(public_id)) if public_id else None


@ready
def _by_public_id(key: UUID) -> QuerySet[Invitation]:
    return _invitations().filter(public_id=key)


def _by_mail(incoming: Incoming) -> Asked | None:
    """A reply to the very mail that asked. One that answers a later mail of the same exchange belongs to its case."""
    invitation = invitation_replied_to(incoming)
    if invitation is None:
        return None
    scale = scale_of(invitation.survey.measure)
    name = incoming.name or invitation.customer.name
    score, words = score_and_words(incoming.text, lowest=scale.lowest, highest=scale.highest, name=name)
    said = replace(
        incoming,
        score=None if score is None else Score("score", score),
        answer=Answer(invitation=str(invitation.public_id), through="reply"),
    )
    return Asked(invitation.survey, invitation, said, words)


def invitation_replied_to(incoming: Incoming) -> Invitation | None:
    """The nearest earlier mail decides: a signed address of an invitation, or the Message-ID of one that went to its writer."""
    for key in incoming.thread_keys:
        if key.kind == "signed" and (named := read_reply_token(key.value)):
            return _by_public_id.first(key=named)
        if key.kind == "reference":
            if found := _sent_to(incoming, key.value):
                return found
            if Message.objects.filter(external_id=key.value).exists():
                return None
    return None


def _sent_to(incoming: Incoming, message_id: str) -> Invitation | None:
    """A Message-ID can be guessed or copied: it counts only for whom we asked."""
    if not (key := message_id.removeprefix(REMINDER)):
        return None
    addresses = (handle.value for handle in incoming.sender if handle.kind == "email")
    asked = (_asked_at.first(message_id=key, address=address) for address in addresses)
    return next((one for one in asked if one is not None), None)


@ready
def _asked_at(message_id: str, address: str) -> QuerySet[Invitation]:
    return _invitations().filter(message_id=message_id, customer__identities__value=address).order_by("id")[:1]


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        *("survey__account__brand", "survey__account__policy__calendar", "survey__touchpoint__manager", "version"),
        *("customer", "identity", "touchpoint__manager", "place", "case__owner__team"),
    )


def asked_by_page(public_id: UUID) -> Invitation | None:
    """The invitation behind a link, for its page."""
    return _invitations().filter(public_id=public_id).first()
