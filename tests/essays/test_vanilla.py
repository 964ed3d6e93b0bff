"""A good word said three times: to her boss by mail, in an answer to a survey, on the phone. Each reaches both of them, once."""

from __future__ import annotations

from typing import Any

import pytest

from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.surveys.tests.posting import asks, how_likely, posts
from tests.essays.telling import Story

MAIL = "My son was in tears. Amira came back with the vanilla ice cream that we had forgotten ourselves. She was wonderful."
COMMENT = "Ten, because Amira was so kind to us. I tell everybody."
CALL = "She rang to say that Amira was lovely to her mother, too."


@pytest.fixture
def joan(marlow: Marlow, story: Story) -> CustomerOfMarlow:
    """Three contacts of one customer within a week, and what became of them by themselves."""
    marlow.hires_the_others()
    joan = CustomerOfMarlow(marlow, "Joan Petrie", "joan@petrie.example", "+447700900777")
    invitation = asks(how_likely(marlow), joan)
    joan.mails(MAIL, subject="For whoever leads Amira", is_proven=True)
    story.goes_by(days=1)
    posts(marlow, invitation, score="10", why=COMMENT)
    story.goes_by(days=1)
    joan.is_written_down("phone", CALL, by=marlow.priya)
    story.goes_by(hours=1)
    return joan


def waiting(story: Story) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = story.api("/recognitions?state=looking")["items"]
    return found


def good_words_to(story: Story, address: str) -> list[str]:
    letters = [mail.replace(" > ", " ") for mail in story.mails_to(address) if "said this about" in mail]
    return [words for words in (MAIL, COMMENT, CALL) for mail in letters if words in mail]


def says_who_it_was(marlow: Marlow, story: Story) -> None:
    """Priya looks at what waits and says: Amira."""
    employees = {one["name"]: one["id"] for one in story.api("/employees")["items"]}
    by, amira = employees["Priya Nair"], employees["Amira Haddad"]
    for one in waiting(story):
        assert "Amira Haddad" in {candidate["name"] for candidate in one["candidates"]}
        story.api(f"/recognitions/{one['id']}/it-was", {"employee": amira, "by": by})
    story.goes_by(minutes=1)


def test_nobody_is_told_before_a_person_has_looked(joan, marlow, story):
    assert {one["words"] for one in waiting(story)} == {MAIL, COMMENT, CALL}
    assert good_words_to(story, marlow.amira.email) == []
    assert good_words_to(story, marlow.ines.email) == []


def test_each_of_the_three_reaches_amira_and_her_manager_once(joan, marlow, story):
    says_who_it_was(marlow, story)
    story.goes_by(days=3)
    assert waiting(story) == []
    assert good_words_to(story, marlow.amira.email) == [MAIL, COMMENT, CALL]
    assert good_words_to(story, marlow.ines.email) == [MAIL, COMMENT, CALL]
    assert len(story.api("/recognitions?state=passed_on")["items"]) == 3


def test_joan_hears_that_it_was_passed_on_and_nothing_about_its_being_read(joan, marlow, story):
    says_who_it_was(marlow, story)
    told = [mail for mail in story.mails_to(joan.address) if "Your good word is with Amira" in mail]
    assert told
    assert not any("read it" in mail for mail in told)
    assert all(one["writer_told_at"] for one in story.api("/recognitions?state=passed_on")["items"] if one["source"] == "message")


def test_amira_never_owns_what_is_said_about_her_and_the_sum_adds_up(joan, marlow, story):
    owners = {case["owner"]["name"] for case in story.api("/cases?state=all")["items"]}
    assert "Amira Haddad" not in owners
    assert story.audit["unaccounted"] == 0
