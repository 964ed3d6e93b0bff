"""The generic channel keeps to the contract of all channels."""

from kept.channels.base import Raw
from kept.channels.contract import NOON, ChannelContract
from kept.channels.program.channel import ProgramChannel


class TestContract(ChannelContract):
    channel = ProgramChannel

    def forged(self):
        envelope = {
            "webhook-id": "msg_1",
            "webhook-timestamp": str(int(NOON.timestamp())),
            "webhook-signature": "v1,bm90IG91cnM=",
        }
        return ProgramChannel({"secret": "whsec_c2VjcmV0"}), Raw(b'{"text": "Cold."}', envelope, NOON)
