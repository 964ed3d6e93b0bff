"""The survey channel keeps to the contract of all channels."""

from kept.channels.contract import ChannelContract
from kept.channels.survey.channel import SurveyChannel


class TestContract(ChannelContract):
    channel = SurveyChannel
