"""A letter or fax as a machine read it, page by page; what it may say of its writer, and what a person made of that."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kept.cases.models import Attached, Case
from kept.due.models import DueRow, due_index
from kept.lib.ids import new_id
from kept.people.models import Employee


class LetterReadingQuerySet(models.QuerySet["LetterReading"]):
    """Questions about many readings."""

    def visible_to(self, employee: Employee) -> LetterReadingQuerySet:
        """Those on cases that this employee may see."""
        return self.filter(file__message__case__in=Case.objects.visible_to(employee))

    def on(self, case: Case) -> LetterReadingQuerySet:
        """Those of the words on this case, oldest first."""
        return self.filter(file__message__case=case).order_by("id")


class LetterReading(DueRow):
    """One file, read by machine once. Due until it is read, or until it is known that no machine will read it."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    file = models.OneToOneField(Attached, on_delete=models.PROTECT, related_name="reading")
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    unreadable = models.TextField(blank=True)
    """Why no machine will read it, in words for a person; empty while it waits, and when it was read."""
    engine = models.CharField(max_length=60, blank=True)
    """What read it, with its version."""
    is_whole = models.BooleanField(default=True)
    """False: it had more pages than are read."""
    text = models.TextField(blank=True)
    """As the machine read it; never changed."""
    doubtful = models.JSONField(default=list)
    """[[start, end], ...] in `text`: words it was less than 80 % sure of."""
    facts = models.JSONField(default=list)
    """[{"kind", "value", "state": "", "yes" or "no", "said", "by", "at"}, ...]: proposed by rules, decided by a person."""
    pictures = models.JSONField(default=list)
    """sha256 in files/ of each page as it looks, JPEG."""
    searchable = models.CharField(max_length=64, blank=True)
    """sha256 in files/ of a PDF whose words can be found."""
    corrected = models.TextField(blank=True)
    """As a person mended it; empty where nobody did."""
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[LetterReading]] = LetterReadingQuerySet.as_manager()

    class Meta:
        indexes = [due_index("letter_reading_due")]

    def __str__(self) -> str:
        return self.file.name

    @property
    def words(self) -> str:
        """What it says as far as we know: mended by a person, else as it was read."""
        return self.corrected or self.text

    @property
    def waits(self) -> bool:
        """It is still to be read."""
        return self.read_at is None and not self.unreadable
