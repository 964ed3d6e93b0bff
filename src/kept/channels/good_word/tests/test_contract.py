"""The channel of good words keeps to the contract of all channels."""

from kept.channels.contract import ChannelContract
from kept.channels.good_word.channel import GoodWordChannel


class TestContract(ChannelContract):
    channel = GoodWordChannel
