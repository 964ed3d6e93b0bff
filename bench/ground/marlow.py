"""The sample house in an empty database, on an ordinary Monday."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command

from kept.demo.cast import MONDAY, Marlow


def a_marlow(at: datetime = MONDAY) -> Marlow:
    """Migrated, settled, its mailbox open: whatever comes is answered."""
    call_command("migrate", verbosity=0, interactive=False)
    marlow = Marlow(at)
    marlow.hires_the_others()
    return marlow
