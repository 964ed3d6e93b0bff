"""“Don't ask me again”: opening it changes nothing, one button does, and so does one click in a mail program."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kept.lib.links import page_token
from kept.people.models import Customer
from kept.surveys.models import Invitation
from kept.surveys.opting_out import opt_out
from kept.surveys.tests.eligible import asks, known, lined_up
from kept.timeline.models import Event


@pytest.fixture
def page(marlow) -> str:
    invitation = lined_up(asks(marlow), known(marlow.john))
    return reverse("survey_stop", args=[page_token("survey", invitation.public_id)])


@pytest.fixture
def strict() -> Client:
    """A browser without a cookie of ours, as every mail program is."""
    return Client(enforce_csrf_checks=True)


def is_asked() -> bool:
    return Customer.objects.get().not_asked_since is None


def test_a_scanner_that_opens_every_link_stops_nothing(page, strict):
    for _time in range(3):
        assert strict.get(page).status_code == 200
        assert strict.head(page).status_code == 200
    assert is_asked()
    assert "Nothing has happened yet." in strict.get(page).content.decode()


def test_one_button_and_john_is_never_asked_again(page, strict):
    answer = strict.post(page)
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert not is_asked()
    assert (Invitation.objects.get().state, Invitation.objects.get().why) == ("not_asked", "opt_out")
    shown = strict.get(page).content.decode()
    assert "We don’t ask you any more, John." in shown
    assert Event.objects.get(kind="opted_out").facts["how"] == "page"


def test_one_click_in_a_mail_program_needs_no_cookie_and_is_sent_nowhere_else(page, strict):
    answer = strict.post(page, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not is_asked()
    assert Event.objects.get(kind="opted_out").facts["how"] == "one_click"


def test_pressed_twice_it_is_said_once(page, strict):
    strict.post(page)
    strict.post(page, {"List-Unsubscribe": "One-Click"})
    assert Event.objects.filter(kind="opted_out").count() == 1


def test_they_can_take_it_back_on_the_same_page(page, strict):
    strict.post(page)
    assert "You may ask me again" in strict.get(page).content.decode()
    strict.post(page, {"again": "1"})
    assert is_asked()
    assert "Shall we stop asking you, John?" in strict.get(page).content.decode()


def test_what_a_colleague_marked_is_not_told_and_is_not_theirs_to_undo(page, strict, marlow):
    Customer.objects.update(not_asked_since=marlow.clock.now, not_asked_why="bereaved")
    shown = strict.get(page).content.decode()
    assert "We don’t ask you any more" in shown
    assert "again" not in shown.replace("You may ask me again", "again") and "died" not in shown


def test_a_link_that_we_did_not_make_opens_nothing(page, strict):
    made_up = reverse("survey_stop", args=["x" * 55])
    assert [strict.get(made_up).status_code, strict.post(made_up).status_code] == [404, 404]
    of_a_case = reverse("survey_stop", args=[page_token("case", Invitation.objects.get().public_id)])
    assert strict.get(of_a_case).status_code == 404
    assert is_asked()


def test_the_page_is_kept_to_oneself(page, strict):
    answer = strict.get(page)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_it_speaks_the_readers_language(page, strict):
    assert 'lang="de"' in strict.get(page, headers={"Accept-Language": "de"}).content.decode()


def test_somebody_without_a_name_is_not_greeted_by_one(page, strict):
    Customer.objects.update(name="")
    assert "Shall we stop asking you?" in strict.get(page).content.decode()
    opt_out(Customer.objects.get(), at=Invitation.objects.get().eligible_at, through="mail")
    assert "We don’t ask you any more." in strict.get(page).content.decode()
