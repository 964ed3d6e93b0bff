"""What the people of Marlow do at their desk: look, answer, hold, hand over, keep their word. Each by its real verb."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.cases.assigning import assign, see
from kept.cases.minding import classify, note
from kept.cases.models import Case, Message, MessageKind
from kept.cases.resting import rest
from kept.demo.cast import last_word_of
from kept.demo.life import Story
from kept.demo.matters import Matter, Pledge
from kept.demo.small_words import GREETINGS, SIGN_OFFS
from kept.demo.town import Town
from kept.lib.hours import add_working_days
from kept.lib.ready import ready
from kept.lib.wording import moment_in_words
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.models import Promise
from kept.replies.sending import Reply, Said, reply

BY_HAND = {"phone", "letter", "fax", "visit", "post"}


def look(case_id: int) -> Case:
    """The case as it stands now."""
    return _case.one(pk=case_id)


@ready
def _case(pk: int) -> QuerySet[Case]:
    return Case.objects.select_related("customer", "owner", "account__brand", "policy__calendar").filter(pk=pk)


def opens_it(life: Town, case: Case, matter: Matter) -> None:
    """The owner has opened it and says what kind of matter it is."""
    see(case, by=case.owner, now=life.now)
    if not case.kind:
        classify(case, matter.kind, by=case.owner, now=life.now)


def writes(
    life: Town,
    case: Case,
    text: str,
    *,
    kind: str = MessageKind.ANSWER,
    by: Employee | None = None,
    medium: str = "",
    promises: tuple[Said, ...] = (),
) -> Message:
    """The words are on their way to the customer, greeted and signed; by the medium they used where no mail can go."""
    author = by or case.owner
    greeting = life.dice.choice(GREETINGS).format(first=(case.customer.name or "there").split()[0])
    sign_off = f"\n\n{life.dice.choice(SIGN_OFFS)},\n{author.name}"
    said = Reply(
        text=f"{greeting}\n\n{text}{sign_off}",
        kind=kind,
        saw_up_to=last_word_of(case),
        medium=medium or way_back(case),
        promises=promises,
        is_out=True,
    )
    return reply(case, said, by=author, now=life.now, despite=frozenset({"all"}))


def way_back(case: Case) -> str:
    """Empty where a mail can go; else the medium of their last word."""
    if case.customer.identities.filter(kind="email", dead_at__isnull=True).exists():
        return ""
    medium = case.media.split()[-1] if case.media else "phone"
    return medium if medium in BY_HAND else "phone"


def pledged(life: Town, case: Case, pledge: Pledge, slots: dict[str, str]) -> tuple[str, Said]:
    """The sentence that promises, and the promise as the ledger takes it."""
    due_at = day_after(life, pledge.days)
    day = moment_in_words(due_at, life.hours.zone, life.now)
    quote = pledge.quote.format_map(slots | {"day": f"by {day}"})
    by = getattr(life.marlow, pledge.by) if pledge.by else case.owner
    return f"{quote}.", Said(what=pledge.what.format_map(slots), due_at=due_at, by=by, quote=quote)


def day_after(life: Town, days: float) -> datetime:
    """So many working days from now, at noon or at the end of that day."""
    local = add_working_days(life.hours, life.now, max(1, int(days))).astimezone(life.hours.tz)
    return local.replace(hour=life.dice.choice((12, 16)), minute=0, second=0, microsecond=0)


def keeps_the_word(life: Town, message: Message, *, early: bool = True) -> Story:
    """Whatever the message promised is kept, some time before it is due; or some hours after."""
    made = Promise.objects.filter(said_in=message, is_next_word=False).select_related("by").first()
    if made is None or made.due_at is None:
        return
    span = made.due_at - made.made_at
    yield (
        made.made_at + span * life.dice.uniform(0.45, 0.97) if early else made.due_at + timedelta(hours=life.dice.uniform(1, 28))
    )
    keep(made, by=made.by, now=life.now)


def promise_of(key: int) -> Promise:
    """The promise as it stands now."""
    return Promise.objects.select_related("by").get(pk=key)


def hands_over(life: Town, case: Case, *, to: Employee, why: str) -> None:
    """Somebody who knows better has it, and has been told."""
    if to.pk != case.owner_id:
        assign(case, to=to, by=case.owner, now=life.now, why=why)


def remembers(life: Town, case: Case, text: str) -> None:
    """A note, only for us."""
    note(case, text, by=case.owner, now=life.now)


def needs_no_answer(life: Town, case: Case, because: str) -> None:
    """Their last words are put to rest."""
    word = last_word_of(case)
    if word is not None:
        rest(word, by=case.owner, because=because, now=life.now)


def account_for(life: Town, business: str, kind: str) -> ChannelAccount:
    """The form or the mailbox of that business."""
    found: ChannelAccount = life.ways_in[business, kind]
    return found
