"""`./kept import months|facts FILE [--try]`: what customers were worth, or what is known of them, from a list."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import as_text
from kept.numbers.importing import BecameOfMonth, take_months
from kept.numbers.reading_months import read_months
from kept.people.bringing_facts import BecameOfFacts, read_facts, take_facts


class Command(BaseCommand):
    """The same as the page "Bring in what customers were worth", for a program that runs each month."""

    help = "Bring in a list: months (what customers were worth) or facts (what is known of them)."

    def add_arguments(self, parser: CommandParser) -> None:
        """What kind of list, where it lies, and whether it is only tried."""
        parser.add_argument("kind", choices=["months", "facts"])
        parser.add_argument("file", help="a CSV file; - for standard input")
        parser.add_argument("--try", dest="is_tried", action="store_true", help="only say what would become of each row")

    def handle(self, *args: object, **options: Any) -> None:
        """Every row that can be used stands as told; the others are named with the reason, and the exit code is 1."""
        try:
            content = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
            with transaction.atomic():
                became = _take(options["kind"], as_text(content))
                if options["is_tried"]:
                    transaction.set_rollback(True)
        except OSError as trouble:
            raise CommandError(f"{options['file']} cannot be read: {trouble.strerror}") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        fates = Counter(one.fate for one in became)
        for one in became:
            if one.fate == "left_out":
                self.stderr.write(f"row {one.row.number} ({one.row.who}): {one.row.mistake}")
        would = "would be " if options["is_tried"] else ""
        self.stdout.write(", ".join(f"{many} {would}{fate.replace('_', ' ')}" for fate, many in sorted(fates.items())))
        if fates["left_out"]:
            sys.exit(1)


def _take(kind: str, text: str) -> Iterable[BecameOfMonth] | Iterable[BecameOfFacts]:
    moment = now()
    if kind == "months":
        return take_months(read_months(text, now=moment), by=None, now=moment)
    return take_facts(read_facts(text), now=moment)
