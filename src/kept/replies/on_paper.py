"""Words of ours that a person prints, puts into an envelope and posts: until then they are written, and nobody has them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty, mind
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.lib.hours import add_working_days, next_closing
from kept.lib.refusal import Doubt, Refusal
from kept.people.locating import gets_post_at, lines_of, one_line, write_down_address
from kept.people.models import Employee, Identity
from kept.replies.models import Letter
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

PAPER = ("letter", "fax")
TO_POST, TO_ACKNOWLEDGE = "post_letter", "acknowledge_by_hand"


def window(case: Case, medium: str, *, typed: str, by: Employee, now: datetime) -> tuple[Identity | None, str]:
    """Their address, if theirs alone, and what stands in the window; a new one is written down. Refuses a letter without."""
    identity = write_down_address(case.customer, typed, by=by, now=now) if typed.strip() else gets_post_at(case.customer)
    address = identity.value if identity is not None else one_line(typed)
    if not address and medium == "letter":
        says = _("We know no postal address of %(name)s: write it down first.") % {"name": case.customer.known_as}
        raise Refusal.because((Doubt("address_missing", says),))
    return identity, in_window(case, address)


def in_window(case: Case, address: str) -> str:
    """Their name and their address, line by line."""
    return "\n".join([case.customer.name, *lines_of(address)]).strip()


def lay_ready(message: Message, window: str, *, case: Case, due_at: datetime, now: datetime) -> Letter:
    """It lies with the letters to be posted, and its owner has to see to it by then."""
    letter = Letter.objects.create(message=message, address=window, page_version=case.page_version, due_at=due_at)
    record(case.about, Happened.LETTER_READY, at=now, message=message.pk)
    name = {"name": case.customer.known_as}
    if message.kind == MessageKind.ACKNOWLEDGEMENT:
        kind, says = TO_ACKNOWLEDGE, _("Print and post the letter that tells %(name)s who has their words") % name
    else:
        kind, says = TO_POST, _("Print and post the letter to %(name)s, and say on which day") % name
    give_duty(case, kind, says[:240], due_at=due_at, now=now)
    return letter


def post_by(case: Case, now: datetime) -> datetime:
    """One working day to print and post it, and never later than the hour they were told, or today where that has passed."""
    hours = case.policy.calendar.hours
    due_at = add_working_days(hours, now, 1)
    if case.answer_due_at is None:
        return due_at
    return min(due_at, case.answer_due_at if case.answer_due_at > now else next_closing(hours, now))


def no_longer_needed(case: Case) -> None:  # no event: what made it needless is told
    """An acknowledgement that still lies there is not posted any more: they heard from us in another way."""
    letters = Letter.objects.filter(message__case=case, message__kind=MessageKind.ACKNOWLEDGEMENT, is_waiting=True)
    letters.update(is_waiting=False)


def keep_in_the_house(message: Message, *, now: datetime) -> bool:  # no event: the caller records why
    """It is not posted; what it had given its owner to do is over. False where it is no letter, or in the post already."""
    if not Letter.objects.filter(message=message, is_waiting=True).update(is_waiting=False):
        return False
    if not waiting_on(message.case).exclude(message__kind=MessageKind.ACKNOWLEDGEMENT).exists():
        Duty.objects.filter(case=message.case, kind=TO_POST, done_at__isnull=True).update(done_at=now)
        mind(message.case)
    return True


def waiting_on(case: Case) -> QuerySet[Letter]:
    """The letters of this case that are to be posted."""
    return Letter.objects.filter(message__case=case, is_waiting=True)
