"""Under which name customers know us."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Brand
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def rename(brand: Brand, *, name: str, address: str, by: Employee, now: datetime) -> None:
    """Pages and mails to customers carry this name, and this postal address at their foot."""
    if not name.strip():
        raise Refusal(_("Say the name customers know you by."))
    if (brand.name, brand.address) == (name.strip(), address.strip()):
        return
    brand.name, brand.address = name.strip(), address.strip()
    brand.save(update_fields=["name", "address"])
    record(brand, Happened.HOUSE_CHANGED, at=now, by=by, what=_("name for customers"))
