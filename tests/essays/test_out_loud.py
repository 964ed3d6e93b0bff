"""Who is not heard speaks out loud: one matter all the same, and each step of its reach is somebody's to know."""

from __future__ import annotations

from datetime import timedelta


def test_mary_by_form_in_public_by_mail_by_phone_and_by_letter_is_one_matter_with_one_clock(marlow, story):
    mary = marlow.mary
    mary.handle = "@mary.whitcombe"
    mary.fills_in_the_form("Two weeks ago I ordered chairs. Where are they?")
    began = story.case["silent_since"]
    story.goes_by(minutes=40)

    mary.is_written_down("post", "@marlow does anybody read what your customers write?", by=marlow.priya)
    story.goes_by(minutes=1)
    assert story.case["silent_since"] == began, "a second voice is no second clock"
    due = [event for event in story.happened("duty_given") if "by hand" in event["says"]]
    assert len(due) == 1, "in public a person says that the words are here"
    story.we_write("Mary, I have your words and look for the chairs.", answers=False, medium="post")
    assert len(story.happened("duty_done")) == 1
    assert story.case["silent_since"] == began, "a sign of life is no answer"

    mary.is_written_down("post", "Thank you. By mail, please.", by=marlow.priya)
    mary.mails("The order has the number 4471.", subject="", is_proven=True)
    mary.is_written_down("phone", "She asks whether Friday is possible.", by=marlow.priya)
    mary.is_written_down("letter", "Please find a copy of my order enclosed.", by=marlow.priya)
    story.goes_by(minutes=1)
    case = story.case
    assert case["silent_since"] == began
    assert case["media"] == ["form", "post", "email", "phone", "letter"]

    story.we_write("Dear Mary, the chairs come on Friday at ten. I ring you when they are on the van.")
    assert story.case["silent_since"] is None
    assert story.audit["answered"] == 6
    assert "chairs come on Friday" in story.mails_to(mary.address)[-1]


def test_the_guitar_each_rung_from_ten_to_a_hundred_thousand_is_told_once(marlow, story):
    marlow.samir.is_written_down("post", "They broke my guitar, and nobody says a word.", by=marlow.priya)
    [said] = [one for one in story.case["messages"] if one["text"].startswith("They broke")]
    told = []
    for views in (4, 12, 130, 131, 1_500, 20_000, 19_000, 150_000):
        assert story.at_the_desk_of(marlow.priya, "post_reach", said["id"], views=str(views)) == 302
        story.goes_by(minutes=20, step=timedelta(minutes=20))
        told.append(len(story.happened("reached")))
    assert told == [0, 1, 2, 2, 3, 4, 4, 5]
    assert [event["facts"]["rung"] for event in story.happened("reached")] == [10, 100, 1_000, 10_000, 100_000]
    assert "Ines Duarte" in story.happened("reached")[-1]["facts"]["told"]
