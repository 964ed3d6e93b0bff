"""`./kept intake ACCOUNT < message`: the pipe of a mail server."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandParser

from kept.doors.pipe import take_in


class Command(BaseCommand):
    """Exit 0 stored, 75 try again, 65 and 77 refused for good."""

    help = "Keep one item from standard input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which account it is for."""
        parser.add_argument("account", help="name, slug or address")

    def handle(self, *args: object, **options: object) -> None:
        """Kept, or refused with the exit code a mail server understands."""
        sys.exit(take_in(str(options["account"]), sys.stdin.buffer))
