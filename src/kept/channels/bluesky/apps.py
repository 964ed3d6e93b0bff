"""Makes Django see the Bluesky channel."""

from django.apps import AppConfig


class BlueskyConfig(AppConfig):
    """The Bluesky channel as a Django app without models."""

    name = "kept.channels.bluesky"
    label = "channel_bluesky"
