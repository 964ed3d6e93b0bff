"""What every channel speaks: Raw and Incoming inwards, Outgoing outwards, and the three ways it can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal

from django import forms

from kept.channels.on_our_pages import AboutSomebody, Answer, OwnStory


class Unreadable(Exception):
    """These bytes cannot be understood. The core makes a case all the same; a person reads the original."""


class Forged(Exception):
    """The sender is not who it says it is; the bytes are quarantined and the door answers 401."""


class TryLater(Exception):
    """It could not be sent now. `after` is a number of seconds, or None for the usual back-off."""

    def __init__(self, reason: str, *, after: int | None = None) -> None:
        super().__init__(reason)
        self.after = after


class NotSetUp(TryLater):
    """Nothing was tried: a setting of ours is missing. It waits until that is mended, however long it takes."""


class MaybeSent(TryLater):
    """The connection broke after the last byte: it may have gone out, so a repeat is marked "may have been sent twice"."""


class Undeliverable(Exception):
    """It can never be delivered to this address, and `str()` says why in words for the owner."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What came, untouched: stored whole in the Arrival."""

    body: bytes
    envelope: Mapping[str, str]
    """Null sender, recipient, content type, INTERNALDATE, signature headers ... keys in lower case."""
    reached_us_at: datetime


@dataclass(frozen=True, slots=True)
class Handle:
    """One address of a person: kind email, phone, handle, address or external."""

    kind: str
    value: str
    proven: bool = False
    """True only where this very item proves that its sender owns the address (DMARC passed, our own link)."""
    shown: str = field(default="", compare=False)
    """How people know it, where that is not the address itself: @mary.example, whatever its number is."""


@dataclass(frozen=True, slots=True)
class ThreadKey:
    """A hint to the case this belongs to.

    `kind` is "signed" (value: our signed reply token, checked by the core), "reference" (a Message-ID, in the order to try)
    or "subject" (value: the bare subject, case-folded).
    """

    kind: Literal["signed", "reference", "subject"]
    value: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came or goes with a message. `name` is a label only, never a path."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Score:
    """A survey answer."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where in public a word stands."""

    name: str = ""
    """As people call it: Trustpilot, X."""
    url: str = ""
    """Of the post itself; only ever http or https."""
    stars: str = ""
    """The number given with it, of how many: "1/5"."""
    said_at: datetime | None = None
    """When it was said there, where the clock runs only from when we were told."""
    views: int | None = None
    """How many people had it before their eyes when we were told."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One contact from outside, understood but not yet anybody's."""

    sender: tuple[Handle, ...]
    text: str
    began_at: datetime
    """Starts the clock: reached_us_at, INTERNALDATE, a postmark; never a Date header."""
    medium: str
    """form email phone letter fax visit post survey chat sms api"""
    kind: Literal["word", "edit", "delete", "status", "bounce"] = "word"
    external_id: str = ""
    """The outside's own id, such as the Message-ID without its angle brackets."""
    content_hash: str = ""
    """Of what the sender wrote, without the headers that differ from copy to copy."""
    subject: str = ""
    name: str = ""
    wish: str = ""
    html: str = ""
    contact_me: bool = False
    on_behalf_of: str = ""
    spoke_with: str = ""
    """For a call or a visit: the Employee (name or id) who spoke with them."""
    reply_to: tuple[Handle, ...] = ()
    """Where they want the answer when it is not the sender's own address."""
    copied: tuple[Handle, ...] = ()
    thread_keys: tuple[ThreadKey, ...] = ()
    case_key: str = ""
    """The public id of the case this certainly belongs to: said from its own page, or written down on it."""
    automatic: str = ""
    """Why no person wrote this, as a code: bounce, out_of_office, list, bulk, loop, robot. Empty: a person did."""
    may_acknowledge: bool = True
    """False where the item itself says that no automatic answer is wanted, or failed the proof of origin."""
    bounced_message_id: str = ""
    bounced_address: str = ""
    bounce_is_final: bool = False
    score: Score | None = None
    answer: Answer | None = None
    about: AboutSomebody | None = None
    """A good word, or the opposite, about one of us: always a matter of its own."""
    story: OwnStory | None = None
    """A story of their own: told on as far as they let it; a matter of its own where it asks for something."""
    public_place: PublicPlace | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Words of ours on their way to one address."""

    to: Handle
    to_name: str
    author: str
    """The person who signs, as customers know them."""
    from_address: str
    """The account's address; the author's name stands before it (DMARC)."""
    subject: str
    text: str
    message_id: str
    """Ours, without angle brackets; the same at every attempt."""
    html: str = ""
    reply_to: str = ""
    """The signed address that leads an answer to its case."""
    references: tuple[str, ...] = ()
    automatic: bool = False
    """Kept wrote it for the person: marked Auto-Submitted (RFC 3834)."""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    is_private: bool = False
    """Only for the eyes of `to`, where the channel can also speak in public."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One public post as it stands outside just now; None for what that place does not tell."""

    external_id: str
    followers: int | None = None
    """Of whoever wrote it."""
    reposts: int | None = None
    likes: int | None = None
    replies: int | None = None
    views: int | None = None
    reach: int | None = None
    """How many people may have it before their eyes, as far as that can be counted."""
    changed: Raw | None = None
    """What it says now, or that it was taken back; for the front door like any word."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a stream has just brought, if anything that is for us, and how far it has come."""

    after: str
    """Where to go on when it breaks now; empty where the place has no such thing."""
    raw: Raw | None = None
    missed_since: datetime | None = None
    """The place no longer knows what was said from then until now: `reconcile` finds the rest."""


class Channel:
    """Translates between one outside system and Kept. Knows nothing about cases."""

    kind: ClassVar[str]
    label: ClassVar[str]
    can_send: ClassVar[bool] = True
    reaches: ClassVar[str] = "email"
    """The kind of Handle that it can send to."""
    is_public: ClassVar[bool] = False
    """What is said there is read by others, too: only a person answers (R4), and only by this very way."""
    can_whisper: ClassVar[bool] = False
    """Where it is public, it also takes words that only `to` reads."""
    proven: ClassVar[str] = ""
    """What its translation was tried against, in a sentence for whoever connects it."""
    has_own_ids: ClassVar[bool] = False
    """What `send` returns, and not our Message-ID, is what their answer will refer to."""
    is_on_paper: ClassVar[bool] = False
    """Its files are the customer's words: they are read by machine, and a person looks at what was read."""
    Settings: ClassVar[type[forms.Form]]
    """The form that the settings page draws; its cleaned_data is what __init__ gets, every value as text."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = settings

    def prove(self, raw: Raw) -> None:
        """Raises Forged unless the sender is genuine. Nothing to prove by default."""

    def is_pulled(self) -> bool:
        """True where Kept has to fetch: a mailbox, a feed. Such an account begins listen only (R1)."""
        return False

    def watches(self) -> Path | None:
        """The folder of this machine whose files come in by this way. Raises NotSetUp where it may not be watched."""
        return None

    def collect(self, after: str = "") -> Iterator[Raw]:
        """What came since then, oldest first; the envelope of each names in `cursor` the `after` that follows it.

        Raises TryLater. Only for channels that are pulled and have no door of their own.
        """
        return iter(())

    def streams(self) -> bool:
        """True where it can listen, too: then `listen` goes on beside `collect`, which stays the second leg."""
        return False

    def listen(self, after: str = "", *, holds: Callable[[str], bool] = lambda _id: False) -> Iterator[Heard]:
        """What is said there, in the moment it is said, from `after` on; ends only by TryLater.

        It comes back at least every second or so, with nothing if need be, so that whoever listens can stop. Told twice is no
        harm: a `raw` has the same key as where `collect` finds it. `holds` knows whether we keep the post of that id: only
        then is it worth telling that it was taken back.
        """
        return iter(())

    def look(self, external_ids: Sequence[str]) -> Iterator[Seen]:
        """How these posts stand just now, one after the other. Raises TryLater."""
        return iter(())

    def most_characters(self) -> int:
        """The longest text that it takes; 0: any."""
        return 0

    def reconcile(self, since: datetime) -> Iterator[Raw]:
        """Whatever the provider still holds since then: every push channel's second leg."""
        return iter(())

    def dedupe_key(self, raw: Raw) -> str:
        """Names ONE occurrence; empty where nothing does, and then every arrival is new."""
        return ""

    def parse(self, raw: Raw) -> list[Incoming]:
        """Pure and repeatable. Raises Unreadable, never guesses."""
        raise NotImplementedError

    def send(self, outgoing: Outgoing) -> str:
        """Hands it to the next hop and returns its id there. Raises TryLater or Undeliverable."""
        raise NotImplementedError

    def problems(self) -> list[str]:
        """What is wrong with the settings, in plain words for the settings page."""
        return []
