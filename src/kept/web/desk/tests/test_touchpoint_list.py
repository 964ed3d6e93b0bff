"""Ines brings in the week's deliveries: she sees what becomes of each row before anything happens."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kept.surveys.models import Invitation, Occasion
from kept.surveys.tests.eligible import asks, delivered, known

LIST = """email;name;event_id;at;about
john@adeyemi.example;John <Adeyemi>;4711;31.5.2026;"your order;
the hot one"
nobody;Samir;4712;31.5.2026;
"""


@pytest.fixture
def page() -> str:
    return reverse("touchpoint_list")


@pytest.fixture
def ines(marlow, seat):
    asks(marlow, Occasion.TOUCHPOINT, touchpoint=delivered(marlow))
    return seat(marlow.ines)


def file(text: str = LIST, name: str = "deliveries.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("cp1252"), content_type="text/csv")


def test_first_ines_sees_what_would_become_of_it_and_then_it_does(ines, page):
    assert "Bring in a list of who met us" in ines.sees(page)
    tried = ines.posts(page, {"touchpoint": "delivered", "file": file()}).content.decode()
    assert "One person would be in line. Nothing has happened yet." in tried
    assert "John &lt;Adeyemi&gt;" in tried and "needs an e-mail address" in tried
    assert not Invitation.objects.exists()
    carried = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", tried, re.S)[1])  # type: ignore[index]
    done = ines.posts(page, {"touchpoint": "delivered", "text": carried, "take": "1"}).content.decode()
    assert "One person of this list is in line." in done
    row = Invitation.objects.get()
    assert (row.customer.name, row.state, row.occasion_key) == ("John <Adeyemi>", "waiting", "delivered:4711")


def test_once_more_everybody_is_known_already(ines, page):
    for _time in range(2):
        answer = ines.posts(page, {"touchpoint": "delivered", "text": LIST, "take": "1"}).content.decode()
    assert "known already" in answer
    assert "Nobody of this list is in line." in answer
    assert Invitation.objects.count() == 1


def test_the_reason_why_somebody_is_not_asked_is_said_in_words(ines, page, marlow):
    known(marlow.john, not_asked_since=marlow.clock.now, not_asked_why="opt_out")
    tried = ines.posts(page, {"touchpoint": "delivered", "file": file()}).content.decode()
    assert "they do not want to be asked" in tried


@pytest.mark.parametrize(
    ("fields", "says", "status"),
    [
        ({"touchpoint": "delivered"}, "Choose the file", 422),
        ({"touchpoint": "nowhere", "text": LIST}, "Select a valid choice", 422),
        ({"text": LIST}, "Say where they met us", 422),
        ({"touchpoint": "delivered", "text": "name\nJohn\n"}, "must name the columns", 409),
    ],
)
def test_what_is_missing_is_said(ines, page, fields, says, status):
    answer = ines.posts(page, fields)
    assert answer.status_code == status
    assert says in answer.content.decode()


def test_a_file_that_is_too_large_is_refused(ines, page):
    answer = ines.posts(page, {"touchpoint": "delivered", "file": file("email,at\n" + "x" * 1_100_000)})
    assert "At most 1 MB" in answer.content.decode()


def test_only_those_who_lead_bring_in_lists(marlow, seat, page):
    assert seat(marlow.priya).opens(page).status_code == 403
    assert seat(marlow.ines).opens(page).status_code == 200


def test_a_house_without_touchpoints_says_what_to_do(marlow, seat, page):
    assert "There is no touchpoint yet" in seat(marlow.ines).sees(page)
