"""What is said in public is kept once and whole, whatever breaks down there; what we see of it stands on its matter."""

import threading
from datetime import timedelta

import pytest
import time_machine

from kept.accounts.opening import add_account, open_account
from kept.accounts.translating import channel_of
from kept.cases.models import Case, Duty, Message, MessageKind, ReachReading
from kept.channels.base import TryLater
from kept.channels.bluesky.tests.counterpart import a_bluesky_server
from kept.channels.mastodon.tests.counterpart import a_mastodon_server
from kept.doors.feed import Rounds, collect, go_round, look, watch
from kept.doors.mailboxes import collects_itself
from kept.intake.accepting import rest
from kept.intake.models import Arrival, Fate, Filed
from kept.lib.refusal import Refusal
from kept.replies.sending import Reply, reply

pytestmark = pytest.mark.django_db(transaction=True)
MARY = "mary@tooter.example"


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_mastodon_server() as server:
        yield server
    rest()


@pytest.fixture
def account(marlow, there):
    added = add_account("mastodon", name="Mastodon", now=marlow.clock.now, settings=there.settings).account
    open_account(added, by=marlow.ines, now=marlow.clock.now)
    return added


def hears(marlow, there, account):
    """A round, and what it brought is filed."""
    account.refresh_from_db()
    with time_machine.travel(marlow.clock.now, tick=False):
        collect(account, channel_of(account), threading.Event())
    marlow.files()


def looks(marlow, account):
    """A look at what is open, and what it brought is filed."""
    with time_machine.travel(marlow.clock.now, tick=False):
        look(account, channel_of(account), after=0)
    marlow.files()


def says(marlow, there, text, **more):
    return there.says(MARY, text, at=marlow.clock.now.isoformat(), name="Mary Whitcombe", **more)


def test_a_thousand_posts_with_outages_in_between_none_lost_none_twice(marlow, there, account):
    said = 0
    there.breaks_down_each = 4
    for turn in range(40):
        for _one in range(25):
            there.says(f"somebody{said % 20}@tooter.example", f"word number {said}", at=marlow.clock.now.isoformat())
            said += 1
        account.refresh_from_db()
        if turn % 9 == 8:  # the power went after the commit and before the cursor was saved
            account.cursors = {"feed": str(max(0, int(account.cursors.get("feed") or 0) - 40))}
            account.save(update_fields=["cursors"])
        try:
            collect(account, channel_of(account), threading.Event())
        except TryLater:
            continue
    there.breaks_down_each = 0
    go_round(account, Rounds(), threading.Event())
    assert Arrival.objects.filter(account=account).count() == 1000
    texts = set()
    for arrival in Arrival.objects.filter(account=account):
        texts.add(channel_of(account).parse(_raw(arrival))[0].text)
    assert texts == {f"@marlow word number {number}" for number in range(1000)}


def _raw(arrival):
    from kept.channels.base import Raw

    return Raw(arrival.bytes, arrival.envelope, arrival.reached_us_at)


def test_a_post_is_a_matter_with_an_owner_and_a_clock_and_a_person_says_that_it_is_here(marlow, there, account):
    says(marlow, there, "two weeks and nobody says where my chairs are")
    hears(marlow, there, account)
    case = Case.objects.get()
    assert (case.customer.name, case.media, case.is_silent, case.owner) == ("Mary Whitcombe", "post", True, marlow.priya)
    assert case.policy.name == "post"
    assert not Message.objects.filter(is_theirs=False).exists(), "in public no machine speaks"
    assert Duty.objects.get(case=case).due_at == marlow.clock.now + timedelta(minutes=15)


def test_what_was_posted_before_the_account_was_connected_is_history(marlow, there, account):
    there.says(MARY, "long ago", at=(account.start_line_at - timedelta(days=2)).isoformat())
    hears(marlow, there, account)
    assert Filed.objects.get().fate == Fate.BEFORE_KEPT
    assert not Case.objects.exists()


def test_the_answer_stands_under_her_post_with_the_owners_name_and_her_next_word_finds_it(marlow, there, account):
    asked = says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    case = Case.objects.get()
    answer = marlow.answers(case, "They come on Friday, I have rung the driver.", medium="post")
    ours = there.posts[answer.external_id.rpartition("/")[2]]
    assert ours["content"] == f"@{MARY} They come on Friday, I have rung the driver.\nPriya"
    assert (ours["in_reply_to_id"], ours["visibility"], "/c/" in ours["content"]) == (asked, "public", False)
    case.refresh_from_db()
    assert not case.is_silent and not Duty.objects.filter(done_at__isnull=True).exists()
    says(marlow, there, "thank you", answers=ours["id"])
    hears(marlow, there, account)
    assert Message.objects.filter(case=case, is_theirs=True).count() == 2


def test_a_sign_of_life_in_public_acknowledges_and_the_clock_runs_on(marlow, there, account):
    says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    case = Case.objects.get()
    marlow.answers(case, "Your words are here, I look after them.", medium="post", kind=MessageKind.SIGN_OF_LIFE)
    case.refresh_from_db()
    assert case.is_silent and not Duty.objects.filter(done_at__isnull=True).exists()


def test_a_private_message_has_the_way_to_her_page_and_nobody_else_sees_it(marlow, there, account):
    says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    sent = marlow.answers(Case.objects.get(), "I write to you here.", medium="chat", kind=MessageKind.SIGN_OF_LIFE)
    ours = there.posts[sent.external_id.rpartition("/")[2]]
    assert ours["visibility"] == "direct" and "/c/" in ours["content"]


def test_what_does_not_fit_into_a_post_is_said_before_it_goes(marlow, there, account):
    says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    case = Case.objects.get()
    with pytest.raises(Refusal, match="characters too many"):
        reply(case, Reply(text="x" * 431, medium="post"), by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    assert reply(case, Reply(text="x" * 430, medium="post"), by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))


def test_an_account_that_only_listens_sends_nothing(marlow, there):
    added = add_account("mastodon", name="Mastodon", now=marlow.clock.now, settings=there.settings).account
    assert not added.is_open and collects_itself(channel_of(added))
    says(marlow, there, "where are my chairs?")
    hears(marlow, there, added)
    with pytest.raises(Refusal, match="only listens"):
        marlow.answers(Case.objects.get(), "Friday.", medium="post")


def test_mail_still_leaves_by_mail(marlow, there, account):
    case = marlow.john.mails("Third cold pizza", is_proven=True)
    marlow.answers(case, "The next one comes hot.")
    assert marlow.post[-1].to.kind == "email"


def test_an_edited_post_is_another_word_and_one_taken_back_is_read_nowhere(marlow, there, account):
    post = says(marlow, there, "secret number 4471")
    hears(marlow, there, account)
    case = Case.objects.get()
    there.edits(post, "@marlow three weeks now", at=marlow.clock.now.isoformat())
    looks(marlow, account)
    looks(marlow, account)
    assert [word.text for word in case.messages.all()] == ["@marlow secret number 4471", "@marlow three weeks now"]
    there.deletes(post)
    looks(marlow, account)
    case.refresh_from_db()
    assert {word.text for word in case.messages.all()} == {"They took this post back."}
    assert "4471" not in f"{case.subject} {case.last_snippet}"
    assert case.is_open and case.is_silent


def test_a_look_writes_down_how_far_it_reaches_only_when_that_changed(marlow, there, account):
    post = says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    looks(marlow, account)
    looks(marlow, account)
    assert [one.reach for one in ReachReading.objects.all()] == [8]
    there.passes_on(post, 1200)
    looks(marlow, account)
    assert Case.objects.get().reach == 1208


def test_a_place_that_does_not_answer_is_said_and_asked_again(marlow, there, account, monkeypatch):
    there.answers_with = 500
    stop = threading.Event()
    monkeypatch.setattr("kept.doors.feed.RETRY", (0.05,))
    monkeypatch.setattr("kept.doors.feed.ASK_EVERY", 0.05)
    thread = threading.Thread(target=watch, args=(account.pk, stop))
    thread.start()
    try:
        _until(lambda: type(account).objects.get(pk=account.pk).trouble.startswith("500"))
        there.answers_with = 0
        says(marlow, there, "where are my chairs?")
        _until(lambda: Arrival.objects.filter(account=account).exists())
        _until(lambda: not type(account).objects.get(pk=account.pk).trouble)
    finally:
        stop.set()
        thread.join()


def _until(is_so):
    for _try in range(200):
        if is_so():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


def test_the_reply_form_offers_her_post_and_the_private_way_and_says_that_it_is_not_encrypted(marlow, there, account, client):
    says(marlow, there, "where are my chairs?")
    hears(marlow, there, account)
    client.force_login(marlow.priya)
    with time_machine.travel(marlow.clock.now, tick=False):
        page = client.get(f"/desk/cases/{Case.objects.get().public_id}").content.decode()
    assert f"In public, under their post: @{MARY}" in page
    assert f"Private message to @{MARY}" in page and "not encrypted" in page


def test_on_bluesky_the_answer_is_public_and_a_private_word_is_for_a_person_to_write(marlow, settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_bluesky_server() as sky:
        added = add_account("bluesky", name="Bluesky", now=marlow.clock.now, settings=sky.settings).account
        open_account(added, by=marlow.ines, now=marlow.clock.now)
        asked = sky.says("mary", "where are my chairs?", at=marlow.clock.now.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
        hears(marlow, sky, added)
        case = Case.objects.get()
        sent = marlow.answers(case, "They come on Friday.", medium="post")
        assert sky.posts[sent.external_id]["record"]["reply"]["parent"]["uri"] == asked
        assert sky.posts[sent.external_id]["record"]["text"] == "They come on Friday.\nPriya"
        case.refresh_from_db()
        assert not case.is_silent
        assert marlow.answers(case, "I wrote to you there.", medium="chat").delivered_at is not None
        assert len(sky.posts) == 2
    rest()
