"""Whoever looks at what is said in public sees first who waits too long, how far it reaches, and can write that down."""

import pytest

from kept.cases.models import Case, ReachReading

pytestmark = pytest.mark.django_db
PAGE = "/desk/said-in-public"


def speaks(marlow, who, text):
    return who.is_written_down("post", text, by=marlow.ines)


def test_who_waits_past_their_hour_stands_first_and_mails_do_not_stand_here(marlow, seat):
    priya = seat(marlow.priya)
    speaks(marlow, marlow.mary, "Where are my chairs?")
    marlow.clock.forward(hours=2)
    speaks(marlow, marlow.samir, "Nobody rings back.")
    marlow.john.mails("Third cold pizza", is_proven=True)
    page = priya.sees(PAGE)
    assert page.index("Where are my chairs?") < page.index("Nobody rings back.")
    assert "Third cold pizza" not in page and "not known" in page


def test_its_reach_and_growth_are_shown_and_what_it_reached_when_it_ended(marlow, seat):
    priya = seat(marlow.priya)
    case = speaks(marlow, marlow.mary, "Where are my chairs?")
    post = case.messages.get(is_theirs=True)
    address = f"/desk/posts/{post.public_id}/reach"
    assert priya.posts(address, {"views": "100"}).status_code == 302
    marlow.clock.forward(hours=1)
    assert priya.posts(address, {"views": "350", "followers": "", "reposts": "4"}).status_code == 302
    page = priya.sees(PAGE)
    assert "350 people" in page and "250 more an hour" in page
    Case.objects.update(ended_at=marlow.clock.now, is_open=False, outcome="white")
    page = priya.sees(PAGE)
    assert "Lately ended" in page and "350 people" in page and "more an hour" not in page


def test_what_cannot_be_a_number_is_said_and_still_there(marlow, seat):
    priya = seat(marlow.priya)
    post = speaks(marlow, marlow.mary, "Where are my chairs?").messages.get(is_theirs=True)
    page = priya.posts(f"/desk/posts/{post.public_id}/reach", {"views": "-3", "followers": "17"})
    assert page.status_code == 422
    assert 'value="17"' in page.content.decode() and 'value="-3"' in page.content.decode()
    refused = priya.posts(f"/desk/posts/{post.public_id}/reach", {}, follow=True)
    assert "Write at least one number." in refused.content.decode()
    assert not ReachReading.objects.exists()


def test_the_page_asks_no_more_questions_for_more_voices(marlow, seat, django_assert_max_num_queries):
    priya = seat(marlow.priya)
    for number in range(12):
        case = marlow.samir.is_written_down("letter", f"no {number}", by=marlow.ines)
        Case.objects.filter(pk=case.pk).update(media="post")
    with django_assert_max_num_queries(16):
        priya.sees(PAGE)
