"""Whoever names us without telling us is found by hashtag and search; the stream tells at once and never twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from kept.channels.base import TryLater
from kept.channels.mastodon.channel import MastodonChannel
from kept.channels.mastodon.form import MastodonSettings
from kept.channels.mastodon.picking import hashtags
from kept.channels.mastodon.tests.counterpart import a_mastodon_server, a_stream

TEN = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
MARY = "mary@tooter.example"


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_mastodon_server() as server, a_stream(server):
        yield server


@pytest.fixture
def channel(there):
    return MastodonChannel({**there.settings, "names": "Marlow\nGreen Glasses", "watched": "@parody@tooter.example"})


def at(minutes=0):
    return (TEN + timedelta(minutes=minutes)).isoformat()


def hear(there, channel, happens, *, many, holds=lambda _id: False):
    """What is heard of what happens once we listen."""
    began = threading.Event()

    def act():
        began.wait(10)
        happens()

    actor = threading.Thread(target=act)
    actor.start()
    found = []
    for heard in channel.listen(holds=holds):
        if any({"user", "hashtag marlow", "hashtag greenglasses"} <= streams for _line, streams in there.listeners):
            began.set()
        found += [heard.raw] if heard.raw else []
        if len(found) == many:
            break
    actor.join()
    return found


def read(channel, raws):
    return [(one.kind, one.text) for raw in raws for one in channel.parse(raw)]


def test_mentions_hashtags_edits_and_deletions_are_heard_as_they_happen(there, channel):
    def happens():
        one = there.says(MARY, "where are my chairs?", at=at())
        there.mutters(MARY, "Märlow again #marlow", at=at(1))
        there.mutters(MARY, "Marlow without a hashtag is for the search", at=at(2))
        there.edits(one, "@marlow where are my four chairs?", at=at(3))
        there.deletes(one)

    raws = hear(there, channel, happens, many=4, holds=lambda external_id: external_id.startswith(there.host))
    assert read(channel, raws) == [
        ("word", "@marlow where are my chairs?"),
        ("word", "Märlow again #marlow"),
        ("edit", "@marlow where are my four chairs?"),
        ("delete", ""),
    ]


def test_what_we_do_not_hold_is_changed_and_taken_back_without_us(there, channel):
    def happens():
        one = there.says(MARY, "where are my chairs?", at=at())
        there.edits(one, "else", at=at(3))
        there.deletes(one)
        there.says(MARY, "hello?", at=at(4))

    assert len(hear(there, channel, happens, many=2)) == 2


def test_what_is_told_by_stream_search_and_notification_has_one_key(there, channel):
    def happens():
        there.says(MARY, "Marlow, are you there?", at=at())
        there.mutters(MARY, "#Marlow is late", at=at(1))

    keys = {channel.dedupe_key(raw) for raw in hear(there, channel, happens, many=2)}
    again = {channel.dedupe_key(raw) for raw in channel.reconcile(TEN - timedelta(hours=1))}
    assert again == keys


def test_a_name_in_passing_and_a_watched_account_are_searched_for_over_all_pages(there, channel):
    there.mutters(MARY, "Marlow, long ago", at=at(-600))
    for number in range(90):
        there.mutters(MARY, f"#marlow {number}", at=at())
    there.mutters("ann@tooter.example", "the GREEN  glasses broke", at=at())
    there.mutters("ann@tooter.example", "marlowe was a writer", at=at())
    there.mutters("parody@tooter.example", "we love to let you wait", at=at())
    there.mutters("parody@tooter.example", "no, you", at=at(), answers="11")
    there.mutters("marlow", "Marlow is open", at=at())
    texts = {text for _kind, text in read(channel, channel.reconcile(TEN - timedelta(hours=1)))}
    rest = {"we love to let you wait"}
    assert texts == {f"#marlow {number}" for number in range(90)} | rest


def test_a_name_of_two_words_is_searched_for_as_it_is_written(there, channel):
    there.mutters("ann@tooter.example", "the Green Glasses broke", at=at())
    assert read(channel, channel.reconcile(TEN - timedelta(hours=1))) == [("word", "the Green Glasses broke")]


def test_a_watched_account_is_one_matter_and_nobody_has_to_tell_it_anything(there, channel):
    there.mutters("parody@tooter.example", "we love to let you wait", at=at())
    incoming = channel.parse(next(iter(channel.reconcile(TEN - timedelta(hours=1)))))[0]
    assert (incoming.subject, incoming.may_acknowledge) == ("Watched: @parody@tooter.example", False)
    assert incoming.thread_keys[-1].value == "watched parody@tooter.example"


def test_a_server_without_search_or_a_token_that_may_not_is_said_and_hashtags_are_found_all_the_same(there, channel):
    there.mutters(MARY, "late again #marlow", at=at())
    assert channel.problems() == []
    for answer in ("no", "not allowed"):
        there.searches = answer
        assert len(list(channel.reconcile(TEN - timedelta(hours=1)))) == 1
    assert "read:search" in channel.problems()[0]
    there.searches = "yes"
    nobody = MastodonChannel({**channel.settings, "watched": "@nobody@tooter.example"})
    assert "knows no account @nobody@tooter.example" in nobody.problems()[0]


def test_a_stream_that_refuses_or_breaks_is_said(there, channel):
    there.breaks_after = 1

    def happens():
        there.says(MARY, "one", at=at())

    with pytest.raises(TryLater, match="closed the stream"):
        hear(there, channel, happens, many=2)
    there.stream_port = 9
    with pytest.raises(TryLater, match="does not answer"):
        list(channel.listen())


def test_a_stream_can_be_switched_off_and_a_hashtag_is_one_word():
    assert MastodonChannel({}).streams() and not MastodonChannel({"stream": "off"}).streams()
    assert hashtags("Marlow\nGreen Glasses\n2026\nMARLOW") == ["marlow", "greenglasses"]
    form = MastodonSettings({"server": "m.example", "address": "@a@m.example", "stream": "off", "names": "Marlow"})
    assert form.is_valid() and form.cleaned_data["stream"] == "off"
