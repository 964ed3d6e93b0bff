"""Ids that leave the building: UUIDv7, made before the insert, opaque to the outside (docs: RFC 9562)."""

from __future__ import annotations

import uuid

import uuid_utils.compat as fast


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; ids made later in one process sort later."""
    return fast.uuid7()
