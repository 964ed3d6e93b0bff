"""`./kept demo`: the sample house stands, and a visitor may come in as one of its people."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from kept.demo.living import live
from kept.lib.address import base_url
from kept.lib.clock import now
from kept.people.inviting import make_sign_in_link
from kept.people.models import Employee

VISITORS = ("Priya Nair", "Ines Duarte")
"""Somebody who answers, and somebody who leads."""


def furnish() -> str:
    """A year of life is there, unless they were already. Returns how to come in; its mail goes nowhere."""
    furnished = settings.DATA / "furnished"
    if not furnished.is_file():
        live(now())
        furnished.touch()
    people = Employee.objects.filter(name__in=VISITORS).order_by("-pk")
    lines = [f"Come in as {person.name + ':':<13} {base_url()}{_way_in(person)}   (once)" for person in people]
    return "\n".join([*lines, "This is the sample house: its mail goes nowhere."])


def _way_in(person: Employee) -> str:
    return reverse("sign_in_link", args=[make_sign_in_link(person, now=now())])
