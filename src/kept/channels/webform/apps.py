"""Makes Django see the form channel."""

from django.apps import AppConfig


class WebformConfig(AppConfig):
    """The form channel as a Django app without models."""

    name = "kept.channels.webform"
    label = "channel_webform"
