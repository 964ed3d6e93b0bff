"""A theory is one sentence about why things are as they are. Stories speak for it, and against it; nobody's opinion does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.stories.models import Evidence, Story, Theory
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 240


def theories_for(reader: Employee) -> QuerySet[Theory]:
    """All of them, the newest first, those given up last; with how many stories this reader may read speak for and against."""
    readable = Q(evidence__story__in=Story.objects.visible_to(reader))
    return Theory.objects.select_related("by").annotate(
        speak_for=Count("evidence", filter=readable & Q(evidence__speaks_for=True)),
        speak_against=Count("evidence", filter=readable & Q(evidence__speaks_for=False)),
    )


@transaction.atomic
def say(sentence: str, *, by: Employee, now: datetime) -> Theory:
    """The sentence stands there, for stories to speak for or against it. The same sentence is said once."""
    sentence = " ".join(sentence.split())
    if not sentence:
        raise Refusal(_("Say it in one sentence."))
    if len(sentence) > LONGEST:
        raise Refusal(_("One sentence, please: no longer than %(most)d letters.") % {"most": LONGEST})
    if (before := Theory.objects.filter(says__iexact=sentence, given_up_at__isnull=True).first()) is not None:
        return before
    theory = Theory.objects.create(says=sentence, by=by, at=now)
    record(theory, Happened.THEORY_SAID, at=now, by=by, says=sentence)
    return theory


@transaction.atomic
def weigh(theory: Theory, story: Story, *, speaks_for: bool, by: Employee, now: datetime) -> Evidence:
    """The story speaks for the theory, or against it; who weighs it again has changed their mind."""
    if theory.given_up_at is not None:
        raise Refusal(_("This theory was given up."))
    if not Story.objects.visible_to(by).filter(pk=story.pk).exists():
        raise Refusal(_("Choose a story that you may read."))
    weighed = {"speaks_for": speaks_for, "by": by, "at": now}
    evidence, _is_new = Evidence.objects.update_or_create(theory=theory, story=story, defaults=weighed)
    side = _("for") if speaks_for else _("against")
    record(theory, Happened.THEORY_WEIGHED, at=now, by=by, says=theory.says, side=side, story=story.pk)
    return evidence


@transaction.atomic
def give_up(theory: Theory, *, by: Employee, now: datetime) -> None:
    """Nobody goes by it any more; its stories stay, so that it need not be tried again."""
    if not (by.pk == theory.by_id or by.leads_others):
        raise Refusal(_("Whoever said it, or a manager, gives it up."))
    theory.given_up_at = now
    theory.save(update_fields=["given_up_at"])
    record(theory, Happened.THEORY_GIVEN_UP, at=now, by=by, says=theory.says)
