"""Makes Django see the channel of customers' own stories."""

from django.apps import AppConfig


class OwnStoryConfig(AppConfig):
    """The channel of customers' own stories as a Django app without models."""

    name = "kept.channels.own_story"
    label = "channel_own_story"
