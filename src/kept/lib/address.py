"""Where this house is reached from outside."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings


def base_url() -> str:
    """KEPT_BASE_URL, else the address that `./kept run` wrote into its data folder; without a slash at the end."""
    if settings.BASE_URL:
        return str(settings.BASE_URL)
    written = settings.DATA / "address"
    try:
        return _read(written, written.stat().st_mtime_ns)
    except OSError:
        return "http://127.0.0.1:8000"


@lru_cache(maxsize=4)
def _read(written: Path, _changed_at: int) -> str:
    return written.read_text(encoding="utf-8").strip()
