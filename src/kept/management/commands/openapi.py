"""`./kept django openapi`: write the API's description anew, or with --check say whether the committed one is current."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kept.api.describing import COMMITTED, as_json, write_openapi
from kept.api.routes import api


class Command(BaseCommand):
    """The committed openapi.json says what the API does."""

    help = "Write src/kept/api/openapi.json."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look, if asked to."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail where it is not current")

    def handle(self, *args: object, **options: Any) -> None:
        """The description is written."""
        if options["check"]:
            if not COMMITTED.is_file() or COMMITTED.read_text(encoding="utf-8") != as_json(api):
                raise CommandError("openapi.json is not current: ./kept django openapi writes it.")
            return
        self.stdout.write(str(write_openapi(api)))
