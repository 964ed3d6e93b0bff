"""`./kept django ways [--again]`: the ways that matters took, brought up to date, or worked out anew from the whole history."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kept.journeys.mining import mine_ways, rebuild_ways
from kept.lib.clock import now


class Command(BaseCommand):
    """Says how many steps were counted. The same comes of it as of keeping them up to date; the house may be open meanwhile."""

    help = "Bring the ways up to date; with --again, work them out anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """From where on."""
        parser.add_argument("--again", action="store_true", help="from the first day on, as if nothing had been counted yet")

    def handle(self, *args: object, **options: Any) -> None:
        """The ways are those that happened."""
        counted = rebuild_ways() if options["again"] else mine_ways(now())
        self.stdout.write(f"{counted} steps counted")
