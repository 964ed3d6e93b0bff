"""Surveys, whom they ask, and what came back. Questions only: verbs have files."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case
from kept.due.models import DueRow, due_index
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee, Identity, Team
from kept.places.models import Place, Touchpoint


class Measure(models.TextChoices):
    """What the main question measures; surveys/measures.py has the scales."""

    NPS = "nps", _("NPS: would they send a friend, 0 to 10")
    CSAT = "csat", _("CSAT: how satisfied, 1 to 5")
    CES = "ces", _("CES: was it easy, 1 to 7")
    OWN = "own", _("a question of our own, 1 to 5")


class Occasion(models.TextChoices):
    """What makes somebody eligible to be asked."""

    ENDING = "ending", _("after their matter ended")
    TOUCHPOINT = "touchpoint", _("after a touchpoint: a program or a list says so")
    SCHEDULE = "schedule", _("on a schedule, a sample of all customers")
    LINK = "link", _("by link, QR code or on a page; nobody is invited")


class Survey(models.Model):
    """One question we ask, when, and who answers what comes back. Its wording has versions."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=4, choices=Measure.choices)
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    account = models.OneToOneField(ChannelAccount, on_delete=models.PROTECT, related_name="survey")
    """Its way in, kind "survey": brand, answer time and place of the cases it makes."""
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="surveys")
    line = models.PositiveSmallIntegerField(null=True, blank=True)
    """A score at or below it, with words, is a case that second. NULL: only "please contact me" is."""
    people = models.ManyToManyField(Employee, blank=True, related_name="surveys")
    """The named people who answer what it makes; their free capacity is all it may ask for (R9)."""
    ask_after_hours = models.PositiveSmallIntegerField(default=2)
    """How long after the occasion they are asked."""
    ask_again_days = models.PositiveSmallIntegerField(default=90)
    """Nobody is asked twice within this many days, by whichever survey."""
    quota_a_week = models.PositiveIntegerField(null=True, blank=True)
    """At most so many invitations in seven days, spread evenly over touchpoints."""
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    next_release_at = models.DateTimeField(null=True, blank=True)
    """When somebody who waits is likely to be asked, worked out at each release; NULL: nobody waits, or no room is in sight."""

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Asks: a person opened it and nobody closed it."""
        return self.opened_at is not None and self.closed_at is None

    def eligible_at(self, at: datetime) -> datetime:
        """From when on somebody may be asked about what happened then."""
        return at + timedelta(hours=self.ask_after_hours)


class SurveyVersion(models.Model):
    """The wording of a survey from one moment on. Never changed: an old answer keeps the question it was asked."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    wording = models.JSONField(default=dict)
    """{"en": {"question", "low", "high", "why", "further": ["...", ...]}, "de": {...}}."""
    is_comparable = models.BooleanField(default=True)
    """Asked in the standard words of its measure; other wordings are never mixed with them."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="survey_version_once")]

    def __str__(self) -> str:
        return f"{self.survey} ({self.number})"


class InvitationState(models.TextChoices):
    """waiting until it may go; not_asked after 7 days, or with a reason that forbids it."""

    WAITING = "waiting", _("waits")
    RELEASED = "released", _("on its way")
    SENT = "sent", _("asked")
    ANSWERED = "answered", _("answered")
    NOT_ASKED = "not_asked", _("not asked")
    FAILED = "failed", _("did not arrive")


class Invitation(DueRow):
    """One customer who could be asked once. Waits for room (R9); due as a mail from its release on, then once as a reminder."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    version = models.ForeignKey(SurveyVersion, null=True, on_delete=models.PROTECT, related_name="+")
    """The wording they were asked in; set at the release."""
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invitations")
    identity = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="+")
    """The address that is asked; NULL where the question stands on a page."""
    occasion_key = models.CharField(max_length=160)
    """Names the occasion, unique per survey: a repeated event invites nobody twice."""
    about = models.CharField(max_length=200, blank=True)
    """As told to the customer: "your order on Sunday"."""
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=80, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    """The matter whose end it asks about."""
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.WAITING)
    why = models.CharField(max_length=24, blank=True)
    """Why it waits or was not asked, as a code: no_room, quota, asked_lately, opt_out, minor, bereaved, open_complaint, staff,
    no_address, too_late ..."""
    draw = models.FloatField(default=0)
    """Its place in the lot, 0 to 1, drawn when it became eligible: who is asked first is chance, never convenience."""
    eligible_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    """Unsent by then it is not asked."""
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    """Of the mail that asked, without brackets; a reply to it finds its way by this."""
    machine_looks = models.PositiveSmallIntegerField(default=0)
    """Scores that a scanner fetched; counted apart, never as an answer."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "occasion_key"], name="invitation_once")]
        indexes = [
            due_index("invitation_due"),
            models.Index(fields=["survey", "touchpoint", "draw"], name="invitation_waiting", condition=Q(state="waiting")),
            models.Index(fields=["expires_at"], name="invitation_expiring", condition=Q(state="waiting")),
            models.Index(fields=["survey", "sent_at"], name="invitation_sent"),
            models.Index(fields=["survey", "eligible_at"], name="invitation_eligible"),
            models.Index(fields=["customer", "-id"], name="invitation_customer"),
            models.Index(fields=["message_id"], name="invitation_mail", condition=~Q(message_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.survey} → {self.customer}"


class Response(Row):
    """What one customer answered once: the score first, the rest as it is given. Editable until somebody answered them."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.PROTECT, related_name="response")
    """NULL: by a link, a QR code or a page, where nobody was invited."""
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="responses")
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    further = models.JSONField(default=list, blank=True)
    """Answers to the further questions, in their order."""
    contact = models.CharField(max_length=8, blank=True)
    """"phone", "email" or "no" as they chose; empty: they did not say."""
    contact_to = models.CharField(max_length=320, blank=True)
    named = models.CharField(max_length=300, blank=True)
    """Who helped them, in their words."""
    consent = models.CharField(max_length=8, blank=True)
    """Who may read their words: "name", "anon" (all of us, with or without the name) or "one" (who looks after it)."""
    medium = models.CharField(max_length=8, default="email")
    """How it came: email, reply, link, qr, page, ending."""
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    """What was known of the customer when they gave the score; it is counted by them (counting.py)."""
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    """The case it became, or joined."""
    after_case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_again")
    """Asked again when that matter, itself begun by a score, had ended: did it get better?"""
    first_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    touches = models.PositiveSmallIntegerField(default=0)
    """How often a page posted another score by itself soon after the one before: a slip of the finger, or a machine."""
    week_on = models.DateField()
    """The Monday of `first_at` in the house's zone."""
    owner = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who was offered to them by name, reserved when it was saved."""
    offered_at = models.DateTimeField(null=True, blank=True)
    """The hour they were shown for that person's word."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """Somebody answered them: from then on it stands as it is."""

    class Meta:
        indexes = [
            models.Index(fields=["survey", "score", "-week_on", "-id"], name="response_bar"),
            models.Index(fields=["survey", "-week_on", "-id"], name="response_latest"),
            models.Index(fields=["survey", "product", "week_on"], name="response_product"),
            models.Index(fields=["survey", "touchpoint", "week_on"], name="response_touchpoint"),
            models.Index(fields=["survey", "-week_on", "-id"], name="response_again", condition=Q(after_case__isnull=False)),
            models.Index(fields=["customer", "-id"], name="response_customer"),
            models.Index(fields=["case"], name="response_case", condition=Q(case__isnull=False)),
            models.Index(fields=["survey", "first_at"], name="response_work", condition=Q(case__isnull=False)),
            models.Index(fields=["first_at"], name="response_given", condition=Q(score__isnull=False, after_case__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.survey_id}"

    @property
    def makes_work(self) -> bool:
        """It became somebody's to answer."""
        return self.case_id is not None

    def is_closed(self, now: datetime) -> bool:
        """It can no longer be changed by whoever gave it."""
        return self.closed_at is not None and self.closed_at <= now


class ScoreCount(Row):
    """How many gave one score, by week and one dimension; kept in the transaction of each response, equal to a full scan."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="counts")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    week_on = models.DateField()
    dimension = models.CharField(max_length=40, blank=True)
    """Empty for all of them; touchpoint, place, team, medium, product, or "fact:contract"."""
    value = models.CharField(max_length=120, blank=True)
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "dimension", "week_on", "value", "version", "score"], name="score_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} x {self.score}"


class AskedCount(models.Model):
    """How many could be asked in one week, and what became of it; counted anew as long as it may change (recounting.py)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="asked_counts")
    week_on = models.DateField()
    """The Monday of the week in which they became eligible, in the house's zone."""
    state = models.CharField(max_length=10, choices=InvitationState.choices)
    why = models.CharField(max_length=24, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "week_on", "state", "why"], name="asked_count_once")]

    def __str__(self) -> str:
        return f"{self.count} {self.state}"
