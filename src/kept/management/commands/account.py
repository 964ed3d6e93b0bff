"""`./kept account add KIND --name … [--set key=value …] [--open]`: one more way in."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kept.accounts.describing import description
from kept.accounts.opening import add_account
from kept.lib.clock import now
from kept.lib.refusal import Refusal


class Command(BaseCommand):
    """Prints its address, URL or secret; the door's secret is shown once."""

    help = "Add a way in or out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Kind, name, settings."""
        parser.add_argument("action", choices=["add"])
        parser.add_argument("kind", help="form, email, program ...")
        parser.add_argument("--name", default="")
        parser.add_argument("--set", action="append", default=[], metavar="key=value", dest="pairs")
        parser.add_argument("--open", action="store_true", help="a mailbox may send at once")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        """There is one more way in."""
        settings = dict(pair.partition("=")[::2] for pair in options["pairs"])
        try:
            added = add_account(
                options["kind"], name=options["name"] or options["kind"], now=now(), settings=settings, is_open=options["open"]
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        told = description(added)
        self.stdout.write(json.dumps(told) if options["json"] else "\n".join(f"{name}: {value}" for name, value in told.items()))
