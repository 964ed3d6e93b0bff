"""Two cases of one customer are one matter: one line, one owner, one clock from the first word that waits (R2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kept.cases.locking import locked
from kept.cases.minding import do_duty, mind
from kept.cases.models import Case, Duty, Message
from kept.cases.resembling import SAME_MATTER
from kept.cases.silence import answers_that_count, hasten, recount
from kept.lib.moving import move_back, move_rows
from kept.lib.refusal import Refusal
from kept.people.models import Employee, Joining
from kept.people.telling import tell
from kept.promises.binding import remind
from kept.timeline.happenings import Happened
from kept.timeline.recording import name_of, record

TAKEN_OVER = ("wish", "danger", "theme", "kind", "went_wrong", "place_id", "touchpoint_id")
"""What `into` has from the other where it had nothing itself."""
MOST_MEDIA = 14


@dataclass(frozen=True, slots=True)
class Preview:
    """What joining would do, before anybody does it."""

    gone: Case
    into: Case
    words: int
    silent_since: datetime | None
    """Since when the one clock would run."""

    @property
    def says(self) -> str:
        """For whoever presses the button."""
        count = ngettext("One word comes along", "%(num)d words come along", self.words) % {"num": self.words}
        if self.gone.owner_id == self.into.owner_id:
            return _("%(count)s. %(owner)s keeps it.") % {"count": count, "owner": self.into.owner.first_name}
        told = {"count": count, "owner": self.into.owner.first_name, "other": self.gone.owner.first_name}
        return _("%(count)s. %(owner)s has it; %(other)s is told.") % told


def which_is_joined(one: Case, other: Case) -> tuple[Case, Case]:
    """(gone, into): the elder stays, with its owner and what they promised."""
    into, gone = sorted((one, other), key=lambda case: (case.opened_at, case.pk))
    return gone, into


def preview(one: Case, other: Case) -> Preview:
    """What would become of them. Refuses what cannot be one matter."""
    gone, into = which_is_joined(one, other)
    _refuse(gone, into)
    since = [case.silent_since for case in (gone, into) if case.silent_since is not None]
    return Preview(gone, into, Message.objects.filter(case=gone, is_theirs=True).count(), min(since, default=None))


def _refuse(gone: Case, into: Case) -> None:
    if gone.pk == into.pk or gone.joined_into_id or into.joined_into_id:
        raise Refusal(_("They are one matter already."))
    if gone.customer_id != into.customer_id:
        raise Refusal(_("These are two customers. Say first that they are one person."))
    if not gone.is_open or not into.is_open:
        raise Refusal(_("Only open matters are joined; what has ended stays as the customer ended it."))
    for one, other in ((gone, into), (into, gone)):
        if waiting := _would_be_forgotten(one, other):
            says = _(
                "“%(words)s” still waits for its answer, and would count as answered by what was written on the other matter."
            )
            raise Refusal(says % {"words": waiting.text[:80]})


def _would_be_forgotten(one: Case, other: Case) -> Message | None:
    """A word that waits on `one`, and that an answer on `other` came after: whoever wrote that had never seen it (R5)."""
    covered = max(other.yes_up_to, other.ended_up_to, *(answer.up_to for answer in answers_that_count(other)), 0)
    waiting = Message.objects.filter(case=one, is_theirs=True, settled__in=["", "asked_back"], pk__lte=covered)
    return waiting.order_by("id").first()


@transaction.atomic
def join(one: Case, other: Case, *, by: Employee, now: datetime) -> Case:
    """Everything said and promised on either stands on the elder, whose clock runs from the first word that waits."""
    gone, into = (locked(pk) for pk in _keys(which_is_joined(one, other)))
    _refuse(gone, into)
    before = {"repeats": into.repeats, "reach": into.reach, "yes_up_to": into.yes_up_to, "ended_up_to": into.ended_up_to}
    moved = move_rows(gone, into)
    Joining.objects.create(gone=gone.about, into=into.about, at=now, by=name_of(by), moved=moved, before=before)
    gone.is_open, gone.joined_into = False, into
    gone.save(update_fields=["is_open", "joined_into"])
    sooner, level = gone.answer_due_at, gone.rung_level
    _take_over(gone, into)
    _count_anew(into, now=now)
    _count_anew(gone, now=now)
    for duty in Duty.objects.filter(case=into, kind=SAME_MATTER, done_at__isnull=True):
        do_duty(duty, by=by, now=now)
    if sooner is not None:
        hasten(into, answer_due_at=sooner, level=level)
    record(into.about, Happened.CASES_JOINED, at=now, by=by, what=str(gone), case=gone.pk)
    record(gone.about, Happened.CASES_JOINED, at=now, by=by, what=str(into), case=into.pk)
    for person in {gone.owner, into.owner} - {by}:
        tell(person, _("One matter now: %(case)s") % {"case": into}, about=into.about, kind="joined", at=now)
    return into


def _keys(pair: tuple[Case, Case]) -> tuple[int, int]:
    return pair[0].pk, pair[1].pk


def _take_over(gone: Case, into: Case) -> None:  # no event: join records it
    changed = [name for name in TAKEN_OVER if not getattr(into, name) and getattr(gone, name)]
    for name in changed:
        setattr(into, name, getattr(gone, name))
    into.last_word_at = max(into.last_word_at, gone.last_word_at)
    into.repeats = max(into.repeats, gone.repeats)
    into.reach = max((one for one in (into.reach, gone.reach) if one is not None), default=None)
    into.yes_up_to, into.ended_up_to = max(into.yes_up_to, gone.yes_up_to), max(into.ended_up_to, gone.ended_up_to)
    into.asked_at = into.asking_due_at = None
    into.save(
        update_fields=[
            *("last_word_at", "repeats", "reach", "yes_up_to", "ended_up_to", "asked_at", "asking_due_at"),
            *(name.removesuffix("_id") for name in changed),
        ]
    )


def _count_anew(case: Case, *, now: datetime) -> None:  # no event: derived
    """Path, clock and due times of the case are what stands on it."""
    said = Message.objects.filter(case=case, is_theirs=True).order_by("at", "id")
    path: list[str] = []
    for medium in said.values_list("medium", flat=True):
        if not path or path[-1] != medium:
            path.append(medium)
    case.media = " ".join(path[-MOST_MEDIA:])
    case.save(update_fields=["media"])
    recount(case, now=now)
    mind(case)
    remind(case)


@transaction.atomic
def part(joining: Joining, *, by: Employee, now: datetime) -> Case:
    """They were two matters after all: exactly what was moved is back, and each has its clock. Returns the one that is back."""
    joining = Joining.objects.select_for_update().get(pk=joining.pk)
    if joining.undone_at is not None:
        raise Refusal(_("That was taken back already."))
    gone, into = (locked(int(name.removeprefix("case:"))) for name in (joining.gone, joining.into))
    move_back(joining.moved, gone=gone)
    joining.undone_at = now
    joining.save(update_fields=["undone_at"])
    gone.is_open, gone.joined_into = True, None
    gone.save(update_fields=["is_open", "joined_into"])
    for name, stood in joining.before.items():
        setattr(into, name, stood)
    into.save(update_fields=list(joining.before))
    _count_anew(into, now=now)
    _count_anew(gone, now=now)
    record(into.about, Happened.CASES_PARTED, at=now, by=by, what=str(gone), case=gone.pk)
    record(gone.about, Happened.CASES_PARTED, at=now, by=by, what=str(into), case=into.pk)
    return gone
