"""Where it happened, and under which name customers know us."""

from __future__ import annotations

from django.db import models

from kept.people.models import Employee


class Place(models.Model):
    """A shop, kitchen or region: a tree, each with a manager."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, null=True, blank=True, unique=True)
    """Its name in links and on printed cards."""
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    manager = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    @property
    def and_above(self) -> list[int]:
        """Its key, and those of everything it is part of, the nearest first."""
        found: list[int] = []
        above: Place | None = self
        while above is not None and above.pk not in found:
            found.append(above.pk)
            above = above.parent
        return found


class Touchpoint(models.Model):
    """A point where customers meet us: the delivery, the counter, the bill. It has a manager, who sees what is said of it."""

    name = models.CharField(max_length=120)
    key = models.SlugField(max_length=60, unique=True)
    """As programs and lists call it: "delivered"."""
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="touchpoints")
    manager = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    customers_report = models.BooleanField(default=False)
    """Customers, too, may say here what they saw: the page of its small things is open to everybody."""

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """The name on customers' pages and mails."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    """The postal line at a mail's foot."""
    language = models.CharField(max_length=10, default="en")
    public_pages = models.JSONField(default=list, blank=True)
    """Where people speak of us in public, as {"name", "url"}; offered to everybody alike, whatever they said."""

    def __str__(self) -> str:
        return self.name
