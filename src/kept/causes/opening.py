"""Somebody says that this is a root, whatever it is called so far; from then on it has an owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.causes.models import Cause, CauseState, Gathered
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.telling import tell
from kept.places.models import Place, Touchpoint
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST_TITLE = 160
CHANGEABLE = {
    "title": gettext_lazy("its name"),
    "root": gettext_lazy("the root"),
    "owner": gettext_lazy("who looks after it"),
    "touchpoint": gettext_lazy("the touchpoint"),
    "place": gettext_lazy("the place"),
    "product": gettext_lazy("the product"),
    "theme": gettext_lazy("the theme"),
    "watch_weeks": gettext_lazy("how long it is watched"),
    "began_with": gettext_lazy("the story that began it"),
}


@transaction.atomic
def open_cause(
    title: str,
    *,
    owner: Employee,
    by: Employee,
    now: datetime,
    root: str = "",
    touchpoint: Touchpoint | None = None,
    place: Place | None = None,
    product: str = "",
    theme: str = "",
) -> Cause:
    """What stands in our way has a name and an owner, who is told. Nothing is promised yet."""
    title = _titled(title)
    _refuse_an_owner_who_left(owner)
    if named(title) is not None:
        raise Refusal(_("“%(title)s” is there already; gather it under that one.") % {"title": title})
    cause = Cause.objects.create(
        title=title, owner=owner, root=root.strip(), touchpoint=touchpoint, place=place, product=product.strip()[:80],
        theme=theme, opened_at=now, opened_by=by,
    )  # fmt: skip
    record(cause, Happened.CAUSE_OPENED, at=now, by=by, title=title, owner=owner.name)
    _tell_the_owner(cause, by=by, now=now)
    return cause


def named(title: str) -> Cause | None:
    """The root of that name that people work on or watch, however it is capitalised."""
    return Cause.objects.decided().filter(title__iexact=title.strip()).order_by("-id").first()


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refusal(_("Say in a few words what stood in your way."))
    if len(title) > LONGEST_TITLE:
        raise Refusal(_("Say it in %(most)s letters; the rest belongs to the root.") % {"most": LONGEST_TITLE})
    return title


def _refuse_an_owner_who_left(owner: Employee) -> None:
    if not owner.is_active:
        raise Refusal(_("%(name)s does not work here any more; choose somebody else.") % {"name": owner.name})


def _tell_the_owner(cause: Cause, *, by: Employee, now: datetime) -> None:
    if cause.owner_id != by.pk:
        says = _("%(name)s asks you to look after this: %(title)s") % {"name": by.name, "title": cause.title}
        tell(cause.owner, says, about=cause.about, kind="cause", at=now)


@transaction.atomic
def take_up(cause: Cause, *, title: str, cases: Iterable[int], by: Employee, now: datetime) -> None:
    """What looked alike is one root, says `by`: it is open, the cases with these keys are gathered, the others let go."""
    cause = _locked_proposal(cause)
    cause.title, cause.state, cause.opened_by, cause.opened_at = _titled(title), CauseState.OPEN, by, now
    cause.save(update_fields=["title", "state", "opened_by", "opened_at"])
    proposed = Gathered.objects.proposed().filter(cause=cause)
    proposed.exclude(case__in=list(cases)).update(refused_at=now)
    taken = [gathered.case_id for gathered in proposed]
    proposed.update(by=by, at=now)
    if not taken:
        raise Refusal(_("Tick at least one of them."))
    record(cause, Happened.CAUSE_OPENED, at=now, by=by, title=cause.title, owner=cause.owner.name)
    for case in taken:
        record(f"case:{case}", Happened.GATHERED, at=now, by=by, title=cause.title, cause=cause.pk)
    _tell_the_owner(cause, by=by, now=now)


@transaction.atomic
def turn_down(cause: Cause, *, by: Employee, now: datetime) -> None:
    """These are not one root, says `by`; they are not proposed together again."""
    cause = _locked_proposal(cause)
    cause.state = CauseState.REFUSED
    cause.save(update_fields=["state"])
    Gathered.objects.filter(cause=cause).update(refused_at=now)
    record(cause, Happened.CAUSE_TURNED_DOWN, at=now, by=by, title=cause.title)


def _locked_proposal(cause: Cause) -> Cause:
    cause = Cause.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cause.pk)
    if cause.state != CauseState.PROPOSED:
        raise Refusal(_("Somebody decided this already."))
    return cause


@transaction.atomic
def change_cause(cause: Cause, given: Mapping[str, object], *, by: Employee, now: datetime) -> None:
    """What is known of it is as `given`; a new owner is told. Only its owner and managers may."""
    refuse_others(cause, by)
    known = dict(given)
    if "title" in known:
        known["title"] = _titled(str(known["title"]))
    changed = [name for name in CHANGEABLE if name in known and getattr(cause, name) != known[name]]
    if "owner" in changed:
        _refuse_an_owner_who_left(known["owner"])  # type: ignore[arg-type]
    for name in changed:
        setattr(cause, name, known[name])
    if not changed:
        return
    cause.save(update_fields=changed)
    what = ", ".join(str(CHANGEABLE[name]) for name in changed)
    record(cause, Happened.CAUSE_CHANGED, at=now, by=by, title=cause.title, what=what)
    if "owner" in changed:
        _tell_the_owner(cause, by=by, now=now)


def refuse_others(cause: Cause, by: Employee) -> None:
    """Raises Refusal unless `by` may say what is done about it."""
    if not cause.may_change(by):
        raise Refusal(_("%(name)s looks after this; ask them, or a manager.") % {"name": cause.owner.name})
    if not cause.is_decided:
        raise Refusal(_("Say first whether this is one root."))
