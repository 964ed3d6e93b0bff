"""Makes Django see the generic channel."""

from django.apps import AppConfig


class ProgramConfig(AppConfig):
    """The generic channel as a Django app without models."""

    name = "kept.channels.program"
    label = "channel_program"
