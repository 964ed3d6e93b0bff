"""Bluesky's own server, from npm: signing in, hearing customers by its firehose, answering, changes, and outages in between."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Message
from kept.channels.base import Handle, TryLater
from kept.channels.bluesky import session
from kept.channels.bluesky.channel import BlueskyChannel
from kept.channels.contract import an_answer
from kept.intake.accepting import rest
from kept.lib.ids import new_id
from tests.counterparts.bluesky.hearing import arrived, connected, files, listening, settings_for, words
from tests.counterparts.bluesky.pds import PASSWORD, a_data_server, mentions
from tests.counterparts.patience import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def there():
    with a_data_server() as server:
        yield server


@pytest.fixture(scope="module")
def us(there):
    return there.welcomes("marlow")


@pytest.fixture(scope="module")
def mary(there):
    return there.welcomes("mary")


@pytest.fixture(scope="module")
def parody(there):
    return there.welcomes("parody")


@pytest.fixture(scope="module")
def typed(there, us):
    return settings_for(there, us, watched="@parody.test")


@pytest.fixture
def wanted(typed, settings):
    settings.PRIVATE_HOSTS = ["localhost"]
    session.forget_sessions()
    return dict(typed)


@pytest.fixture
def account(marlow, wanted):
    yield connected(marlow, wanted)
    rest()


def test_it_lets_us_in_renews_our_session_and_says_when_the_password_is_wrong(there, us, wanted):
    channel = BlueskyChannel(wanted)
    first = session.signed_in(wanted)
    assert first.did == us.did
    renewed = session.signed_in(wanted, instead_of=first)
    assert (renewed.did, renewed.refresh == first.refresh) == (us.did, False)
    assert session.signed_in(wanted) is renewed
    assert not [says for says in channel.problems() if "app password" in says]
    wrong = BlueskyChannel({**wanted, "password": "wrong-wrong"})
    assert "app password" in wrong.problems()[0]


def test_whoever_signs_in_too_often_is_kept_out_and_one_session_is_enough_for_us(there, mary, wanted):
    theirs = {**wanted, "address": f"@{mary.handle}", "password": PASSWORD}
    for _time in range(60):
        session.signed_in(theirs)  # one session: the server counts one
    with pytest.raises(TryLater) as trouble:
        for _time in range(31):
            session.forget_sessions()
            session.signed_in(theirs)
    assert "429" in str(trouble.value) and trouble.value.after


def test_a_customer_is_heard_answered_and_heard_again_in_her_own_thread(there, us, mary, account, marlow):
    with listening(account, there, mary):
        asked = there.says(mary, "Two weeks now, and märlow does not say where my chairs are")
        eventually(arrived(account, 1))
        files(marlow)
        case = Case.objects.get()
        assert (case.media, case.is_silent) == ("post", True)
        marlow.answers(case, "They come on Friday.", medium="post")
        ours = there.posts_of(us.did)
        assert [one["value"]["reply"] for one in ours] == [{"root": asked, "parent": asked}]
        mine = {"uri": ours[0]["uri"], "cid": ours[0]["cid"]}
        there.says(mary, "Thank you", reply={"root": asked, "parent": mine})
        eventually(arrived(account, 2))
        files(marlow)
    assert [word.text for word in case.messages.filter(is_theirs=True)] == [
        "Two weeks now, and märlow does not say where my chairs are",
        "Thank you",
    ]


def test_a_second_try_writes_the_same_record(there, us, mary, wanted):
    asked = there.says(mary, "anybody there?")
    before = len(there.posts_of(us.did))
    to_mary = an_answer(
        to=Handle("bluesky", mary.did), text="Yes.", message_id=f"{new_id().hex}@marlow.test", references=(asked["uri"],)
    )
    channel = BlueskyChannel(wanted)
    assert channel.send(to_mary) == channel.send(to_mary)
    assert len(there.posts_of(us.did)) == before + 1


def test_a_mention_a_watched_account_a_change_and_a_post_taken_back(there, us, mary, parody, account, marlow):
    with listening(account, there, mary):
        text = f"secret number 4471, @{us.handle}"
        post = there.says(mary, text, **mentions(text, us))
        there.says(parody, "we love to let you wait")
        there.says(mary, "nothing about anybody")
        eventually(arrived(account, 2))
        files(marlow)
        there.changes(mary, post["uri"], "marlow, three weeks now")
        there.says(parody, "and wait")
        eventually(arrived(account, 4))
        files(marlow)
        there.takes_back(mary, post["uri"])
        eventually(arrived(account, 5))
        files(marlow)
    watched = Case.objects.get(subject__startswith="Watched: @parody.test")
    assert watched.messages.filter(is_theirs=True).count() == 2
    marys = Case.objects.exclude(pk=watched.pk).get()
    assert {word.text for word in marys.messages.filter(is_theirs=True)} == {"They took this post back."}
    assert not Message.objects.filter(is_theirs=False).exists(), "in public no machine speaks"


def test_a_hundred_posts_while_the_server_dies_and_comes_back_none_lost_none_twice(there, mary, account):
    with listening(account, there, mary):
        for number in range(100):
            if number in {20, 70}:
                there.kill()
                there.start()
            there.says(mary, f"Marlow, word {number}")
        eventually(arrived(account, 100), within=90)
    assert sorted(word.text for word in words(account)) == sorted(f"Marlow, word {number}" for number in range(100))
