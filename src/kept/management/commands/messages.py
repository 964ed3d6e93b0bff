"""`./kept django messages`: collect every string shown to a person, bring src/kept/locale up to date, compile. Needs Babel."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

MARKS = "-k gettext_noop -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2"
"""What marks a string in our Python, beside the names that Babel knows."""
LOCALE = settings.LOCALE_PATHS[0]


class Command(BaseCommand):
    """Every language has an entry for each string; what is new in it is empty, and a house test names it."""

    help = "Bring the translations up to date."

    def handle(self, *args: object, **options: Any) -> None:
        """Collected, updated, compiled."""
        with tempfile.TemporaryDirectory() as folder:
            new = collect(Path(folder) / "django.pot")
            babel("update -D django -N --ignore-obsolete --ignore-pot-creation-date -w 120", f"-i{new}", f"-d{LOCALE}")
        babel("compile -D django", f"-d{LOCALE}")


def collect(into: Path) -> Path:
    """Every string of ours stands in that file."""
    babel(f"extract {MARKS} --no-location --sort-output", f"-F{LOCALE / 'babel.cfg'}", f"-o{into}", str(settings.ROOT))
    return into


def babel(options: str, *places: str) -> None:
    """Babel has done it. Only developers have it: it is not in requirements.lock."""
    try:
        from babel.messages.frontend import CommandLineInterface
    except ImportError:
        raise CommandError("Babel is not installed: ./kept check installs what developers need.") from None
    CommandLineInterface().run(["pybabel", "-q", *options.split(), *places])  # type: ignore[no-untyped-call]
