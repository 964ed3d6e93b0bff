"""Makes Django see the written-down channel."""

from django.apps import AppConfig


class ByHandConfig(AppConfig):
    """The written-down channel as a Django app without models."""

    name = "kept.channels.by_hand"
    label = "channel_by_hand"
