"""Which case is this about? (R2), in this order: a signed address, references by a participant, the same customer and subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kept.cases.models import Case, Message
from kept.channels.base import Incoming, ThreadKey
from kept.lib.links import read_reply_token
from kept.people.models import Customer

REOPENS_WITHIN = timedelta(days=60)
SAME_SUBJECT_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Match:
    """The case found, and how: signed, reference or subject. `is_too_old`: it ended too long ago and is only followed up."""

    case: Case
    how: str
    is_too_old: bool = False


def find_case(customer: Customer, incoming: Incoming, *, now: datetime, fixed_subject: str = "") -> Match | None:
    """The one case these words belong to, or None for a new matter. Weaker likenesses only suggest."""
    if found := _by_signature(incoming):
        return _as_match(found, "signed", now)
    if found := _by_reference(customer, incoming.thread_keys):
        return _as_match(found, "reference", now)
    return _by_subject(customer, incoming, now=now, fixed_subject=fixed_subject)


def _by_signature(incoming: Incoming) -> Case | None:
    named = [read_reply_token(key.value) for key in incoming.thread_keys if key.kind == "signed"]
    for public_id in (*named, incoming.case_key):
        if public_id and (case := Case.objects.filter(public_id=public_id).first()):
            return case
    return None


def _by_reference(customer: Customer, keys: tuple[ThreadKey, ...]) -> Case | None:
    """A Message-ID can be guessed or copied: it counts only for those who take part in its case."""
    for key in keys:
        if key.kind != "reference":
            continue
        named = Message.objects.filter(external_id=key.value, case__participants__customer=customer).exclude(external_id="")
        if message := named.select_related("case").order_by("-id").first():
            return message.case
    return None


def _as_match(case: Case, how: str, now: datetime) -> Match:
    while case.joined_into is not None:
        case = case.joined_into
    too_old = case.ended_at is not None and now - case.ended_at > REOPENS_WITHIN
    return Match(case, how, is_too_old=too_old)


def _by_subject(customer: Customer, incoming: Incoming, *, now: datetime, fixed_subject: str) -> Match | None:
    if customer.usual_owner_id is None:
        return None  # nobody has ever had a case of theirs
    bare = subject_without_re(incoming, fixed_subject=fixed_subject)
    cases = Case.objects.open().filter(customer=customer, last_word_at__gt=now - SAME_SUBJECT_WITHIN)
    if bare and cases.filter(bare_subject=bare).exists():
        return _only(cases.filter(bare_subject=bare))
    return _only(cases.filter(bare_subject="") if bare else cases)


def _only(cases: QuerySet[Case]) -> Match | None:
    found = list(cases[:2])
    return Match(found[0], "subject") if len(found) == 1 else None


def subject_without_re(incoming: Incoming, *, fixed_subject: str = "") -> str:
    """What their subject is compared by; empty where they wrote none, or the form wrote it for them."""
    named = next((key.value for key in incoming.thread_keys if key.kind == "subject"), "")
    bare = (named or bare_subject(incoming.subject))[:200]
    return "" if bare == bare_subject(fixed_subject) else bare


def bare_subject(subject: str) -> str:
    """The subject without Re:, Fwd: and their like, and without case: "Re: AW: Cold pizza" -> "cold pizza"."""
    bare = " ".join(subject.split()).casefold()
    while True:
        head, colon, rest = bare.partition(":")
        if not colon or head.strip() not in {"re", "aw", "fw", "fwd", "wg", "sv", "antw", "antwort"}:
            return bare[:200].strip()
        bare = rest.strip()
