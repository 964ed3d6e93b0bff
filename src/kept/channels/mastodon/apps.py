"""Makes Django see the Mastodon channel."""

from django.apps import AppConfig


class MastodonConfig(AppConfig):
    """The Mastodon channel as a Django app without models."""

    name = "kept.channels.mastodon"
    label = "channel_mastodon"
