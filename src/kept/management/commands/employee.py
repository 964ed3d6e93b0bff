"""`./kept employee add "Priya Nair" --email … --role …`: somebody works here."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from kept.lib.address import base_url
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.adding import add_employee
from kept.people.inviting import make_sign_in_link
from kept.people.models import Employee, Role


class Command(BaseCommand):
    """Prints a one-time sign-in link."""

    help = "Add an employee."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, address, role, team."""
        parser.add_argument("action", choices=["add"])
        parser.add_argument("name")
        parser.add_argument("--email", default="")
        parser.add_argument("--role", default="", choices=Role.values, help="employee, unless this is the first of us: admin")
        parser.add_argument("--team", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: str) -> None:
        """Added, and may sign in once with the printed link."""
        role = options["role"] or (Role.EMPLOYEE if Employee.objects.exists() else Role.ADMIN)
        try:
            employee = add_employee(options["name"], now=now(), email=options["email"], role=role, team=options["team"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        link = f"{base_url()}{reverse('sign_in_link', args=[make_sign_in_link(employee, now=now())])}"
        told = {"id": str(employee.public_id), "sign_in": link}
        self.stdout.write(
            json.dumps(told) if options["json"] else f"{employee.name} works here now. Sign in once, within a week: {link}"
        )
