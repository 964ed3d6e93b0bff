"""Makes Django see the mail channel."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    """The mail channel as a Django app without models."""

    name = "kept.channels.email"
    label = "channel_email"
