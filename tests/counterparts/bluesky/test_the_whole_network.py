"""A whole Bluesky network, from npm: what only those tell who index it. Who is told of us, how far a post reaches, and how soon.

Only with `--long`. It needs PostgreSQL, Redis, and the Node of the development lock, and fails where one of them is missing.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import count

import pytest

from kept.accounts.translating import channel_of
from kept.cases.models import Case, ReachReading
from kept.channels.base import Seen
from kept.channels.bluesky import session
from kept.doors import feed
from kept.intake.accepting import rest
from kept.intake.models import Arrival
from kept.lib.clock import now
from tests.counterparts.bluesky.hearing import (
    arrived,
    asking,
    asks,
    connected,
    files,
    listening,
    reasons,
    settings_for,
    told,
    words,
)
from tests.counterparts.bluesky.pds import mentions
from tests.counterparts.bluesky.whole_network import a_whole_network
from tests.counterparts.patience import eventually

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
MANY = 20
numbers = count(1)


@pytest.fixture(scope="module")
def there():
    with a_whole_network() as network:
        yield network


@pytest.fixture
def arrives(there):
    """Somebody whom that network has never heard of: what others were told before is not theirs."""
    return lambda name: there.welcomes(f"{name}{next(numbers)}")


@pytest.fixture
def us(arrives):
    return arrives("marlow")


@pytest.fixture
def mary(arrives):
    return arrives("mary")


@pytest.fixture
def ann(arrives):
    return arrives("ann")


@pytest.fixture
def parody(arrives):
    return arrives("parody")


@pytest.fixture
def account(marlow, there, us, parody, settings):
    settings.PRIVATE_HOSTS = ["localhost"]
    session.forget_sessions()
    yield connected(marlow, settings_for(there, us, watched=f"@{parody.handle}"))
    rest()


def mentions_us(there, somebody, us, text):
    """A post of theirs that begins with our name."""
    text = f"@{us.handle} {text}"
    return there.says(somebody, text, **mentions(text, us))


def seconds_until(happens):
    began = time.monotonic()
    eventually(happens)
    return time.monotonic() - began


def tell(capsys, what, waits):
    with capsys.disabled():
        print(
            f"\n{len(waits)} {what} after {statistics.median(waits):.2f} s (median), the slowest {max(waits):.2f} s", flush=True
        )


def test_a_customer_mentions_us_and_our_answer_stands_under_her_post_for_everybody(there, us, mary, ann, account, marlow):
    with asking(account):
        asked = mentions_us(there, mary, us, "where are my chairs?")
        eventually(arrived(account, 1))
        files(marlow)
        case = Case.objects.get()
        assert (case.media, case.is_silent) == ("post", True)
        marlow.answers(case, "They come on Friday.", medium="post")
        (answer,) = eventually(lambda: there.under(asked, seen_by=ann))
        assert answer["author"]["did"] == us.did
        assert answer["record"]["text"].startswith("They come on Friday.")
        there.says(mary, "Thank you", reply={"root": asked, "parent": {"uri": answer["uri"], "cid": answer["cid"]}})
        eventually(arrived(account, 2))
        files(marlow)
    assert reasons(account) == ["mention", "reply"]
    assert {word.sender[0].shown for word in words(account)} == {f"@{mary.handle}"}
    said = [word.text for word in case.messages.filter(is_theirs=True)]
    assert said == [f"@{us.handle} where are my chairs?", "Thank you"]


def test_how_far_a_post_reaches_is_followers_of_who_wrote_and_of_who_passed_it_on(there, us, mary, ann, arrives, account, marlow):
    bob = arrives("bob")
    post = mentions_us(there, mary, us, "where are my chairs?")
    eventually(told(account, 1))
    files(marlow)
    there.follows(ann, mary)
    there.follows(bob, ann)
    there.passes_on(ann, post)
    there.likes(bob, post)
    there.says(bob, "mine are late, too", reply={"root": post, "parent": post})
    channel = channel_of(account)
    known = Seen(post["uri"], followers=1, reposts=1, likes=1, replies=1, reach=2)
    eventually(lambda: list(channel.look([post["uri"]])) == [known])
    feed.look(account, channel, after=0)
    reading = ReachReading.objects.get()
    assert (reading.followers, reading.reposts, reading.likes, reading.replies, reading.reach) == (1, 1, 1, 1, 2)
    assert Case.objects.get().reach == 2


def test_whoever_quotes_us_is_heard(there, us, ann, account, marlow):
    ours = there.says(us, "The new chairs are in the window.")
    there.says(ann, "And ours?", embed={"$type": "app.bsky.embed.record", "record": ours})
    eventually(told(account, 1))
    files(marlow)
    assert reasons(account) == ["quote"]
    assert [word.text for word in Case.objects.get().messages.filter(is_theirs=True)] == ["And ours?"]


def test_whoever_only_names_us_is_heard_by_the_stream_where_nobody_is_told_of_it(there, mary, account, marlow):
    with listening(account, there, mary):
        post = there.says(mary, "Two weeks now, and Marlow does not say where my chairs are")
        eventually(arrived(account, 1))
        files(marlow)
    assert reasons(account) == ["kept.named"]
    assert [word.sender[0].shown for word in words(account)] == [f"@{mary.handle}"]
    assert Case.objects.get().is_silent
    eventually(lambda: there.shows(post, to=mary))
    asks(account)
    assert Arrival.objects.filter(account=account).count() == 1
    assert not list(channel_of(account).collect(""))


def found_by(account):
    """Posts of the last hour that our names and the pages of whom we watch lead to."""
    channel = channel_of(account)
    return {channel.parse(raw)[0].external_id for raw in channel.reconcile(now() - timedelta(hours=1))}


NAMED = 'Two weeks, and they call themselves "Marlow"'
"""This network's search looks for the letters as they were asked, quotation marks and all; the real one looks for words."""


def test_what_no_stream_told_is_found_by_our_name_and_on_the_pages_of_whom_we_watch(there, mary, parody, account):
    posts = [there.says(mary, NAMED), there.says(parody, "we love to let you wait")]
    wanted = {post["uri"] for post in posts}
    eventually(lambda: wanted <= found_by(account))


def test_a_watched_account_that_keeps_us_out_hides_nothing_of_what_others_say(there, us, mary, parody, account):
    post = there.says(mary, NAMED)
    there.keeps_out(parody, us)
    eventually(lambda: there.is_kept_out(us, parody))
    eventually(lambda: post["uri"] in found_by(account))


def test_a_post_that_its_writer_took_back_is_gone_here_too(there, us, mary, account, marlow):
    post = mentions_us(there, mary, us, "secret number 4471")
    eventually(told(account, 1))
    files(marlow)
    there.takes_back(mary, post["uri"])

    def looked():
        feed.look(account, channel_of(account), after=0)
        return arrived(account, 2)()

    eventually(looked)
    files(marlow)
    assert {word.text for word in Case.objects.get().messages.filter(is_theirs=True)} == {"They took this post back."}


def test_twenty_mentions_are_told_of_none_lost_none_twice(there, us, mary, account, capsys):
    waits = []
    for number in range(MANY):
        mentions_us(there, mary, us, f"where are my chairs? ({number})")
        waits.append(seconds_until(told(account, number + 1)))
    asks(account)
    assert [word.text for word in words(account)] == [f"@{us.handle} where are my chairs? ({n})" for n in range(MANY)]
    tell(capsys, "mentions told of", waits)


def test_twenty_posts_that_only_name_us_are_heard_none_lost_none_twice(there, mary, account, capsys):
    waits = []
    with listening(account, there, mary):
        for number in range(MANY):
            there.says(mary, f"Marlow, in passing ({number})")
            waits.append(seconds_until(arrived(account, number + 1)))
    assert [word.text for word in words(account)] == [f"Marlow, in passing ({n})" for n in range(MANY)]
    tell(capsys, "posts that only name us heard", waits)
