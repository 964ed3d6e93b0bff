"""`./kept token add NAME --scope … [--for EMPLOYEE]`: a key for a program."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.finding import employee_named
from kept.people.tokens import make_token


class Command(BaseCommand):
    """Shown once; only its hash is kept."""

    help = "Add an API token."

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name, what it may do, for whom it speaks."""
        parser.add_argument("action", choices=["add"])
        parser.add_argument("name")
        parser.add_argument("--scope", action="append", required=True, help="read, write or all; several times for several")
        parser.add_argument("--for", dest="employee", default="", help="name, e-mail address or id of an employee")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        """A program may speak to the API."""
        scopes = tuple(scope for given in options["scope"] for scope in given.split(","))
        try:
            employee = employee_named(options["employee"]) if options["employee"] else None
            secret = make_token(options["name"], scopes=scopes, now=now(), employee=employee)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps({"token": secret}) if options["json"] else secret)
