"""Floor 2: translators between outside systems and Kept. They may import lib only, never a model, never each other."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.conf import settings

from kept.channels.base import Channel


@cache
def kinds() -> dict[str, type[Channel]]:
    """Every channel that settings.CHANNELS lists, by its kind."""
    found = {}
    for path in settings.CHANNELS:
        module, _, name = path.rpartition(".")
        channel: type[Channel] = getattr(import_module(module), name)
        found[channel.kind] = channel
    return found
