"""You said, we did: what we heard and what became of it; who was hurt by it too joins, and is told when we did it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import Case, MessageKind
from kept.causes.models import Cause
from kept.channels.base import Handle
from kept.lib.refusal import Refusal
from kept.people.identifying import identify
from kept.people.models import Employee
from kept.replies.addressing import sender_for
from kept.replies.mailing import mail
from kept.stories.models import Heard, MeToo, Scope, Story, StoryState
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

AT_ONCE = 50


def shown_to_everybody() -> QuerySet[Heard]:
    """What stands on the page, the newest first. What began with a story stands there only while anybody may read that story."""
    return Heard.objects.filter(_may_be_said(), published_at__isnull=False, taken_down_at__isnull=True).order_by("-id")


def _may_be_said(at: str = "") -> Q:
    theirs = {f"{at}story__state": StoryState.SHARED, f"{at}story__scope": Scope.PUBLIC}
    return Q(**{f"{at}story__isnull": True}) | Q(**theirs)


def _written(heard: Heard) -> str:
    """As the history tells it: nothing of a story, for that may be taken back, and the history keeps what it holds."""
    return "…" if heard.story_id else heard.said[:200]


@transaction.atomic
def hear_it(
    said: str, *, by: Employee, now: datetime, did: str = "", cause: Cause | None = None, story: Story | None = None
) -> Heard:
    """What was said stands there, for us alone until somebody shows it."""
    said = said.strip() or (cause.title if cause else "")
    if not said:
        raise Refusal(_("Write what was said."))
    heard = Heard.objects.create(
        said=said, did=did.strip() or (cause.fix if cause else ""), cause=cause, story=story, by=by, at=now
    )
    record(heard, Happened.HEARD_WRITTEN, at=now, by=by, said=_written(heard))
    return heard


@transaction.atomic
def say_what_we_did(heard: Heard, did: str, *, by: Employee, now: datetime) -> None:
    """What we did stands beside it; whoever joined and can be reached is told from then on, once."""
    if not did.strip():
        raise Refusal(_("Write what we did about it."))
    heard.did = did.strip()
    heard.save(update_fields=["did"])
    record(heard, Happened.HEARD_WRITTEN, at=now, by=by, said=_written(heard))


@transaction.atomic
def show_to_everybody(heard: Heard, *, by: Employee, now: datetime) -> None:
    """It stands on the page, as far as the house shows one."""
    if heard.published_at is not None and heard.taken_down_at is None:
        raise Refusal(_("It stands there already."))
    heard.published_at, heard.taken_down_at = now, None
    heard.save(update_fields=["published_at", "taken_down_at"])
    record(heard, Happened.HEARD_SHOWN, at=now, by=by, said=_written(heard))


@transaction.atomic
def take_down(heard: Heard, *, by: Employee, now: datetime) -> None:
    """It stands on the page no longer."""
    heard.taken_down_at = now
    heard.save(update_fields=["taken_down_at"])
    record(heard, Happened.HEARD_TAKEN_DOWN, at=now, by=by, said=_written(heard))


@transaction.atomic
def join(heard: Heard, *, address: str, name: str, now: datetime) -> MeToo:
    """The same happened to whoever reads this address. They are told nothing before they have shown that it is theirs."""
    _customer, identity = identify((Handle("email", address.strip().lower()),), name=name, at=now)
    if identity is None:
        raise Refusal(_("Write your e-mail address, so that we can tell you."))
    joined, is_new = MeToo.objects.get_or_create(heard=heard, identity=identity, defaults={"at": now})
    if is_new:
        record(heard, Happened.ME_TOO, at=now, said=_written(heard), identity=identity.pk)
    return joined


def tell_who_joined(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Whoever joined, proved their address and was not told what we did is told, in one mail. Returns how many."""
    reached = Q(identity__proven_at__isnull=False, identity__dead_at__isnull=True, heard__published_at__isnull=False)
    waiting = MeToo.objects.filter(reached, _may_be_said("heard__"), told_at__isnull=True)
    told = 0
    for joined in waiting.exclude(heard__did="").select_related("heard", "identity__customer").order_by("id")[:AT_ONCE]:
        if should_stop():
            break
        told += _tell(joined, now=now)
    return told


@transaction.atomic
def _tell(joined: MeToo, *, now: datetime) -> bool:
    """Told on their newest matter, in the name of whoever has it. False: no matter of theirs, or no mailbox that can send."""
    customer = joined.identity.customer
    related = Case.objects.select_related("owner", "customer", "account__brand", "policy__calendar")
    case = related.filter(customer=customer, set_aside_at__isnull=True).order_by("-id").first()
    account = sender_for(case.account) if case else None
    if case is None or account is None or not account.is_open:
        return False
    if not MeToo.objects.filter(pk=joined.pk, told_at__isnull=True).update(told_at=now):
        return False
    with translation.override(account.brand.language):
        text = _letter(joined, case.owner.known_as)
    mail(case, MessageKind.FIXED, text, to=joined.identity, through=account, now=now)
    record(case.about, Happened.ME_TOO_TOLD, at=now, said=_written(joined.heard), heard=joined.heard_id)
    return True


def _letter(joined: MeToo, author: str) -> str:
    name = joined.identity.customer.name.split()
    hello = _("Hello %(name)s,") % {"name": name[0]} if name else _("Hello,")
    said = _("you told us that this happened to you, too: “%(said)s”") % {"said": joined.heard.said}
    did = _("This is what we did about it: %(did)s") % {"did": joined.heard.did}
    return f"{hello}\n\n{said}\n\n{did}\n\n{author}"
