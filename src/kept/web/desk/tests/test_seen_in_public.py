"""Somebody of ours saw a post: link, words, done. The place and the writer are in the link, and one post is one contact."""

import pytest

from kept.cases.models import Case, Message, ReachReading
from kept.intake import accepting
from kept.web.desk.seen_in_public import writer_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/desk/said-in-public/new"
POST = {"link": "https://x.com/Mary_W/status/17", "text": "Two weeks, no chairs."}


@pytest.fixture(autouse=True)
def written_down():
    yield
    accepting.rest()


def test_a_link_and_the_words_are_a_matter_with_its_place_its_writer_and_its_hour(marlow, seat):
    priya = seat(marlow.priya)
    answer = priya.posts(PAGE, POST | {"views": "130"})
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.public_id}"
    word = case.messages.get(is_theirs=True)
    assert (word.medium, word.author, word.posted.place, word.posted.url) == ("post", marlow.priya, "X", POST["link"])
    assert case.customer.identities.get().value == "@mary_w@x.com" and case.reach == 130
    assert ReachReading.objects.get().by == marlow.priya
    page = priya.sees(f"/desk/cases/{case.public_id}")
    assert f'href="{POST["link"]}"' in page and "At X" in page
    listed = priya.sees("/desk/said-in-public")
    assert "Two weeks, no chairs." in listed and "At X" in listed and "130 people" in listed


def test_the_same_post_seen_by_two_of_us_is_one_and_leads_to_where_it_stands(marlow, seat):
    seat(marlow.priya).posts(PAGE, POST)
    again = seat(marlow.ines).posts(PAGE, POST | {"text": "Two weeks"}, follow=True)
    assert "was written down already" in again.content.decode()
    assert Message.objects.filter(is_theirs=True).count() == 1


def test_her_next_post_there_is_the_same_matter(marlow, seat):
    priya = seat(marlow.priya)
    priya.posts(PAGE, POST)
    priya.posts(PAGE, {"link": "https://x.com/mary_w/status/18", "text": "Still nothing."})
    assert Case.objects.get().messages.filter(is_theirs=True).count() == 2


def test_without_a_link_each_page_keeps_one(marlow, seat):
    nonce = "01a21cdb-d1c8-7313-86c7-118c32fdc8aa"
    for _time in range(2):
        assert seat(marlow.priya).posts(PAGE, {"text": "Somebody shouted it.", "nonce": nonce}).status_code == 302
    assert Message.objects.filter(is_theirs=True).count() == 1


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "not a link", "ftp://x.com/1", "https://"])
def test_what_is_no_link_is_said_and_everything_typed_is_still_there(marlow, seat, wrong):
    page = seat(marlow.priya).posts(PAGE, {"link": wrong, "text": "Two weeks.", "views": "9"})
    assert page.status_code == 422 and "That is no link" in page.content.decode()
    assert "Two weeks." in page.content.decode() and 'value="9"' in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("link", "who"),
    [
        ("https://x.com/Mary_W/status/17", "@mary_w@x.com"),
        ("https://bsky.app/profile/mary.example.org/post/3k", "@mary.example.org@bsky.app"),
        ("https://www.tiktok.com/@mary/video/7", "@mary@tiktok.com"),
        ("https://mastodon.example/@mary/110", "@mary@mastodon.example"),
        ("https://www.trustpilot.com/reviews/9", ""),
        ("https://www.google.com/maps/reviews/abc", ""),
        ("https://example.org/", ""),
    ],
)
def test_who_wrote_it_stands_in_the_link_where_it_stands_anywhere(link, who):
    assert writer_in(link) == who
