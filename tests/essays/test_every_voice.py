"""Praise weighs as much as a complaint, and a letter weighs as much as a mail."""

from __future__ import annotations

from datetime import timedelta


def test_a_good_word_about_amira_is_passed_on_and_its_writer_told(marlow, story):
    marlow.hires_the_others()
    marlow.grace.mails("Amira brought the pizza through the snow. Please thank her.", subject="Thank you", is_proven=True)
    story.goes_by(minutes=5)
    assert story.case["owner"]["name"] != "Amira Haddad"
    assert story.at_the_desk(marlow.priya, "case_kind", kind="praise") == 302
    assert story.at_the_desk(marlow.priya, "case_verdict", said="passed_on") == 409, "Grace has not been told yet"

    story.we_write("Dear Grace, I read your words to Amira. She was glad.")
    assert "I read your words to Amira" in story.mails_to(marlow.grace.address)[-1]
    assert story.at_the_desk(marlow.priya, "case_verdict", said="passed_on") == 302
    case = story.case
    assert (case["outcome"], case["outcome_reason"]) == ("white", "passed_on")
    assert "Your good word was passed on." in story.reads_their_page(marlow.grace)


def test_the_letter_of_harold_finch_has_an_owner_a_clock_and_an_honest_end(marlow, story):
    posted_at = marlow.clock.now - timedelta(days=3)
    marlow.harold.is_written_down("letter", "I do not own a computer. The stairs were wet.", by=marlow.ines, at=posted_at)
    story.goes_by(minutes=1)
    case = story.case
    assert case["owner"]["name"] == "Priya Nair"
    assert case["silent_since"].startswith(posted_at.date().isoformat())
    assert len(story.happened("duty_given")) == 1, "nobody can be acknowledged by a machine who has only a letter box"
    assert case["next_due_at"] is not None

    story.we_write("Dear Mr Finch, the stairs have a mat now.", medium="letter", to="14 Weir Lane, Marlow")
    assert story.case["silent_since"] is not None, "a letter on our desk is silence"
    letter = story.case["messages"][-1]["id"]
    story.goes_by(hours=3)
    story.api(f"/messages/{letter}/posted", {"posted_on": marlow.clock.now.date().isoformat()})
    assert story.case["silent_since"] is None
    assert story.audit["answered"] == 1
    assert story.at_the_desk(marlow.ines, "case_verdict", said="no_way_back") == 409, "there is a way: his letter box"
    assert story.at_the_desk(marlow.priya, "case_verdict", said="yes", words="") == 409, "only he can end it, in his words"
    said = "He wrote on the sheet and sent it back: the mat is grand. H. Finch"
    assert story.at_the_desk(marlow.priya, "case_verdict", said="yes", words=said) == 302
    assert (story.case["outcome"], story.case["outcome_reason"]) == ("white", "said")
