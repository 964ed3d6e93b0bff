"""The channel of customers' own stories keeps to the contract of all channels."""

from kept.channels.contract import ChannelContract
from kept.channels.own_story.channel import OwnStoryChannel


class TestContract(ChannelContract):
    channel = OwnStoryChannel
