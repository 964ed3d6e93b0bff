"""Whoever names us without telling us is heard in the same moment; a stream that broke goes on where it was."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.channels.base import TryLater, Undeliverable
from kept.channels.bluesky.channel import BlueskyChannel
from kept.channels.bluesky.form import JETSTREAM, BlueskySettings
from kept.channels.bluesky.listening import asked
from kept.channels.bluesky.picking import why_ours
from kept.channels.bluesky.tests.counterpart import US, a_bluesky_server, a_jetstream
from kept.channels.bluesky.told import Refused, from_firehose, from_jetstream

TEN = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_bluesky_server() as server, a_jetstream(server):
        yield server


@pytest.fixture
def channel(there):
    wanted = {"stream": there.stream, "names": "Marlow\nGreen Glasses", "watched": "@parody.test"}
    return BlueskyChannel({**there.settings, **wanted})


def at(minutes):
    return (TEN + timedelta(minutes=minutes)).isoformat()


def hear(channel, after="", *, many, holds=lambda _id: False):
    """So many posts from the stream, and the cursor after them."""
    found = []
    for heard in channel.listen(after, holds=holds):
        if heard.raw is not None:
            found.append(heard.raw)
        elif len(found) >= many:
            return found, heard.after
    raise AssertionError("the stream ended")


def begin(there):
    """A cursor from before anything was said."""
    there.mutters("somebody", "good morning", at=at(-1))
    return f"127.0.0.1:{there.stream_port} {there.told[-1]['time_us'] - 1} {at(-1)}"


def words(channel, raws):
    return [channel.parse(raw)[0].text for raw in raws]


def test_a_name_in_passing_an_answer_and_a_watched_account_are_heard_and_nothing_else(there, channel):
    start = begin(there)
    ours = there._post(US, "open until ten", None)
    there.mutters("mary", "two weeks and MÄRLOW says nothing", at=at(0))
    there.mutters("ann", "marlowe was a writer", at=at(1))
    there.mutters("john", "really?", at=at(2), reply={"parent": {"uri": ours}, "root": {"uri": ours}})
    there.mutters("parody", "we at m-a-r-l-o-w love waiting", at=at(3))
    there.mutters("parody", "no, you", at=at(4), reply={"parent": {"uri": "at://did:plc:ann/x/1"}})
    there.mutters("mary", "the green  glasses broke", at=at(5))
    raws, _after = hear(channel, start, many=4)
    assert words(channel, raws) == [
        "two weeks and MÄRLOW says nothing",
        "really?",
        "we at m-a-r-l-o-w love waiting",
        "the green  glasses broke",
    ]
    watched = channel.parse(raws[2])[0]
    assert (watched.subject, watched.may_acknowledge) == ("Watched: @parody.test", False)
    assert [key.value for key in watched.thread_keys] == ["watched did:plc:parody"]
    assert channel.parse(raws[0])[0].sender[0].shown == "@mary.test"


def test_what_is_told_by_stream_search_and_notification_has_one_key(there, channel):
    start = begin(there)
    there.says("mary", "Marlow, where are my chairs?", at=at(0))
    there.mutters("ann", "Marlow is late again", at=at(1))
    there.mutters("parody", "late is the new early", at=at(2))
    raws, _after = hear(channel, start, many=3)
    again = [channel.dedupe_key(raw) for raw in channel.reconcile(TEN - timedelta(hours=1))]
    assert sorted(set(again)) == sorted(channel.dedupe_key(raw) for raw in raws)


@pytest.mark.parametrize(
    "why",
    [
        {"error": "BlockedByActor", "message": "Requester is blocked by actor: did:plc:marlowe"},
        {"error": "InvalidRequest", "message": "Profile not found"},
    ],
)
def test_a_watched_account_that_is_gone_or_keeps_us_out_hides_nothing_of_what_others_say(there, channel, why):
    marys = there.mutters("mary", "Marlow is late again", at=at(0))
    parodys = there.mutters("parody", "late is the new early", at=at(1))
    others = BlueskyChannel({**channel.settings, "watched": "@marlowe.test\n@parody.test"})
    there.pages_not_shown["did:plc:marlowe"] = why
    found = [others.parse(raw)[0].external_id for raw in others.reconcile(TEN - timedelta(hours=1))]
    assert sorted(found) == sorted([marys, parodys])


def test_a_stream_that_breaks_in_the_middle_loses_nothing(there, channel):
    after = begin(there)
    for number in range(60):
        there.mutters("mary", f"Marlow {number}", at=at(number / 100))
    there.breaks_after = 7
    heard: list[str] = []
    while len(set(heard)) < 60:
        with pytest.raises(TryLater):
            for one in channel.listen(after):
                heard += [channel.dedupe_key(one.raw)] if one.raw else []
                after = one.after
    assert len(set(heard)) == 60


def test_what_was_forgotten_between_is_said_once(there, channel):
    start = begin(there)
    there.mutters("mary", "Marlow at noon", at=at(120))
    there.mutters("mary", "Marlow at one", at=at(180))
    there.forgets_before = there.told[1]["time_us"]
    gaps = []
    for heard in channel.listen(start):
        gaps += [heard.missed_since] if heard.missed_since else []
        if heard.raw and "at one" in heard.raw.body.decode():
            break
    assert gaps == [datetime.fromisoformat(at(-1))]


def test_a_change_is_another_version_and_only_what_we_hold_is_told_as_gone(there, channel):
    start = begin(there)
    post = there.mutters("mary", "Marlow is late", at=at(0))
    other = there.mutters("ann", "nothing to do with it", at=at(1))
    there.changes(post, "Marlow was late, all is well", at=at(2))
    there.deletes(other, at=at(3))
    there.deletes(post, at=at(4))
    raws, _after = hear(channel, start, many=3, holds=lambda uri: uri == post)
    assert [channel.parse(raw)[0].kind for raw in raws] == ["word", "edit", "delete"]
    assert len({channel.dedupe_key(raw) for raw in raws}) == 3
    assert channel.parse(raws[1])[0].thread_keys[0].value == post


def test_a_cursor_of_another_stream_is_not_asked_for(there, channel):
    there.mutters("mary", "Marlow long ago", at=at(0))
    for _heard in channel.listen("elsewhere.example 17 " + at(0)):
        if there.opened:
            break
    assert "cursor" not in there.opened[0] and "wantedCollections=app.bsky.feed.post" in there.opened[0]


def test_the_address_says_what_is_wanted_and_from_where():
    assert asked(JETSTREAM, 5).endswith("/subscribe?wantedCollections=app.bsky.feed.post&cursor=5")
    assert asked("wss://pds.example/xrpc/com.atproto.sync.subscribeRepos", None).endswith("subscribeRepos")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, JETSTREAM),
        ("", "off"),
        ("off", "off"),
        ("pds.example", "wss://pds.example/xrpc/com.atproto.sync.subscribeRepos"),
        ("wss://Stream.example/subscribe", "wss://stream.example/subscribe"),
        ("https://stream.example", None),
    ],
)
def test_a_stream_is_the_usual_one_another_or_none(typed, kept):
    form = BlueskySettings({"address": "@marlow.test", **({} if typed is None else {"stream": typed})})
    assert form.is_valid() == (kept is not None)
    assert kept is None or form.cleaned_data["stream"] == kept


def test_a_name_in_every_second_post_is_refused():
    form = BlueskySettings({"address": "@marlow.test", "names": "Marlow\r\n\r\nit", "watched": "Parody.test"})
    assert "it is too short" in str(form.errors["names"])
    assert form.cleaned_data["watched"] == "@parody.test"


@given(st.recursive(st.none() | st.text() | st.integers(), lambda more: st.lists(more) | st.dictionaries(st.text(), more)))
def test_whatever_stands_in_a_post_it_is_either_ours_or_not(said):
    record = said if isinstance(said, dict) else {"reply": said, "facets": said, "embed": said, "text": said}
    assert why_ours(record, writer="did:a", ours="did:us", names="Marlow", watched={}) in {"", "kept.named", "mention"}


@given(st.binary(max_size=200))
def test_a_broken_frame_is_refused_or_says_nothing(frame):
    with suppress(Refused):
        assert all(told.uri for told in from_firehose(frame) if told.action)
    assert list(from_jetstream(frame)) == []


def test_what_cannot_be_heard_is_said_when_it_is_tried(there, channel):
    assert channel.problems() == []
    deaf = BlueskyChannel({**channel.settings, "watched": "@nobody.test", "stream": "ws://127.0.0.1:9/subscribe"})
    nobody, silence = deaf.problems()
    assert "knows no account @nobody.test" in nobody and "we only ask" in silence


def test_a_stream_that_is_not_there_is_said(there, channel):
    closed = BlueskyChannel({**channel.settings, "stream": "ws://127.0.0.1:9/subscribe"})
    with pytest.raises(TryLater, match="does not answer"):
        list(closed.listen())
    with pytest.raises((TryLater, Undeliverable), match="reached by https"):
        list(BlueskyChannel({**channel.settings, "stream": "ws://stream.example/subscribe"}).listen())
