"""Makes Django see the survey channel."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """The survey channel as a Django app without models."""

    name = "kept.channels.survey"
    label = "channel_survey"
