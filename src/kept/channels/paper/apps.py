"""Makes Django see the channel of paper."""

from django.apps import AppConfig


class PaperConfig(AppConfig):
    """The channel of paper as a Django app without models."""

    name = "kept.channels.paper"
    label = "channel_paper"
