"""Kept as a Django app: one label, one migration history."""

from django.apps import AppConfig


class KeptConfig(AppConfig):
    """The whole house; models of its folders are listed in kept/models.py."""

    name = "kept"
    label = "kept"
    verbose_name = "Kept"
