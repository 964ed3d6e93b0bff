"""Only the program that shares our secret can put words into a customer's mouth."""

from datetime import timedelta

import pytest

from kept.channels.base import Forged, Raw
from kept.channels.contract import NOON
from kept.channels.program.channel import ProgramChannel
from kept.channels.program.signing import sign

BODY = b'{"text": "Cold again.", "external_id": "r-1"}'
SECRET = "whsec_" + "a2VwdC1rZXB0LWtlcHQta2VwdA=="


def signed(body=BODY, *, secret=SECRET, sent_at=NOON, **changed):
    stamp = str(int(sent_at.timestamp()))
    signature = f"v1,{sign(body, identity='msg_1', stamp=stamp, secret=secret)}"
    headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}
    return Raw(body, headers | changed, NOON)


def test_a_known_signature_is_made_as_the_standard_says():
    # The value by an independent tool: openssl dgst -sha256 -hmac kept-kept-kept-kept -binary | base64
    assert sign(b"{}", identity="msg_1", stamp="1780315200", secret=SECRET) == "5/D5FE0nVJJHg67wCWLfDyHPTZtnDAE8vO6/8oXsNXU="


def test_a_signed_post_passes():
    ProgramChannel({"secret": SECRET}).prove(signed())


def test_the_old_secret_passes_while_it_is_changed():
    ProgramChannel({"secret": f"new-secret {SECRET}"}).prove(signed())


def test_one_right_signature_among_several_passes():
    good = signed().envelope["webhook-signature"]
    ProgramChannel({"secret": SECRET}).prove(signed(**{"webhook-signature": f"v1,bm8= v2,xyz {good}"}))


def test_without_a_secret_there_is_nothing_to_prove():
    ProgramChannel({}).prove(Raw(BODY, {}, NOON))


@pytest.mark.parametrize(
    "raw",
    [
        Raw(BODY, {}, NOON),
        signed(secret="another"),
        signed(sent_at=NOON - timedelta(minutes=6)),
        signed(sent_at=NOON + timedelta(minutes=6)),
        signed(**{"webhook-id": "msg_2"}),
        signed(**{"webhook-timestamp": "soon"}),
        signed(**{"webhook-timestamp": "9" * 40}),
        signed(**{"webhook-signature": "v1,ü"}),
        signed(**{"webhook-signature": ""}),
        Raw(BODY.replace(b"Cold", b"Warm"), signed().envelope, NOON),
    ],
    ids=["unsigned", "other secret", "old", "early", "other id", "no time", "no real time", "not ASCII", "empty", "other words"],
)
def test_anything_else_is_forged(raw):
    with pytest.raises(Forged):
        ProgramChannel({"secret": SECRET}).prove(raw)


def test_a_webhook_told_twice_is_one_and_its_id_goes_before_the_reviews():
    channel = ProgramChannel({})
    assert channel.dedupe_key(signed()) == "webhook-id:msg_1"
    assert channel.dedupe_key(Raw(BODY, {}, NOON)) == "external:r-1"
    assert channel.dedupe_key(Raw(b'{"text": "Cold."}', {}, NOON)) == ""
    assert channel.dedupe_key(Raw(b"not json", {}, NOON)) == ""
