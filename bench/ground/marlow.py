"""The sample house in an empty database, on an ordinary Monday."""

from __future__ import annotations

from django.core.management import call_command

from kept.demo.cast import Marlow


def a_marlow() -> Marlow:
    """Migrated, settled, its mailbox open: whatever comes is answered."""
    call_command("migrate", verbosity=0, interactive=False)
    marlow = Marlow()
    marlow.hires_the_others()
    return marlow
