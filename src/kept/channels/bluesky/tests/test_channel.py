"""Every mention, reply and quote is told once, oldest first; the session is kept; answers know their thread."""

import re
from datetime import UTC, datetime

import pytest

from kept.channels.base import Handle, NotSetUp, TryLater, Undeliverable
from kept.channels.bluesky.channel import BlueskyChannel
from kept.channels.bluesky.form import BlueskySettings
from kept.channels.bluesky.naming import moment_of, record_key
from kept.channels.bluesky.tests.counterpart import a_bluesky_server
from kept.channels.contract import an_answer
from kept.lib.ids import new_id


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_bluesky_server() as server:
        yield server


@pytest.fixture
def channel(there):
    return BlueskyChannel(there.settings)


def speak(there, many):
    for number in range(many):
        there.says("mary", f"chairs {number}", at=f"2026-06-01T10:{number // 60:02}:{number % 60:02}.000Z")


def words(channel, raws):
    return [channel.parse(raw)[0].text for raw in raws]


def to_mary(**more):
    return an_answer(to=Handle("bluesky", "did:plc:mary"), message_id=f"{new_id().hex}@marlow.test", **more)


def test_notifications_come_oldest_first_over_all_pages_and_from_where_we_were(there, channel):
    speak(there, 120)
    there.says("mary", "a like", at="2026-06-01T11:00:00.000Z", reason="like")
    found = list(channel.collect())
    assert words(channel, found) == [f"chairs {number}" for number in range(120)]
    assert words(channel, channel.collect(found[117].envelope["cursor"])) == ["chairs 118", "chairs 119"]
    assert list(channel.collect(found[-1].envelope["cursor"])) == []


def test_what_the_hourly_look_finds_again_has_the_same_key(there, channel):
    speak(there, 70)
    keys = [channel.dedupe_key(raw) for raw in channel.collect()]
    again = [channel.dedupe_key(raw) for raw in channel.reconcile(datetime(2026, 6, 1, 10, 0, 30, tzinfo=UTC))]
    assert sorted(again) == sorted(keys[30:])


def test_one_session_is_kept_and_renewed_when_it_expires(there, channel):
    list(channel.collect())
    list(BlueskyChannel(there.settings).collect())
    assert there.sign_ins == 1
    there.tokens += 1  # ours has expired, and so has what would renew it
    list(channel.collect())
    assert there.sign_ins == 2


def test_an_answer_stands_in_its_thread_and_a_second_try_writes_the_same_post(there, channel):
    root = there.says("mary", "chairs?", at="2026-06-01T10:00:00.000Z")
    start = {"uri": root, "cid": f"cid-{root}"}
    asked = there.says("mary", "anybody?", at="2026-06-01T10:01:00.000Z", reply={"root": start, "parent": start})
    out = to_mary(text="Tomorrow.", references=(asked,))
    assert channel.send(out) == channel.send(out)
    ours = [post for uri, post in there.posts.items() if "marlow" in uri]
    assert [post["record"]["reply"] for post in ours] == [{"root": start, "parent": {"uri": asked, "cid": f"cid-{asked}"}}]


def test_to_a_post_that_is_gone_and_in_private_nothing_can_be_answered(there, channel):
    for out in (to_mary(references=("at://gone",)), to_mary(is_private=True), an_answer()):
        with pytest.raises(Undeliverable):
            channel.send(out)


def test_a_look_counts_those_who_passed_it_on_and_finds_what_was_taken_back(there, channel):
    one = there.says("mary", "one", at="2026-06-01T10:00:00.000Z")
    two = there.says("mary", "two", at="2026-06-01T10:00:01.000Z")
    there.passes_on(one, "ann", 90)
    del there.posts[two]
    seen = list(channel.look([one, two, "mastodon.example/7"]))
    assert [(post.reach, post.followers, post.reposts) for post in seen] == [(98, 8, 1), (None, None, None)]
    assert seen[0].changed is None and channel.parse(seen[1].changed)[0].kind == "delete"


def test_a_wrong_password_or_handle_is_said(there, channel):
    assert channel.problems() == []
    assert "app password" in BlueskyChannel({**there.settings, "password": "old"}).problems()[0]
    assert "belongs to @marlow.test" in BlueskyChannel({**there.settings, "address": "@other.test"}).problems()[0]
    with pytest.raises(NotSetUp):
        list(BlueskyChannel({**there.settings, "password": ""}).collect())
    there.on_listNotifications = lambda *_: (502, {})
    with pytest.raises(TryLater):
        list(channel.collect())


def test_a_key_is_a_tid_that_sorts_by_time_and_is_the_same_at_every_try():
    ids = [f"{millis:012x}7000{'8' * 16}@marlow.test" for millis in (1_780_000_000_000, 1_780_000_000_001, 1_790_000_000_000)]
    keys = [record_key(one) for one in ids]
    assert keys == sorted(keys) == [record_key(one) for one in ids]
    assert all(re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", key) for key in keys)
    assert moment_of(ids[0]) == datetime.fromtimestamp(1_780_000_000, UTC)


@pytest.mark.parametrize(
    ("address", "server", "is_fine"),
    [("Marlow.bsky.social", "", True), ("@marlow.bsky.social", "bsky.social", True), ("marlow", "", False), ("a b.c", "", False)],
)
def test_settings_are_put_into_one_spelling_or_refused(address, server, is_fine):
    form = BlueskySettings({"address": address, "server": server, "password": "p"})
    assert form.is_valid() == is_fine
    if is_fine:
        assert (form.cleaned_data["address"], form.cleaned_data["server"]) == ("@marlow.bsky.social", "https://bsky.social")
