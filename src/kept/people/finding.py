"""Which employee is meant, by what a person types."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee


def employee_named(name: str) -> Employee:
    """The one active employee with this id, e-mail address or name. Refuses when there is none, or several."""
    here = Employee.objects.filter(is_active=True)
    found = list(
        here.filter(public_id=name) if _is_id(name) else here.filter(email__iexact=name) or here.filter(name__iexact=name)
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(_("Several people are called %(name)s; give the e-mail address.") % {"name": name})
    raise Refusal(_("Nobody here is called %(name)s.") % {"name": name})


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
