"""A letter is in the post: somebody says on which day, and from then on the words count as mail that was accepted (R5)."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.locking import locked
from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.lib.refusal import Doubt, Refusal
from kept.lib.wording import date_in_words
from kept.people.models import Employee
from kept.promises.binding import bind
from kept.promises.models import Promise
from kept.replies.models import Letter
from kept.replies.on_paper import TO_ACKNOWLEDGE, TO_POST, waiting_on
from kept.replies.reaching import has_reached
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

END_OF_DAY = time(23, 59, 59)


@transaction.atomic
def say_posted(letter: Letter, *, on: date, by: Employee, now: datetime, despite: frozenset[str] = frozenset()) -> None:
    """It went into the post on that day: the words are said, what they promise binds, and an answer has stopped the clock.

    Refuses with the doubts that `despite` (their codes, or "all") does not name: they wrote again, or an hour in it has passed.
    """
    letter, case = locked_with_its_case(letter)
    message = letter.message
    _refuse_that_day(letter, case, on, now)
    at = moment_of(on, case, now)
    doubts = () if "all" in despite else tuple(doubt for doubt in doubts_about(letter, at=at) if doubt.code not in despite)
    if doubts:
        raise Refusal.because(doubts)
    letter.is_waiting, letter.posted_on, letter.said_at, letter.said_by = False, on, now, by
    letter.save(update_fields=["is_waiting", "posted_on", "said_at", "said_by"])
    message.is_held = False
    message.save(update_fields=["is_held"])
    record(
        case.about,
        Happened.POSTED,
        at=now,
        by=by,
        message=message.pk,
        day=date_in_words(on, now),
        on=on.isoformat(),
        sort=message.kind,
    )
    for made in Promise.objects.filter(said_in=message, is_held=True).select_related("case__policy__calendar"):
        bind(made, now=now)
    has_reached(message, now=at)
    _what_was_to_be_done(message, case, by=by, now=now)


def locked_with_its_case(letter: Letter) -> tuple[Letter, Case]:
    """The letter and its case as they stand, and stay, until this is over."""
    case = locked(letter.message.case_id)
    letters = Letter.objects.select_for_update(of=("self",)).select_related("message__author", "message__answers_up_to")
    letter = letters.get(pk=letter.pk)
    letter.message.case = case
    return letter, case


def _refuse_that_day(letter: Letter, case: Case, on: date, now: datetime) -> None:
    if letter.posted_on is not None:
        told = {"name": letter.said_by.known_as if letter.said_by else "", "day": date_in_words(letter.posted_on, now)}
        raise Refusal(_("%(name)s said already that it was posted on %(day)s.") % told)
    if not letter.is_waiting:
        raise Refusal(_("This letter is not to be posted any more: it was taken back, or is not needed."))
    if on > day_at(case, now):
        raise Refusal(_("That day is still to come. Say so once the letter is in the post."))
    if on < day_at(case, letter.message.at):
        told = {"day": date_in_words(day_at(case, letter.message.at), now)}
        raise Refusal(_("It was written only on %(day)s, and cannot have been posted before.") % told)


def day_at(case: Case, moment: datetime) -> date:
    """Which day that is where the house stands."""
    return moment.astimezone(ZoneInfo(case.policy.calendar.zone)).date()


def moment_of(on: date, case: Case, now: datetime) -> datetime:
    """The moment that counts: now, for today; of a day before only its end is certain, so it is never counted in our favour."""
    return min(now, datetime.combine(on, END_OF_DAY, ZoneInfo(case.policy.calendar.zone)))


def doubts_about(letter: Letter, *, at: datetime) -> tuple[Doubt, ...]:
    """Why it should rather be written anew than posted at that moment: a newer word of theirs, or an hour that has passed."""
    message, doubts = letter.message, []
    if message.kind != MessageKind.ACKNOWLEDGEMENT:
        newer = Message.objects.filter(case=message.case_id, is_theirs=True, id__gt=message.answers_up_to_id or 0, at__lte=at)
        doubts += [
            Doubt("overtaken", _("They wrote again: “%(text)s”") % {"text": word.text.strip()[:500]})
            for word in newer.order_by("-id")[:1]
        ]
    held = Promise.objects.filter(said_in=message, is_held=True, due_at__lte=at).order_by("due_at")
    doubts += [
        Doubt("hour_passed", _("The hour that it promises has passed: %(what)s") % {"what": made.what}) for made in held[:1]
    ]
    return tuple(doubts)


def _what_was_to_be_done(message: Message, case: Case, *, by: Employee, now: datetime) -> None:
    """The duty to post it is done, unless another letter lies there; an acknowledgement is one from now on."""
    if message.kind == MessageKind.ACKNOWLEDGEMENT:
        record(
            case.about, Happened.ACKNOWLEDGED, at=now, owner=message.author.known_as if message.author else "", message=message.pk
        )
        kinds = [TO_ACKNOWLEDGE]
    else:
        kinds = [] if waiting_on(case).exclude(message__kind=MessageKind.ACKNOWLEDGEMENT).exists() else [TO_POST]
    for duty in Duty.objects.filter(case=case, kind__in=kinds, done_at__isnull=True).select_related("case"):
        do_duty(duty, by=by, now=now)
