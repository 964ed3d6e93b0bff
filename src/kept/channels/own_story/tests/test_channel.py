"""What is special about stories of their own: what is no consent, which day it was, and whose address is proven."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from kept.channels.base import Handle, Raw
from kept.channels.on_our_pages import OwnStory
from kept.channels.own_story.channel import OwnStoryChannel

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def told(envelope: dict[str, str] | None = None, **fields: object) -> OwnStory:
    (incoming,) = OwnStoryChannel({}).parse(raw(envelope, **fields))
    assert incoming.story is not None
    return incoming.story


def raw(envelope: dict[str, str] | None = None, **fields: object) -> Raw:
    return Raw(json.dumps({"words": "I waited.", **fields}).encode(), envelope or {}, NOON)


@pytest.mark.parametrize("far", ["", "everywhere", None, ["public"]])
def test_who_says_nothing_about_how_far_it_may_go_has_allowed_nothing(far):
    assert told(far=far).scope == ""


def test_a_name_is_kept_back_unless_they_say_yes():
    assert not told(far="public").with_name
    assert not told(far="public", named="no").with_name
    assert told(far="public", named="yes").with_name


@pytest.mark.parametrize(
    ("on", "day"),
    [("2026-05-30", date(2026, 5, 30)), ("2026-06-05", None), ("yesterday", None), ("2026-02-31", None), ("", None)],
)
def test_the_day_is_theirs_unless_it_is_none_or_still_to_come(on, day):
    assert told(on=on).happened_on == day


def test_the_address_we_mailed_the_page_to_is_theirs():
    (incoming,) = OwnStoryChannel({}).parse(raw({"proven-email": "joan@petrie.example"}))
    assert incoming.sender == (Handle("email", "joan@petrie.example", proven=True),)
    (incoming,) = OwnStoryChannel({}).parse(raw({"proven-email": "joan@petrie.example"}, email="son@petrie.example"))
    assert incoming.sender == (Handle("email", "son@petrie.example"),)


def test_what_should_have_been_different_stands_in_the_words_of_the_matter_too():
    (incoming,) = OwnStoryChannel({}).parse(raw(different="A call before eight.", wish="The money back."))
    assert incoming.text == "I waited.\n\nA call before eight."
    assert incoming.wish == "The money back."


def test_pressing_twice_is_one_story():
    assert OwnStoryChannel({}).dedupe_key(raw({"form-nonce": "n-1"})) == "form:n-1"
    assert OwnStoryChannel({}).dedupe_key(raw()) == ""
