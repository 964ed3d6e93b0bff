"""Styles, script and icons where the server finds them: hashed, compressed, and gathered again only when they changed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

THEIRS = ("django", "django-htmx", "django-allauth", "whitenoise")


def gather() -> None:
    """STATIC_ROOT holds what this version needs."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    seen = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in THEIRS).encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                seen.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return seen.hexdigest()
