"""Two people give their word. One keeps it early; the other does not, and the house knows before the customer has to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest


def given_word(marlow, story) -> str:
    """Priya answers Mary and promises a new box within four days. Returns the promise's id."""
    marlow.mary.mails("The corner of the box is torn.", subject="Box", is_proven=True)
    story.goes_by(minutes=10)
    story.we_write("Dear Mary, I send a new one.", promises=[{"what": "a new box is with you", "due_at": story.in_days(4)}])
    [word] = [one for one in story.case["promises"] if not one["is_next_word"]]
    assert word["state"] == "open"
    return word["id"]


def test_who_promised_and_did_shows_by_how_much_it_was_early(marlow, story):
    word = given_word(marlow, story)
    story.goes_by(days=2)
    story.api(f"/promises/{word}/keep", {})
    page = story.reads_their_page(marlow.mary)
    assert "A new box is with you" in page
    assert "before the hour we gave" in page

    story.presses(marlow.mary, solved="yes")
    case = story.case
    assert (case["state"], case["outcome"], case["outcome_reason"]) == ("ended", "white", "said")
    story.goes_by(days=5)
    assert story.happened("broken") == []


def test_who_promised_and_did_not_is_broken_and_the_manager_hears_of_it(marlow, story):
    word = given_word(marlow, story)
    before = len(story.mails_to(marlow.ines.email))
    story.goes_by(days=5, step=timedelta(hours=2))
    assert len(story.happened("broken")) == 1
    assert any("a new box is with you" in mail for mail in story.mails_to(marlow.ines.email)[before:])
    assert "Not kept so far. We owe you this." in story.reads_their_page(marlow.mary)

    story.api(f"/promises/{word}/keep", {})
    [late] = [one for one in story.case["promises"] if one["id"] == word]
    assert late["state"] == "kept_late"
    assert "Kept too late" in story.reads_their_page(marlow.mary)
    assert story.case["state"] == "open", "only Mary ends it"


@pytest.mark.django_db(transaction=True)
def test_no_not_yet_ends_nothing_and_the_manager_is_told(marlow, story):
    given_word(marlow, story)
    story.goes_by(minutes=1)
    since = story.case["silent_since"]
    story.presses(marlow.mary, solved="no", say="The new box is torn as well.")
    story.goes_by(minutes=1)
    case = story.case
    assert (case["state"], since) == ("open", None)
    assert case["silent_since"] is not None, "her no is a word, and waits for an answer"
    assert any("not solved yet" in mail for mail in story.mails_to(marlow.ines.email))
