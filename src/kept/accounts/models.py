"""The ways in and out, and how soon each is answered."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from kept.lib.hours import BusinessHours
from kept.lib.ids import new_id
from kept.places.models import Brand, Place, Touchpoint


class Calendar(models.Model):
    """Business hours: zone, opening times by weekday, holidays."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=60, default="UTC")
    week = models.JSONField(default=dict)
    """{"mon": [["09:00", "17:00"]], ...}; a missing day is closed. Empty: round the clock."""
    country = models.CharField(max_length=2, blank=True)
    """Whose public holidays we keep (ISO 3166), if any."""
    closed_on = models.JSONField(default=list)
    """Further closed days, as "2026-12-24"."""

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> BusinessHours:
        """The pure value that times are worked out with."""
        return BusinessHours.of(self.zone, self.week, country=self.country, closed_on=tuple(self.closed_on))


class SlaPolicy(models.Model):
    """How soon the first and each next answer comes, and how often there is a word in between."""

    name = models.CharField(max_length=80, unique=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    first_answer_minutes = models.PositiveIntegerField(default=480)
    next_answer_minutes = models.PositiveIntegerField(default=480)
    update_every_minutes = models.PositiveIntegerField(default=2400)
    """After a sign of life, the next word comes within this time unless it names another hour."""
    began_with = models.CharField(max_length=60, blank=True)
    """The story that began these times, as "story:3"."""

    def __str__(self) -> str:
        return self.name

    def answer_within(self, *, is_first: bool) -> timedelta:
        """Working time until an answer is due."""
        return timedelta(minutes=self.first_answer_minutes if is_first else self.next_answer_minutes)

    @property
    def update_within(self) -> timedelta:
        """Working time until the next word after a sign of life."""
        return timedelta(minutes=self.update_every_minutes)


class ChannelAccount(models.Model):
    """One configured way in or out: a mailbox, a form, a phone line."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    address = models.CharField(max_length=320, blank=True, db_index=True)
    """The e-mail address or handle this account answers to, in lower case."""
    door_hash = models.CharField(max_length=64, unique=True)
    """sha256 of the secret part of /in/<account-token>."""
    settings = models.JSONField(default=dict)
    """What the channel's Settings form took; passwords sealed."""
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT)
    policy = models.ForeignKey(SlaPolicy, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    start_line_at = models.DateTimeField()
    """Older mail is history: no case, no clock (R1)."""
    opened_at = models.DateTimeField(null=True, blank=True)
    """NULL: listen only; takes everything, sends nothing."""
    closed_at = models.DateTimeField(null=True, blank=True)
    cursors = models.JSONField(default=dict)
    """How far a pulled source was read: {"INBOX": {"uidvalidity": 1, "uid": 42}}."""
    trouble = models.TextField(blank=True)
    """Why it is deaf or mute just now, in plain words; empty when all is well."""
    heard_at = models.DateTimeField(null=True, blank=True)
    """When a pulled source last answered us."""
    short_of_room_since = models.DateTimeField(null=True, blank=True)
    """Since when its manager knows that more people use it than we answer in time (R9)."""

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """May send: a person opened it."""
        return self.opened_at is not None and self.closed_at is None
