"""Which earlier words a mail belongs to: hints in the order of their strength (R2)."""

from __future__ import annotations

import re

from kept.channels.base import ThreadKey
from kept.channels.cleaning import clean_line
from kept.channels.email.headers import addresses, message_ids, raw_header
from kept.channels.email.mail import Mail

_MOST_REFERENCES = 50
# What mail programs of fifteen languages put before an answer or a forwarded mail, some with a count such as Re[2]:
_MARK = re.compile(
    r"(?:re|fwd?|aw|wg|antw?|sv|vs|vb|doorst|rv|tr|r|i|enc|odp|pd|ynt|res|betr)(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]\s*",
    re.I,
)
_LABEL = re.compile(r"\[(?:ext(?:ern(?:al)?)?|spam\??|caution)\]\s*", re.I)


def thread_keys(mail: Mail) -> tuple[ThreadKey, ...]:
    """Signed addresses of ours, then Message-IDs from the nearest to the first, then the bare subject."""
    keys = [ThreadKey("signed", token) for token in _tokens(mail)]
    keys += [ThreadKey("reference", one) for one in _references(mail)]
    if subject := bare_subject(mail.subject):
        keys.append(ThreadKey("subject", subject))
    return tuple(keys)


def bare_subject(subject: str) -> str:
    """The subject without marks of answering and forwarding, case-folded: the same for a whole exchange."""
    while mark := _MARK.match(subject) or _LABEL.match(subject):
        subject = subject[mark.end() :]
    return clean_line(subject.casefold())


def _tokens(mail: Mail) -> list[str]:
    """Tokens after the plus of our address, where it was delivered to first."""
    places = [
        mail.envelope.get("rcpt_to", ""),
        raw_header(mail.message, "delivered-to"),
        raw_header(mail.message, "x-original-to"),
    ]
    open_places = f"{raw_header(mail.message, 'to')},{raw_header(mail.message, 'cc')}"
    places += re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", open_places)[:200]
    tokens = (clean_line(mail.token_of(place), limit=200) for place in places)
    return list(dict.fromkeys(token for token in tokens if token))


def _references(mail: Mail) -> list[str]:
    nearest_first = message_ids(mail.message, "in-reply-to") + message_ids(mail.message, "references")[::-1]
    return list(dict.fromkeys(nearest_first))[:_MOST_REFERENCES]


def people_copied(mail: Mail) -> list[str]:
    """Everybody else it was sent to openly: the addresses of To and Cc that are neither ours nor the author's."""
    people = (one.address for one in addresses(mail.message, "to", "cc") if one.address and not mail.is_ours(one.address))
    return [address for address in dict.fromkeys(people) if address != mail.author.address][:_MOST_REFERENCES]
