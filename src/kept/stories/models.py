"""A customer's words that may stand for a number, with their consent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case
from kept.causes.models import Cause
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee, Identity, Team
from kept.places.models import Place, Touchpoint


class Scope(models.TextChoices):
    """How far the words may travel: each holds what stands before it."""

    INSIDE = "inside", _("everybody who works here")
    TEAM_MAIL = "team_mail", _("also in our team's mail")
    PUBLIC = "public", _("anybody")


class StoryState(models.TextChoices):
    """chosen: a person picked it; asked: consent is asked for; shared; withdrawn: gone from everywhere."""

    CHOSEN = "chosen", _("chosen")
    ASKED = "asked", _("asked")
    SHARED = "shared", _("shared")
    REFUSED = "refused", _("they said no")
    WITHDRAWN = "withdrawn", _("withdrawn")


class StoryQuerySet(models.QuerySet["Story"]):
    """Questions about many stories."""

    def visible_to(self, employee: Employee) -> StoryQuerySet:
        """What its customer lets everybody here read; besides, whoever chose it and managers see what is being prepared."""
        if not employee.is_active:
            return self.none()
        shared = Q(state=StoryState.SHARED)
        there = self.exclude(state__in=[StoryState.WITHDRAWN, StoryState.REFUSED])
        return there if employee.leads_others else there.filter(shared | Q(chosen_by=employee))

    def for_the_team(self) -> StoryQuerySet:
        """What may stand in our team's mail."""
        return self.filter(state=StoryState.SHARED, scope__in=[Scope.TEAM_MAIL, Scope.PUBLIC])

    def public(self) -> StoryQuerySet:
        """What anybody may read."""
        return self.filter(state=StoryState.SHARED, scope=Scope.PUBLIC)


class Story(Row):
    """Their words, what happened at ours, what should have been different. Shown only as far as its customer said."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    title = models.CharField(max_length=160)
    words = models.TextField()
    """As shown: redacted, and seen so by a person."""
    source_key = models.CharField(max_length=80, blank=True)
    """What the words were taken from: "message:42", "response:7", "recognition:3", "observation:5"; "arrival:9": written as a
    story. One source is one story."""
    covered = models.JSONField(default=list)
    """What of the words as they were said is covered in `words`: [from, to, what], in order (text/redacting.py: Private)."""
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="stories")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="stories")
    ours = models.TextField(blank=True)
    """What happened on our side."""
    different = models.TextField(blank=True)
    """What should have been different."""
    outcome = models.CharField(max_length=8, blank=True)
    """white, black, no_word as its case ended; small (a small thing), kept (a promise beaten)."""
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place_shown = models.CharField(max_length=120, blank=True)
    name_shown = models.CharField(max_length=120, blank=True)
    """Empty: "name kept back"."""
    happened_on = models.DateField()
    chosen_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """NULL: its customer wrote it themselves."""
    chosen_at = models.DateTimeField()
    redacted_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField(null=True)
    """When a person saw the words as they are shown."""
    state = models.CharField(max_length=10, choices=StoryState.choices, default=StoryState.CHOSEN)
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    """How far they said; empty until they did."""
    shared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Story]] = StoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_key"], name="story_once", condition=~Q(source_key=""))]
        indexes = [
            models.Index(fields=["-shared_at", "-id"], name="story_shared", condition=Q(state="shared")),
            models.Index(fields=["case"], name="story_case", condition=Q(case__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """Its name in what people are told."""
        return f"story:{self.pk}"

    @property
    def line(self) -> str:
        """Where its history stands: on the case it came from, else on its own."""
        return f"case:{self.case_id}" if self.case_id else self.about

    @property
    def is_shared(self) -> bool:
        """Others may read it, as far as `scope` says."""
        return self.state == StoryState.SHARED

    def may_change(self, employee: Employee) -> bool:
        """Whoever chose it and everybody who leads others may prepare it."""
        return employee.is_active and (employee.pk == self.chosen_by_id or employee.leads_others)


class Consent(Row):
    """One asking for consent, and what they said. Append-only: a later word is a later row."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="consents")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="+")
    words_shown = models.TextField(blank=True)
    """The very words they were asked about."""
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    with_name = models.BooleanField(default=False)
    said_at = models.DateTimeField(null=True)
    says_yes = models.BooleanField(null=True)
    """None: no word yet."""
    withdrawn_at = models.DateTimeField(null=True)
    spoken_to = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """Who wrote down a spoken yes, with their words in `said`."""
    said = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["story", "-id"], name="consent_story")]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.scope or '?'}"


class Theory(models.Model):
    """One sentence about why things are as they are, with stories for and against it."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    says = models.CharField(max_length=240)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.says


class Evidence(Row):
    """A story that speaks for a theory, or against it."""

    theory = models.ForeignKey(Theory, on_delete=models.CASCADE, related_name="evidence")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="evidence")
    speaks_for = models.BooleanField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theory", "story"], name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {'for' if self.speaks_for else 'against'} {self.theory_id}"


class Heard(models.Model):
    """You said, we did: one entry of the page /heard."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    said = models.TextField()
    did = models.TextField(blank=True)
    cause = models.ForeignKey(Cause, null=True, blank=True, on_delete=models.PROTECT, related_name="heard")
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="heard_public", condition=Q(published_at__isnull=False))]

    def __str__(self) -> str:
        return self.said[:60]


class MeToo(Row):
    """Somebody to whom the same happened, and who is told what we did."""

    heard = models.ForeignKey(Heard, on_delete=models.PROTECT, related_name="me_too")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["heard", "identity"], name="me_too_once")]
        indexes = [models.Index(fields=["id"], name="me_too_untold", condition=Q(told_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.identity_id} too"


class StoryMail(Row):
    """What one team was sent in one week, so that it is sent once."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    week_on = models.DateField()
    stories = models.JSONField(default=list)
    """The keys of the stories in it, in order."""
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "week_on"], name="story_mail_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.week_on}"
