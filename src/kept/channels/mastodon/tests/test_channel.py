"""Every mention is read once, in order, whatever the server's pages look like; answers stand where the question stood."""

from datetime import UTC, datetime

import pytest

from kept.channels.base import Handle, NotSetUp, TryLater, Undeliverable
from kept.channels.contract import an_answer
from kept.channels.mastodon.channel import MastodonChannel
from kept.channels.mastodon.form import MastodonSettings
from kept.channels.mastodon.tests.counterpart import a_mastodon_server

AT = "2026-06-01T10:00:00Z"


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_mastodon_server() as server:
        yield server


@pytest.fixture
def channel(there):
    return MastodonChannel(there.settings)


def words(channel, raws):
    return [channel.parse(raw)[0].text for raw in raws]


def test_mentions_come_oldest_first_over_all_pages_and_from_where_we_were(there, channel):
    for number in range(100):
        there.says("mary@tooter.example", f"chairs {number}", at=AT)
    found = list(channel.collect())
    assert words(channel, found) == [f"@marlow chairs {number}" for number in range(100)]
    assert words(channel, channel.collect(found[97].envelope["cursor"])) == ["@marlow chairs 98", "@marlow chairs 99"]
    assert list(channel.collect(found[-1].envelope["cursor"])) == []


def test_what_the_hourly_look_finds_again_has_the_same_key(there, channel):
    for number in range(90):
        there.says("mary@tooter.example", f"chairs {number}", at=AT if number else "2026-05-01T10:00:00Z")
    polled = [channel.dedupe_key(raw) for raw in channel.collect()]
    again = [channel.dedupe_key(raw) for raw in channel.reconcile(datetime(2026, 5, 30, tzinfo=UTC))]
    assert sorted(again) == sorted(polled[1:])


def test_an_answer_stands_under_their_post_and_a_second_try_makes_no_second(there, channel):
    asked = there.says("mary@tooter.example", "chairs?", at=AT)
    out = an_answer(to=Handle("mastodon", "mary@tooter.example"), text="Tomorrow.", references=(f"{there.host}/{asked}",))
    assert channel.send(out) == channel.send(out)
    ours = [one for one in there.posts.values() if one["account"]["acct"] == "marlow"]
    assert [(one["content"], one["in_reply_to_id"], one["visibility"]) for one in ours] == [
        ("@mary@tooter.example Tomorrow.", asked, "public")
    ]


def test_a_private_word_is_direct(there, channel):
    channel.send(an_answer(to=Handle("mastodon", "mary@tooter.example"), is_private=True))
    assert [one["visibility"] for one in there.posts.values()] == ["direct"]


def test_to_a_post_that_is_gone_nothing_can_be_answered(there, channel):
    with pytest.raises(Undeliverable, match="Record not found"):
        channel.send(an_answer(to=Handle("mastodon", "mary@tooter.example"), references=(f"{there.host}/7",)))
    with pytest.raises(Undeliverable):
        channel.send(an_answer())


def test_a_look_counts_those_who_passed_it_on_and_finds_edits_and_deletions(there, channel):
    one, two = there.says("mary@tooter.example", "one", at=AT), there.says("mary@tooter.example", "two", at=AT)
    there.passes_on(one, 90)
    there.passes_on(one, 2)
    there.edits(one, "@marlow one, and three weeks", at="2026-06-01T11:00:00Z")
    there.deletes(two)
    seen = list(channel.look([f"{there.host}/{one}", f"{there.host}/{two}", "elsewhere.example/3"]))
    assert [(post.reach, post.followers, post.reposts) for post in seen] == [(100, 8, 2), (None, None, None)]
    changes = [channel.parse(post.changed)[0] for post in seen]
    assert [(change.kind, change.text) for change in changes] == [("edit", "@marlow one, and three weeks"), ("delete", "")]


def test_too_often_and_a_token_that_is_no_longer_taken_are_said(there, channel):
    there.answers_with = 429
    with pytest.raises(TryLater) as trouble:
        list(channel.collect())
    assert trouble.value.after
    there.answers_with = 0
    assert channel.problems() == []
    assert "token" in MastodonChannel({**there.settings, "token": "old"}).problems()[0]
    assert "belongs to @marlow" in MastodonChannel({**there.settings, "address": "@other@mastodon.example"}).problems()[0]
    assert "500 characters" in MastodonChannel({**there.settings, "length": "900"}).problems()[0]
    with pytest.raises(NotSetUp):
        list(MastodonChannel({**there.settings, "token": ""}).collect())


@pytest.mark.parametrize(
    ("server", "address", "is_fine"),
    [
        ("https://Mastodon.example/", "Marlow@mastodon.example", True),
        ("mastodon.example", "@marlow@mastodon.example", True),
        ("https://mastodon.example/@marlow", "@marlow@mastodon.example", False),
        ("https://mastodon.example", "marlow", False),
        ("https://u:p@mastodon.example", "@marlow@mastodon.example", False),
        ("https://[", "@marlow@mastodon.example", False),
    ],
)
def test_settings_are_put_into_one_spelling_or_refused(server, address, is_fine):
    form = MastodonSettings({"server": server, "address": address, "token": "t"})
    assert form.is_valid() == is_fine
    if is_fine:
        assert (form.cleaned_data["server"], form.cleaned_data["address"]) == (
            "https://mastodon.example",
            "@marlow@mastodon.example",
        )
