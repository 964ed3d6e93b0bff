"""The written-down channel keeps to the contract of all channels."""

from kept.channels.by_hand.channel import ByHandChannel
from kept.channels.contract import ChannelContract


class TestContract(ChannelContract):
    channel = ByHandChannel
