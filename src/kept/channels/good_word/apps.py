"""Makes Django see the channel of good words."""

from django.apps import AppConfig


class GoodWordConfig(AppConfig):
    """The channel of good words as a Django app without models."""

    name = "kept.channels.good_word"
    label = "channel_good_word"
