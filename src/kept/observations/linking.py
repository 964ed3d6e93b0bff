"""“These smudges came before those complaints”: proposed by touchpoint and theme, said by a person (R12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.observations.models import Observation, ObservationState, ObservedCase
from kept.people.models import Employee
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

WITHIN = timedelta(days=60)
"""So long after it was seen a matter may come of it, as far as Kept proposes."""


@transaction.atomic
def link(seen: Observation, case: Case, *, by: Employee, now: datetime) -> ObservedCase:
    """This small thing came before that matter, says `by`; whoever sees to it knows. Saying it twice changes nothing."""
    if case.opened_at < seen.seen_at:
        raise Refusal(_("They wrote before it was seen."))
    if case.joined_into_id:
        raise Refusal(_("This was joined into another matter; take that one."))
    linked, is_new = ObservedCase.objects.get_or_create(observation=seen, case=case, defaults={"by": by, "at": now})
    if is_new or not linked.is_so:
        linked.is_so, linked.by, linked.at = True, by, now
        linked.save(update_fields=["is_so", "by", "at"])
        record(case.about, Happened.SEEN_BEFORE, at=now, by=by, says=str(seen), observation=seen.pk)
        record(seen.about, Happened.SEEN_BEFORE, at=now, by=by, says=str(seen), case=case.pk)
        if seen.state == ObservationState.OPEN and seen.owner_id != by.pk:
            says = _("%(name)s suffers what was seen before: %(what)s") % {"name": case.customer.known_as, "what": seen}
            tell(seen.owner, says, about=seen.about, kind="small_thing", at=now)
    return linked


@transaction.atomic
def link_many(seen: Observation, cases: Iterable[Case], *, by: Employee, now: datetime) -> int:
    """It came before each of them. Returns how many were given."""
    return len([link(seen, case, by=by, now=now) for case in cases])


@transaction.atomic
def unlink(seen: Observation, case: Case, *, by: Employee, now: datetime) -> None:
    """It has nothing to do with that matter after all, says `by`; nor is it proposed again."""
    unsaid = ObservedCase.objects.filter(observation=seen, case=case, is_so=True).update(is_so=False, by=by, at=now)
    if unsaid:
        record(case.about, Happened.NOT_SEEN_BEFORE, at=now, by=by, says=str(seen), observation=seen.pk)
        record(seen.about, Happened.NOT_SEEN_BEFORE, at=now, by=by, says=str(seen), case=case.pk)


@transaction.atomic
def refuse(seen: Observation, case: Case, *, by: Employee, now: datetime) -> None:
    """It was only proposed, and `by` says no: neither page proposes it again."""
    refused = {"by": by, "at": now, "is_so": False}
    _said, is_new = ObservedCase.objects.get_or_create(observation=seen, case=case, defaults=refused)
    if is_new:
        record(seen.about, Happened.NOT_SEEN_BEFORE, at=now, by=by, says=str(seen), case=case.pk)


def may_have_come_of(seen: Observation, reader: Employee) -> QuerySet[Case]:
    """Matters that began within 60 days of it, at its touchpoint or on its theme at its place; nobody said yes or no."""
    later = Q(opened_at__gte=seen.seen_at, opened_at__lte=seen.seen_at + WITHIN)
    alike = Q(touchpoint=seen.touchpoint_id) if seen.touchpoint_id else Q(pk__isnull=True)
    if seen.theme:
        alike |= Q(theme=seen.theme, **({"place": seen.place_id} if seen.place_id else {}))
    cases = Case.objects.visible_to(reader).filter(later, alike, joined_into__isnull=True, set_aside_at__isnull=True)
    linked = ObservedCase.objects.filter(observation=seen, case=OuterRef("pk"))
    return cases.exclude(kind="praise").exclude(Exists(linked)).order_by("opened_at", "id")


def seen_before(case: Case, reader: Employee) -> QuerySet[Observation]:
    """Small things that a person said came before this matter (`is_said`), and those that may have; one query."""
    about_both = ObservedCase.objects.filter(observation=OuterRef("pk"), case=case)
    said, refused = about_both.filter(is_so=True), about_both.filter(is_so=False)
    earlier = Q(seen_at__lte=case.opened_at, seen_at__gte=case.opened_at - WITHIN)
    alike = Q(touchpoint=case.touchpoint_id) if case.touchpoint_id else Q(pk__isnull=True)
    if case.theme:
        alike |= Q(theme=case.theme, **({"place": case.place_id} if case.place_id else {}))
    rows = Observation.objects.visible_to(reader).annotate(is_said=Exists(said))
    if case.kind == "praise":
        return rows.filter(is_said=True).select_related("by", "owner").order_by("-seen_at")
    return (
        rows.filter(Q(is_said=True) | (earlier & alike & ~Exists(refused)))
        .select_related("by", "owner")
        .order_by("-is_said", "-seen_at", "-id")
    )


def whether_seen_before() -> Q:
    """Of a case in a query: there may be something for `seen_before` to find, so that nobody asks in vain."""
    said = ObservedCase.objects.filter(case=OuterRef("pk"), is_so=True)
    since = ExpressionWrapper(OuterRef("opened_at") - WITHIN, output_field=DateTimeField())
    earlier = Observation.objects.filter(seen_at__lte=OuterRef("opened_at"), seen_at__gte=since)
    alike = Q(touchpoint=OuterRef("touchpoint")) | (Q(theme=OuterRef("theme")) & ~Q(theme=""))
    return Exists(said) | Exists(earlier.filter(alike))
