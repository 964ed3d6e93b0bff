"""The form channel keeps to the contract of all channels."""

from kept.channels.contract import ChannelContract
from kept.channels.webform.channel import WebformChannel


class TestContract(ChannelContract):
    channel = WebformChannel
