"""`./kept doctor [--json]`: invariants and set-up, in plain words."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kept.audit.doctoring import examine
from kept.lib.clock import now


class Command(BaseCommand):
    """Exit 1 if anything is wrong."""

    help = "Say what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """For people or for programs."""
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--offline", action="store_true", help="try no connection to a mail server")

    def handle(self, *args: object, **options: Any) -> None:
        """Everything that is wrong was named."""
        found = examine(now(), try_connections=not options["offline"])
        if options["json"]:
            self.stdout.write(json.dumps({"healthy": not found, "findings": [asdict(one) for one in found]}))
        else:
            self.stdout.write("\n".join(one.says for one in found) or "All is well.")
        sys.exit(1 if found else 0)
