"""A draw that nobody can foresee or choose, and that comes out the same however often it is made."""

from __future__ import annotations

import hmac

from django.conf import settings


def is_drawn(what: str, *, one_in: int) -> bool:
    """True for about one in so many; which ones, only this installation's key decides."""
    drawn = hmac.digest(settings.SECRET_KEY.encode(), b"kept.lib.drawing:" + what.encode(), "sha256")
    return int.from_bytes(drawn[:8], "big") % one_in == 0
