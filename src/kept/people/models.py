"""Customers with their identities, and the employees who answer them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kept.due.models import DueRow, due_index
from kept.lib.ids import new_id
from kept.lib.rows import Row


class Team(models.Model):
    """A group of employees with one manager."""

    name = models.CharField(max_length=120, unique=True)
    manager = models.ForeignKey("Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="leads")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What an employee may do at the desk."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    ADMIN = "admin"


class BySignIn(BaseUserManager["Employee"]):
    """Finds employees for the sign-in."""

    def get_by_natural_key(self, username: str | None) -> Employee:
        """By e-mail address, in any case."""
        return self.get(email__iexact=username)


class Employee(AbstractBaseUser):
    """Anyone with a part in what customers live through, with or without a login."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    email = models.EmailField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=120)
    public_name = models.CharField(max_length=120, blank=True)
    """How customers know them, where it differs from their name."""
    job = models.CharField(max_length=160, blank=True)
    """What they do, as said to customers: "who runs the Quay Street kitchen"."""
    part = models.TextField(blank=True)
    """Their part in what customers live through, in their own words; nobody else writes it."""
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EMPLOYEE)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    stand_in = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for")
    answers = models.BooleanField(default=True)
    """May be given cases: works at the desk."""
    place = models.ForeignKey("Place", null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    nicknames = models.CharField(max_length=200, blank=True)
    """Other names customers may use, separated by commas: "Mira, Ami"."""
    is_listed = models.BooleanField(default=True)
    """Customers may choose them from a list when they say a good word."""
    follow_ups_a_week = models.PositiveSmallIntegerField(default=0)
    """How many survey answers that make work they can take on in a week (R9)."""
    languages = models.CharField(max_length=80, blank=True)
    away_from = models.DateTimeField(null=True, blank=True)
    away_until = models.DateTimeField(null=True, blank=True)
    theme = models.CharField(max_length=6, default="follow")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[BySignIn] = BySignIn()

    def __str__(self) -> str:
        return self.name

    @property
    def known_as(self) -> str:
        """The name customers see."""
        return self.public_name or self.name

    @property
    def first_name(self) -> str:
        """As used among ourselves: "Ben has it, not yet opened"."""
        return self.known_as.split()[0] if self.known_as else ""

    @property
    def leads_others(self) -> bool:
        """True for managers and admins."""
        return self.role in {Role.MANAGER, Role.ADMIN}

    @property
    def is_admin(self) -> bool:
        """May change settings, accounts and people."""
        return self.role == Role.ADMIN

    def is_away(self, at: datetime) -> bool:
        """On leave, ill, or gone at that moment."""
        if not self.is_active:
            return True
        began = self.away_from is not None and self.away_from <= at
        return began and (self.away_until is None or at < self.away_until)

    def is_here_between(self, since: datetime, until: datetime) -> bool:
        """Not away for the whole of that time."""
        return not self.is_away(since) or (self.is_active and self.away_until is not None and self.away_until < until)

    def speaks(self, language: str) -> bool:
        """May be given words in that language; who named no languages speaks the house's."""
        return not self.languages or not language or language in self.languages.replace(",", " ").split()


class House(models.Model):
    """The one row about all of us: who is asked when nobody else is there."""

    name = models.CharField(max_length=120, default="Kept")
    duty_owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    duty_manager = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    audit_is_public = models.BooleanField(default=False)
    heard_is_public = models.BooleanField(default=False)
    """Everybody may read what we heard and what we did about it, at /heard."""
    stories_are_public = models.BooleanField(default=False)
    """Everybody may read at /stories what customers let anybody read, and tell one of their own at /story."""
    told_if_good = models.PositiveSmallIntegerField(default=11)
    told_if_bad = models.PositiveSmallIntegerField(default=15)
    """How many people a customer likely tells of a good or a bad ending: an estimate of the house."""
    told_source = models.CharField(max_length=200, blank=True)
    """Where that estimate is from; empty: the survey that the first figures are from."""
    is_settled = models.BooleanField(default=False)
    """Somebody has signed in and said who they are: from then on what waits is filed (R1)."""

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A one-time link for somebody's first sign-in; only its hash is kept."""

    employee = models.ForeignKey(Employee, null=True, on_delete=models.CASCADE, related_name="sign_in_links")
    """NULL: the very first of us, who says on the page who they are."""
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.employee_id or 'the first of us'}"


class ApiToken(models.Model):
    """A program's key: shown once, hashed here. With `employee` it speaks for that person and sees what they see."""

    name = models.CharField(max_length=120, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=40)
    """Comma-separated of read, write, all."""
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="tokens")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Customer(Row):
    """A person outside who spoke to us, on however many media."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    first_seen_at = models.DateTimeField()
    usual_owner = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The person this customer deals with (R3)."""
    facts = models.JSONField(default=dict, blank=True)
    """What the house knows of them besides, as plain text values: {"contract": "gold"}."""
    last_asked_at = models.DateTimeField(null=True, blank=True)
    """When any survey last asked them; the contact rule across all surveys (R9)."""
    not_asked_since = models.DateTimeField(null=True, blank=True)
    """No survey asks them from then on."""
    not_asked_why = models.CharField(max_length=16, blank=True)
    """opt_out, minor, bereaved, staff."""

    def __str__(self) -> str:
        return self.known_as

    @property
    def known_as(self) -> str:
        """Their name, or the address they wrote from, or that we do not know it."""
        from django.utils.translation import gettext as _

        return self.name or _("Somebody without a name")


class Identity(Row):
    """One address of a customer: (kind, value) belongs to one person."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=320)
    shown_as = models.CharField(max_length=320, blank=True)
    """How people know it, where the address itself is a number that nobody reads: @mary.example. It may change."""
    proven_at = models.DateTimeField(null=True, blank=True)
    """Since when we know that this person reads this address."""
    dead_at = models.DateTimeField(null=True, blank=True)
    """Since when what we send there bounces for good."""
    is_shared = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="identity_once")]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """For people to read."""
        return self.shown_as or self.value


class Joining(Row):
    """Two customers were one person, or two cases one matter: which of the one's rows stand at the other since then."""

    gone = models.CharField(max_length=60)
    """Its name on the timeline, as "customer:5" or "case:9"."""
    into = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)
    """Who said so, by their name on the timeline: one of us, or the customer."""
    moved = models.JSONField(default=dict)
    """{"kept.identity.customer": [7, 8]}: what goes back when it turns out not to be so."""
    before = models.JSONField(default=dict)
    """What stood in the columns of the one that is gone."""
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["into"], name="joining_into", condition=models.Q(undone_at__isnull=True)),
            models.Index(fields=["gone"], name="joining_gone", condition=models.Q(undone_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.gone} into {self.into}"


class Notice(DueRow):
    """Something an employee is told, at the desk and by mail. Due until the mail is out (or they have no address)."""

    to = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    says = models.TextField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            due_index("notice_due"),
            models.Index(fields=["to", "-id"], name="notice_unseen", condition=models.Q(seen_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.says
