"""The root of many cases: owner, fix, and a check that it worked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case, Message
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.promises.models import Promise


class CauseState(models.TextChoices):
    """open until it is fixed; then watched for some weeks; then it held, or it came back.

    What only looks like one root is proposed until a person says yes (open) or no (refused).
    """

    PROPOSED = "proposed", _("looks alike")
    REFUSED = "refused", _("not one root")
    OPEN = "open", _("open")
    WATCHED = "watched", _("fixed, being watched")
    HELD = "held", _("it held")
    BACK = "back", _("it came back")


DECIDED = (CauseState.OPEN, CauseState.WATCHED, CauseState.HELD, CauseState.BACK)
"""A person said that this is a root."""
STANDS_IN_OUR_WAY = (CauseState.OPEN, CauseState.BACK)
"""Nobody has mended it, or it did not hold."""


class CauseQuerySet(models.QuerySet["Cause"]):
    """Questions about many causes."""

    def visible_to(self, employee: Employee) -> CauseQuerySet:
        """Everybody who works here may see what stands in our way."""
        return self if employee.is_active else self.none()

    def decided(self) -> CauseQuerySet:
        """Those that a person called a root."""
        return self.filter(state__in=DECIDED)


class Cause(models.Model):
    """What stood in our way, in words; who mends it, by when; whether it came back."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    title = models.CharField(max_length=160)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="causes")
    root = models.TextField(blank=True)
    """Why it happens, in words, as far as it is known."""
    fix = models.TextField(blank=True)
    """What will be changed."""
    fix_due_on = models.DateField(null=True, blank=True)
    """The day the fix is promised for; customers may be told it."""
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="causes")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=CauseState.choices, default=CauseState.OPEN)
    began_with = models.CharField(max_length=60, blank=True)
    """The story that began it, as "story:3"."""
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(null=True, blank=True)
    told_text = models.TextField(blank=True)
    """What the customers were told when it was fixed."""
    watch_weeks = models.PositiveSmallIntegerField(default=6)
    check_due_at = models.DateTimeField(null=True, blank=True)
    """When it is looked at whether it came back."""
    checked_at = models.DateTimeField(null=True, blank=True)
    check_says = models.CharField(max_length=300, blank=True)
    """What whoever looked saw, in one sentence."""
    tell_next_at = models.DateTimeField(null=True, blank=True)
    """When somebody is told next that the fix is late, or that it is time to look; NULL: nobody."""
    told_times = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Cause]] = CauseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["fix_due_on"], name="cause_due", condition=Q(state="open")),
            models.Index(fields=["tell_next_at"], name="cause_tell", condition=Q(tell_next_at__isnull=False)),
            models.Index(fields=["state", "-id"], name="cause_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """Its name on the timeline."""
        return f"cause:{self.pk}"

    @property
    def is_decided(self) -> bool:
        """A person called it a root."""
        return self.state in DECIDED

    @property
    def stands_in_our_way(self) -> bool:
        """It is not mended, or did not hold."""
        return self.state in STANDS_IN_OUR_WAY

    def is_late(self, now: datetime) -> bool:
        """The day it was promised for is over."""
        return self.stands_in_our_way and self.fix_due_on is not None and self.fix_due_on < now.date()

    def may_change(self, employee: Employee) -> bool:
        """Its owner and everybody who leads others may say what is done about it."""
        return employee.is_active and (employee.pk == self.owner_id or employee.leads_others)


class GatheredQuerySet(models.QuerySet["Gathered"]):
    """Questions about many cases that have a root, or may have it."""

    def taken(self) -> GatheredQuerySet:
        """A person said that they belong there."""
        return self.filter(by__isnull=False, refused_at__isnull=True)

    def proposed(self) -> GatheredQuerySet:
        """Nobody has decided yet."""
        return self.filter(by__isnull=True, refused_at__isnull=True)


class Gathered(Row):
    """One case that has this root, or is proposed to have it."""

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="gathered")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="causes")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """NULL: proposed, nobody decided yet."""
    at = models.DateTimeField()
    why = models.CharField(max_length=24, blank=True)
    """by_hand, stood_in_my_way, touchpoint, product, theme, words: how it was found."""
    refused_at = models.DateTimeField(null=True, blank=True)
    """A person said no to the proposal; it is not made again."""
    wants_word = models.BooleanField(default=True)
    """They are told when it is fixed."""
    told_in = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    """The mail that tells them; nobody gets a second one."""
    by_hand_from = models.DateTimeField(null=True, blank=True)
    """No mail reaches them: from then on it is a duty to tell them by hand; NULL once it is, or nothing is to be done."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When it had reached them, or when one of us told them by hand."""
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="+")
    """Our word to tell them, in the ledger."""

    objects: ClassVar[models.Manager[Gathered]] = GatheredQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "case"], name="gathered_once")]
        indexes = [
            models.Index(fields=["cause", "-at"], name="gathered_cause"),
            models.Index(fields=["id"], name="gathered_on_its_way", condition=Q(told_in__isnull=False, told_at__isnull=True)),
            models.Index(fields=["by_hand_from"], name="gathered_by_hand", condition=Q(by_hand_from__isnull=False)),
            models.Index(fields=["told_at"], name="gathered_told", condition=Q(told_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.cause_id}"
