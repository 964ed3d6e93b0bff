"""`./kept django recount [SURVEY ...]`: the figures of surveys are counted anew from their answers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kept.lib.clock import now
from kept.surveys.models import Survey
from kept.surveys.recounting import recount


class Command(BaseCommand):
    """Says of each survey how many figures were wrong. Whoever answers meanwhile is counted, too."""

    help = "Count the figures of surveys anew from their answers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which surveys, by their short names; all without any."""
        parser.add_argument("slugs", nargs="*", metavar="SURVEY")

    def handle(self, *args: object, **options: Any) -> None:
        """The rollup is what a scan says."""
        wanted = options["slugs"]
        surveys = list(Survey.objects.filter(slug__in=wanted) if wanted else Survey.objects.order_by("pk"))
        if missing := set(wanted) - {survey.slug for survey in surveys}:
            raise CommandError(f"There is no survey {', '.join(sorted(missing))}.")
        for survey in surveys:
            self.stdout.write(f"{survey.slug}: {recount(survey, now=now())} wrong")
