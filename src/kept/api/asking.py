"""The shapes that programs send. A field that is not named here is refused, never overlooked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator

from kept.api.in_public import Link, Rating
from kept.api.values import GivenMoment, Id, Line, NeededLine, NeededText, Text

Medium = Literal["form", "email", "phone", "letter", "fax", "visit", "post", "survey", "chat", "sms", "api"]
IdentityKind = Literal["email", "phone", "handle", "address", "external"]
Code = Annotated[str, StringConstraints(max_length=60)]


class Asked(BaseModel):
    """Forbids what it does not name (S-21)."""

    model_config = ConfigDict(extra="forbid")


class Speaker(Asked):
    """Who told us."""

    name: Line = ""
    identities: list[tuple[IdentityKind, Line]] = Field(default=[], max_length=20)


class IdentityIn(Asked):
    """An address as an object, as the signed webhook writes it."""

    kind: IdentityKind
    value: Line


class ContactIn(Asked):
    """Their words by a call, a letter, a visit, anything. `case`: it certainly belongs there.

    What stands in public has `public`, and with it the medium post; `channel` is the place's name, `url` the post's own link.
    `occurred_at` says the same as `at`, `identities` the same as those in `from`, `thread` the `external_id` of what it follows.
    """

    type: Literal["arrival.new"] = "arrival.new"
    medium: Medium | None = None
    public: StrictBool = False
    channel: Line = ""
    url: Link = ""
    rating: Rating | None = None
    external_id: Line = ""
    thread: Line = ""
    identities: list[tuple[IdentityKind, Line] | IdentityIn] = Field(default=[], max_length=20)
    occurred_at: GivenMoment | None = None
    speaker: Speaker = Field(default=Speaker(), alias="from")
    subject: Line = ""
    text: Text = ""
    wish: Text = ""
    at: GivenMoment | None = None
    spoke_with: Line = ""
    on_behalf_of: Line = ""
    case: Id | None = None

    @model_validator(mode="after")
    def _has_a_medium(self) -> ContactIn:
        if self.medium is None and not self.public:
            raise ValueError("say by which medium they told us, or that it is public")
        return self

    @model_validator(mode="after")
    def _is_somebody_or_says_something(self) -> ContactIn:
        """A call that nobody took has no words, and an unsigned letter nobody; without both there is nothing to answer."""
        said = self.text or self.subject or self.wish or self.url or self.rating
        if not (said or self.identities or self.speaker.name or self.speaker.identities or self.case):
            raise ValueError("say what they told us, or who they are")
        return self


class SaidPromise(Asked):
    """A promise as the writer means it; `by` is an employee, the speaker if nobody is named."""

    what: NeededLine
    due_at: GivenMoment
    by: Id | None = None


class ReplyIn(Asked):
    """A reply. `answers`: true, false (a sign of life) or "asks_back". Without `promises`, those found with a firm date count.

    `despite` names the doubts that do not stop it; "all" is every one, alone or in the list. A letter lies ready
    until somebody says that it is posted; `address` says where it goes, as far as we do not know.
    """

    text: Text
    answers: StrictBool | Literal["asks_back"]
    despite: Literal["all"] | Annotated[list[Code], Field(max_length=50)] = []
    answers_up_to: Id | None = None
    promises: list[SaidPromise] | None = Field(default=None, max_length=50)
    medium: Medium | Literal[""] = ""
    address: Line = ""


class NoteIn(Asked):
    """Words only for us."""

    text: NeededText


class PromiseIn(SaidPromise):
    """A promise given outside a reply; `said_in` is the message that says it, if one does."""

    said_in: Id | None = None


class NewHour(Asked):
    """A promise renegotiated before it is due; the customer was told in the message `told_in`."""

    due_at: GivenMoment
    told_in: Id
    what: Annotated[Line, StringConstraints(max_length=300)] = ""


class OwnerIn(Asked):
    """Who has it from now on."""

    owner: Id


class NothingToAnswer(Asked):
    """Words that need no answer, and why."""

    message: Id
    reason: NeededLine


class VerdictIn(Asked):
    """What the customer told one of us about the end, in their words. "no" ends nothing."""

    said: Literal["yes", "no", "unsolved", "leave"]
    words: NeededText
