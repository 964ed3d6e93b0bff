"""The survey channel itself: a posted answer becomes an Incoming."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, Raw, Score, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.handles import email_address, handles, name_with, proven_at
from kept.channels.on_our_pages import Answer
from kept.channels.posted_fields import posted_key, read_fields

FIELDS = ("score", "why", "contact", "who", "consent", "name", "email", "phone")
CONTACTS, CONSENTS = frozenset({"phone", "email", "no"}), frozenset({"name", "anon", "one"})
MOST_FURTHER = 20
LONGEST_LINE = 300


class SurveySettings(forms.Form):
    """All that can be said about the way in of a survey; its questions are the survey's own."""

    region = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("Country of phone numbers without +"), required=False, help_text=_("Two letters, such as GB.")
    )


class SurveyChannel(Channel):
    """What is posted from a survey's page: the score alone first, then the rest, each as it is given."""

    kind = "survey"
    label = gettext_noop("Survey")
    can_send = False
    Settings = SurveySettings

    def dedupe_key(self, raw: Raw) -> str:
        """The poster's own key, else our page's: its token and what was posted; empty without either."""
        return posted_key(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One post, one Incoming. Raises Unreadable where no field of ours is in it."""
        fields, files = read_fields(raw)
        if not any(name in fields for name in FIELDS):
            raise Unreadable("None of a survey's fields is in this post.")
        sender, rest = handles([(kind, fields.get(kind, "")) for kind in ("email", "phone")], region=self._region)
        answer = _answer(fields, raw.envelope)
        value = _number(fields.get("score", ""))
        return [
            Incoming(
                sender=proven_at(sender, email_address(raw.envelope.get("proven-email", ""))),
                name=name_with(fields.get("name", ""), rest),
                text=clean_text(fields.get("why", "")).strip(),
                medium="survey",
                began_at=raw.reached_us_at,
                contact_me=answer.contact in {"phone", "email"},
                may_acknowledge=answer.contact != "no",
                score=None if value is None else Score("score", value),
                answer=answer,
                attachments=files,
            )
        ]

    @property
    def _region(self) -> str:
        return self.settings.get("region", "")


def _answer(fields: Mapping[str, str], envelope: Mapping[str, str]) -> Answer:
    """What the post says, and beside it what only our own page can have said in its envelope."""
    contact, consent = fields.get("contact", "").strip(), fields.get("consent", "").strip()
    return Answer(
        invitation=envelope.get("invitation", ""),
        key=envelope.get("answer-key", ""),
        through=clean_line(envelope.get("came-by", "") or "link", limit=8),
        contact=contact if contact in CONTACTS else "",
        named=clean_line(fields.get("who", ""), limit=LONGEST_LINE),
        consent=consent if consent in CONSENTS else "",
        further=_further(fields),
        version=clean_line(envelope.get("version", ""), limit=5),
        language=clean_line(envelope.get("language", ""), limit=10),
        place=clean_line(envelope.get("place", ""), limit=60),
        offered=envelope.get("offered", ""),
        is_touched=fields.get("touched", "") == "1",
        is_too_fast=bool(envelope.get("too-fast")),
    )


def _further(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The answers to the further questions in their order, as far as the last one that was given."""
    given = [clean_text(fields.get(f"further_{number}", "")).strip()[:5_000] for number in range(MOST_FURTHER)]
    while given and not given[-1]:
        given.pop()
    return tuple(given)


def _number(written: str) -> int | None:
    """A score of one or two digits; None where it is none. Whether it lies on the survey's scale, others say."""
    written = written.strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 2 else None
