"""What is special about forms: they are posted twice, from anywhere, by anyone."""

from datetime import UTC, datetime

import pytest

from kept.channels.base import Raw, Unreadable
from kept.channels.webform.channel import WebformChannel

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CHANNEL = WebformChannel({})


def test_pressing_send_twice_is_one_post_and_writing_again_is_another():
    first = Raw(b"message=Cold", {"form-nonce": "n-1"}, NOON)
    assert CHANNEL.dedupe_key(first) == CHANNEL.dedupe_key(Raw(b"message=Cold", {"form-nonce": "n-1"}, NOON))
    assert CHANNEL.dedupe_key(first) != CHANNEL.dedupe_key(Raw(b"message=Cold", {"form-nonce": "n-2"}, NOON))
    assert CHANNEL.dedupe_key(Raw(b"message=Cold", {}, NOON)) == ""


def test_a_poster_cannot_pass_its_key_off_as_our_token():
    ours, theirs = Raw(b"", {"form-nonce": "n-1"}, NOON), Raw(b"", {"idempotency-key": "n-1"}, NOON)
    assert CHANNEL.dedupe_key(ours) != CHANNEL.dedupe_key(theirs)


def test_nobody_proves_an_address_by_typing_a_field():
    posted = Raw(b"message=Cold&email=mary@example.org&proven-email=mary@example.org&case-key=c1", {}, NOON)
    incoming = CHANNEL.parse(posted)[0]
    assert not incoming.sender[0].proven
    assert incoming.case_key == ""


def test_the_page_that_mailed_a_link_proves_only_that_address():
    other = Raw(b"message=Cold&email=john@example.org", {"proven-email": "mary@example.org"}, NOON)
    assert not CHANNEL.parse(other)[0].sender[0].proven


def test_two_people_who_type_the_same_nonsense_are_not_one_customer():
    assert CHANNEL.parse(Raw(b"message=Cold&email=none&phone=none", {}, NOON))[0].sender == ()


@pytest.mark.parametrize("body", [b"", b"&&&=", b"x=1&" * 5000])
def test_a_post_with_none_of_the_fields_is_left_to_a_person(body):
    with pytest.raises(Unreadable):
        CHANNEL.parse(Raw(body, {"content-type": "application/x-www-form-urlencoded"}, NOON))
