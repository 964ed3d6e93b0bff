"""Where this house is reached from outside."""

from __future__ import annotations

from django.conf import settings


def base_url() -> str:
    """KEPT_BASE_URL, else the address that `./kept run` wrote into its data folder; without a slash at the end."""
    if settings.BASE_URL:
        return str(settings.BASE_URL)
    written = settings.DATA / "address"
    return written.read_text(encoding="utf-8").strip() if written.is_file() else "http://127.0.0.1:8000"
