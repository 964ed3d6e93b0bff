"""Somebody writes, by more than one way, and does not fall into a black hole; and a reply that says nothing does not count."""

from __future__ import annotations

from datetime import datetime, timedelta


def test_marys_form_and_mail_are_one_matter_with_one_person(marlow, story):
    marlow.mary.fills_in_the_form("Ten boxes of paper came, and none is the one I ordered.", wish="The right ones by Friday")
    story.goes_by(minutes=1)
    first = story.case
    marlow.clock.forward(hours=2)
    marlow.mary.mails("I wrote by your form this morning. Did it reach anybody?", subject="Wrong paper", is_proven=True)
    story.goes_by(minutes=1)

    case = story.case
    assert (case["id"], case["media"]) == (first["id"], ["form", "email"])
    assert case["owner"]["name"] == "Priya Nair"
    assert case["wish"] == "The right ones by Friday"
    assert case["silent_since"] == first["silent_since"]
    by_form, by_mail = story.mails_to(marlow.mary.address)
    assert "this is Priya" in by_form
    assert "If not, Ines Duarte is told that minute." in by_form
    assert "Did it reach anybody?" not in by_form
    assert "Did it reach anybody?" in by_mail, "her own words come back to an address that is proven hers"
    page = story.reads_their_page(marlow.mary)
    assert "Ten boxes of paper came" in page
    assert "Did it reach anybody?" in page
    assert story.audit["waiting_in_time"] == 2


def test_ten_weeks_of_apologies_are_still_silence(marlow, story):
    marlow.john.mails("Where is my refund?", subject="Refund", is_proven=True)
    since = story.case["silent_since"]
    for week in range(10):
        marlow.clock.forward(minutes=5)
        story.we_write(f"Dear John, we are sorry and look into it. ({week})", answers=False)
        story.goes_by(days=7, step=timedelta(hours=12))
        assert story.case["silent_since"] == since

    assert len([mail for mail in story.mails_to(marlow.john.address) if "we are sorry" in mail]) == 10
    audit = story.audit
    assert (audit["received"], audit["waiting_late"], audit["answered"]) == (1, 1, 0)
    assert audit["oldest_wait_seconds"] >= timedelta(weeks=10).total_seconds()
    assert len(story.happened("climbed")) > 30, "the ladder is climbed on every working day"
    assert any("Refund" in mail for mail in story.mails_to(marlow.ines.email))
    assert "and you have not" in story.reads_their_page(marlow.john)

    story.we_write("Dear John, your 24 pounds went back to your card this morning.")
    assert story.case["silent_since"] is None
    assert story.audit["answered"] == 1


def test_a_house_that_is_closed_on_friday_evening_names_monday_and_wakes_nobody(marlow, story):
    marlow.clock.forward(days=4, hours=10)
    marlow.mary.mails("The corner of the box is torn.", subject="Box", is_proven=True)
    story.goes_by(minutes=1)
    due = datetime.fromisoformat(story.case["answer_due_at"].replace("Z", "+00:00"))
    assert due.strftime("%A") == "Monday"
    assert "by Monday" in story.mails_to(marlow.mary.address)[0]

    story.goes_by(days=2, hours=13)
    assert story.happened("climbed") == []
    assert story.audit["waiting_late"] == 0
    story.goes_by(days=1)
    assert story.audit["waiting_late"] == 1
    assert [event["facts"]["level"] for event in story.happened("climbed")][:2] == [80, 100]
