"""The shapes that programs rely on (KEPT.md 4): what they are shown. What they send is in asking.py."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from kept.api.in_public import PostedOut, ReadingOut
from kept.api.values import Moment

Item = TypeVar("Item")
Ours = Literal["answer", "sign_of_life", "asks_back", "acknowledgement", "note"]
ByKept = Literal["reminder", "asking", "is_that_so", "link", "passed_on", "line_back", "fixed", "consent", "is_it_you"]
Kind = Ours | ByKept
Delivered = Literal["waiting", "delivered", "failed"]


class Named(BaseModel):
    """An employee, as far as a case shows one."""

    id: str
    name: str


class CustomerRef(BaseModel):
    """A customer, as far as a case shows one."""

    id: str
    name: str
    identities: list[tuple[str, str]]
    """(kind, value), kind being email, phone, handle, address or external."""


class CaseOut(BaseModel):
    """One customer, one matter, all media."""

    id: str
    subject: str
    kind: str | None
    wish: str | None
    danger: str | None
    state: Literal["open", "asked", "ended", "joined"]
    outcome: Literal["white", "black", "no_word"] | None
    outcome_reason: str | None
    customer: CustomerRef
    owner: Named
    media: list[str]
    silent_since: Moment | None
    last_word_at: Moment
    answer_due_at: Moment | None
    next_due_at: Moment | None
    deadline_at: Moment | None
    opened_at: Moment
    ended_at: Moment | None
    repeats: int
    reach: int | None


class MessageOut(BaseModel):
    """Words to or from the customer, or a note that is only for us."""

    id: str
    direction: Literal["in", "out"]
    kind: Kind | None
    medium: str | None
    author: str | None
    text: str
    at: Moment
    delivery: Delivered | None
    posted: PostedOut | None = None


class PromiseOut(BaseModel):
    """One word given to one customer."""

    id: str
    case: str
    what: str
    quote: str
    kind: Literal["firm", "conditional", "expectation"]
    is_next_word: bool
    by: Named
    due_at: Moment | None
    made_at: Moment
    state: Literal["held", "taken_back", "open", "kept", "kept_late", "broken", "renegotiated"]
    kept_at: Moment | None
    broken_at: Moment | None
    said_in: str | None


class CaseDetail(CaseOut):
    """A case with everything said and promised on it; `page` is the customer's own link."""

    messages: list[MessageOut]
    promises: list[PromiseOut]
    readings: list[ReadingOut]
    page: str


class ContactKept(BaseModel):
    """Their words are kept; `case` and `message` follow once they are filed."""

    case: str | None
    message: str | None
    receipt: str


class OnItsWay(BaseModel):
    """Words of ours; until `goes_at` they can be taken back. NULL there: with the customer already, or a letter to be posted."""

    message: str
    delivery: Delivered
    goes_at: Moment | None


class TakenBack(BaseModel):
    """Nothing went out; the words are a draft again."""

    message: str
    draft: str


class CustomerOut(CustomerRef):
    """A customer."""

    language: str | None
    first_seen_at: Moment
    usual_owner: Named | None


class EmployeeOut(Named):
    """One of us."""

    public_name: str
    job: str
    role: Literal["employee", "manager", "admin"]
    team: str | None
    answers: bool
    is_away: bool


class AccountOut(BaseModel):
    """A way in or out; never its secrets."""

    id: str
    kind: str
    name: str
    slug: str
    address: str | None
    page: str | None
    is_open: bool
    trouble: str | None
    start_line_at: Moment
    heard_at: Moment | None


class SetAsideOut(BaseModel):
    """A contact that counts as no customer's word, and why."""

    id: str
    receipt: str
    account: Named
    sender: str
    subject: str
    why: str
    at: Moment
    reached_us_at: Moment


class BroughtBack(BaseModel):
    """It is a customer's word after all."""

    case: str
    message: str


class AuditOut(BaseModel):
    """received = answered + waiting_in_time + waiting_late + nothing_to_answer + set_aside + duplicates + unaccounted."""

    received: int
    answered: int
    waiting_in_time: int
    waiting_late: int
    nothing_to_answer: int
    set_aside: int
    duplicates: int
    unaccounted: int
    oldest_wait_seconds: int
    as_of: Moment


class Thing(BaseModel):
    """What an event is about, or who did it; empty kind: Kept itself."""

    kind: str
    id: str | None
    name: str | None


class EventOut(BaseModel):
    """One sealed thing that happened."""

    number: int
    kind: str
    at: Moment
    about: Thing
    by: Thing
    says: str
    facts: dict[str, object]


class EventPage(BaseModel):
    """The feed: `next` is the `after` of the next page, NULL when this was all; `last` is where to go on another day."""

    items: list[EventOut]
    next: int | None
    last: int


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the next one."""

    items: list[Item]
    next: str | None


class CasePage(Page[CaseOut]):
    """Cases."""


class PromisePage(Page[PromiseOut]):
    """Promises."""


class CustomerPage(Page[CustomerOut]):
    """Customers."""


class EmployeePage(Page[EmployeeOut]):
    """Employees."""


class AccountPage(Page[AccountOut]):
    """Ways in and out."""


class SetAsidePage(Page[SetAsideOut]):
    """What was set aside."""


class DoubtOut(BaseModel):
    """Why something was refused."""

    code: str
    says: str


class FieldTrouble(BaseModel):
    """What is wrong with one field."""

    field: str
    says: str


class Problem(BaseModel):
    """problem+json (RFC 9457). 409 brings `doubts`, 422 brings `fields`."""

    type: str
    title: str
    status: int
    detail: str
    doubts: list[DoubtOut] = []
    fields: list[FieldTrouble] = []
