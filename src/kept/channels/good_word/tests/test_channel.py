"""What is special about good words: whose address is proven, and what names one sending."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from kept.channels.base import Handle, Raw
from kept.channels.good_word.channel import GoodWordChannel

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def said(envelope: dict[str, str] | None = None, **fields: object) -> Raw:
    return Raw(json.dumps({"words": "She waited for us.", **fields}).encode(), envelope or {}, NOON)


def test_an_address_typed_by_anybody_proves_nothing():
    (incoming,) = GoodWordChannel({}).parse(said(email="joan@petrie.example"))
    assert incoming.sender == (Handle("email", "joan@petrie.example"),)


def test_the_address_we_mailed_the_page_to_is_theirs_even_when_they_type_none():
    (incoming,) = GoodWordChannel({}).parse(said({"proven-email": "joan@petrie.example"}))
    assert incoming.sender == (Handle("email", "joan@petrie.example", proven=True),)
    assert incoming.about is not None and incoming.about.wants_reply


def test_another_address_than_the_proven_one_stays_unproven():
    (incoming,) = GoodWordChannel({}).parse(said({"proven-email": "joan@petrie.example"}, email="son@petrie.example"))
    assert incoming.sender == (Handle("email", "son@petrie.example"),)


def test_nobody_who_left_no_address_is_promised_a_line_back():
    (incoming,) = GoodWordChannel({}).parse(said())
    assert incoming.about is not None and not incoming.about.wants_reply


def test_pressing_twice_is_one_and_a_page_without_our_token_is_always_new():
    assert GoodWordChannel({}).dedupe_key(said({"form-nonce": "n-1"})) == "form:n-1"
    assert GoodWordChannel({}).dedupe_key(said()) == ""
