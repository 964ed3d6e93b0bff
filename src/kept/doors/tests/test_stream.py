"""What is said in public is kept as it is said, once, whatever breaks; whom we watch is one matter and is not spoken to."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest

from kept.accounts.opening import add_account, open_account
from kept.accounts.translating import channel_of
from kept.cases.models import Case, Duty, Message
from kept.channels.base import TryLater
from kept.channels.bluesky.tests.counterpart import a_bluesky_server, a_jetstream
from kept.channels.mastodon.tests.counterpart import a_mastodon_server, a_stream
from kept.doors.feed import Rounds, go_round
from kept.doors.mailboxes import Watcher
from kept.doors.stream import CURSOR, hear, listen
from kept.intake.accepting import rest
from kept.intake.models import Arrival
from kept.lib.clock import now
from kept.timeline.happenings import Happened
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sky(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_bluesky_server() as server, a_jetstream(server):
        yield server
    rest()


@pytest.fixture
def account(marlow, sky):
    marlow.clock.now = now()
    wanted = {**sky.settings, "stream": sky.stream, "names": "Marlow", "watched": "@parody.test"}
    added = add_account("bluesky", name="Bluesky", now=marlow.clock.now, settings=wanted).account
    open_account(added, by=marlow.ines, now=marlow.clock.now)
    return added


def mutters(sky, who, text, **more):
    return sky.mutters(who, text, at=now().isoformat(), **more)


@contextmanager
def listening(account, stop=None):
    stop = stop or threading.Event()
    thread = threading.Thread(target=listen, args=(account.pk, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def until(is_so):
    for _try in range(400):
        if is_so():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


def arrivals(account):
    return Arrival.objects.filter(account=account).count()


def hears(marlow, sky, account, many):
    """Listens until so many have arrived, and they are filed."""
    with listening(account):
        until(lambda: arrivals(account) >= many)
    marlow.clock.now = now()
    marlow.files()


def begin(sky, account):
    """Somebody speaks, and the stream has a cursor."""
    account.cursors = {CURSOR: f"127.0.0.1:{sky.stream_port} {int(now().timestamp() * 1e6)} {now().isoformat()}"}
    account.save(update_fields=["cursors"])


def test_a_thousand_posts_over_a_stream_that_breaks_and_a_poll_beside_it_none_lost_none_twice(marlow, sky, account, monkeypatch):
    monkeypatch.setattr("kept.doors.stream.RETRY", (0.05,))
    begin(sky, account)
    sky.breaks_after, rounds, stop = 60, Rounds(), threading.Event()
    with listening(account, stop):
        for number in range(1000):
            if number % 10:
                mutters(sky, f"somebody{number % 20}", f"Marlow, word {number}")
            else:
                sky.says(f"somebody{number % 20}", f"Marlow, word {number}", at=now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
            if number % 100 == 99:
                fresh = type(account).objects.get(pk=account.pk)
                sky_is_down = number % 300 == 299
                try:
                    sky.answers_nothing = sky_is_down
                    go_round(fresh, rounds, stop)
                except TryLater:
                    assert sky_is_down
                finally:
                    sky.answers_nothing = False
        until(lambda: arrivals(account) >= 1000)
    channel = channel_of(account)
    go_round(type(account).objects.get(pk=account.pk), Rounds(), stop)
    texts = [channel.parse(raw_of(one))[0].text for one in Arrival.objects.filter(account=account)]
    assert sorted(texts) == sorted(f"Marlow, word {number}" for number in range(1000))


def raw_of(arrival):
    from kept.channels.base import Raw

    return Raw(arrival.bytes, arrival.envelope, arrival.reached_us_at)


def test_whoever_names_us_in_passing_has_a_matter_with_a_clock_and_a_person_answers(marlow, sky, account):
    begin(sky, account)
    mutters(sky, "mary", "two weeks, and MARLOW does not say where my chairs are")
    hears(marlow, sky, account, 1)
    case = Case.objects.get()
    assert case.is_silent and case.customer.identities.get().shown == "@mary.test"
    assert Duty.objects.get(case=case, done_at__isnull=True).kind == "acknowledge_by_hand"


def test_what_a_watched_account_posts_is_one_matter_that_nobody_has_to_say_anything_to(marlow, sky, account):
    begin(sky, account)
    mutters(sky, "parody", "we love to let you wait")
    mutters(sky, "parody", "waiting is the new hurry")
    hears(marlow, sky, account, 2)
    case = Case.objects.get()
    assert str(case) == "Watched: @parody.test" and case.messages.count() == 2
    assert not Message.objects.filter(is_theirs=False).exists()
    assert not Duty.objects.filter(case=case).exists()
    assert {one.facts["why"] for one in Event.objects.filter(kind=Happened.NOT_ACKNOWLEDGED)} == {"watched"}


def test_a_post_taken_back_is_gone_here_in_the_same_moment_and_a_strangers_is_none_of_ours(marlow, sky, account):
    begin(sky, account)
    post = mutters(sky, "mary", "Marlow has my number 4471")
    other = mutters(sky, "ann", "good morning")
    hears(marlow, sky, account, 1)
    sky.deletes(other, at=now().isoformat())
    sky.deletes(post, at=now().isoformat())
    hears(marlow, sky, account, 2)
    assert [word.text for word in Case.objects.get().messages.all()] == ["They took this post back."]
    assert arrivals(account) == 2


def test_what_the_stream_forgot_is_said_and_searched_for(marlow, sky, account):
    begin(sky, account)
    start = now() - timedelta(hours=30)
    account.cursors = {CURSOR: f"127.0.0.1:{sky.stream_port} {int(start.timestamp() * 1e6)} {start.isoformat()}"}
    account.save(update_fields=["cursors"])
    sky.mutters("mary", "Marlow, are you there?", at=(now() - timedelta(hours=20)).isoformat())
    mutters(sky, "ann", "good morning")
    sky.forgets_before = sky.told[-1]["time_us"]
    hears(marlow, sky, account, 1)
    assert Event.objects.filter(kind=Happened.STREAM_MISSED).count() == 1
    assert arrivals(account) == 1


def test_asking_and_listening_keep_each_their_own_place(marlow, sky, account):
    begin(sky, account)
    stale = type(account).objects.get(pk=account.pk)
    mutters(sky, "ann", "good morning")
    sky.says("mary", "where are my chairs?", at=now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    go_round(account, Rounds(), threading.Event())
    stop = threading.Event()
    stop.set()
    hear(stale, channel_of(stale), stop)
    assert set(type(account).objects.get(pk=account.pk).cursors) == {"feed", "stream"}


def test_an_account_with_a_stream_has_somebody_at_each_of_both_legs_and_they_stop_together(marlow, sky, account):
    begin(sky, account)
    watcher = Watcher(account).begin()
    try:
        assert sorted(thread.name.rpartition("-")[2] for thread in watcher.threads) == sorted([str(account.pk), "stream"])
        mutters(sky, "mary", "Marlow is late")
        until(lambda: arrivals(account) == 1)
    finally:
        watcher.stop.set()
        for thread in watcher.threads:
            thread.join()
    assert watcher.is_gone


def test_a_thousand_mentions_by_a_stream_without_memory_and_by_asking_none_lost_none_twice(marlow, settings, monkeypatch):
    """Mastodon's: both legs run as in a running house, the stream breaks often, and each fourth request is cut off."""
    monkeypatch.setattr("kept.doors.stream.RETRY", (0.05,))
    monkeypatch.setattr("kept.doors.feed.RETRY", (0.05,))
    monkeypatch.setattr("kept.doors.feed.ASK_EVERY", 0.2)
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_mastodon_server() as there, a_stream(there):
        wanted = {**there.settings, "names": "Marlow"}
        added = add_account("mastodon", name="Mastodon", now=marlow.clock.now, settings=wanted).account
        there.breaks_after, there.breaks_down_each = 50, 4
        watcher = Watcher(added).begin()
        try:
            for number in range(1000):
                there.says(f"somebody{number % 20}@tooter.example", f"word number {number}", at=now().isoformat())
                if number % 20 == 19:
                    threading.Event().wait(0.02)
            there.breaks_down_each = 0
            until(lambda: arrivals(added) >= 1000)
        finally:
            watcher.stop.set()
            for thread in watcher.threads:
                thread.join()
        assert there.sent > 50, "the stream had its part in it"
        channel = channel_of(added)
        texts = [channel.parse(raw_of(one))[0].text for one in Arrival.objects.filter(account=added)]
        assert sorted(texts) == sorted(f"@marlow word number {number}" for number in range(1000))
    rest()
