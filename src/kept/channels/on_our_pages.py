"""What customers told on the pages made for it, as part of an Incoming: about one of us, a story of their own, an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AboutSomebody:
    """What a customer said about one of us on the page made for it. `who`: the Employee's public id, where they chose one."""

    who: str = ""
    words: str = ""
    hint: str = ""
    """How we would know them: "the rider on Sunday, it was raining"."""
    place: str = ""
    """The slug of the place that the page was about."""
    consent: str = ""
    """Who may read it: "name", "anon", or only they and their manager."""
    wants_reply: bool = False
    source: str = "page"
    went_well: bool = True
    """False: a complaint about them, for their manager."""


@dataclass(frozen=True, slots=True)
class OwnStory:
    """What a customer lived through, told by themselves on the page made for it."""

    words: str
    different: str = ""
    """What should have been different."""
    ending: str = ""
    """well or badly; empty: they did not say."""
    happened_on: date | None = None
    place: str = ""
    """The slug of the place where it was."""
    scope: str = ""
    """How far they let it be told: inside, team_mail, public; empty: only to whoever looks after it."""
    with_name: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in an answer to a survey beside its score and words."""

    invitation: str = ""
    """The public id of the invitation it answers, as our own page says; empty where nobody was invited."""
    key: str = ""
    """Names this one answer where nobody was invited: what is posted with it later changes it."""
    through: str = ""
    """How it came: email, reply, link, qr, page, ending."""
    contact: str = ""
    """phone, email or no, as they chose; empty: they did not say."""
    named: str = ""
    consent: str = ""
    further: tuple[str, ...] = ()
    version: str = ""
    """The number of the wording they read, where nobody was invited."""
    language: str = ""
    place: str = ""
    """Where the card stood whose code they opened, by the place's name in links."""
    offered: str = ""
    """Whom and which hour they were shown, as our own page says: "<employee>:<moment>"."""
    is_touched: bool = False
    """Posted by the page itself when the score had been in view for a while; what they send takes its place."""
    is_too_fast: bool = False
    """Posted by a page that nobody can have looked at: a machine opened it."""
