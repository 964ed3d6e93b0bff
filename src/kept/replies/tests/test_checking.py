"""The read-back proposes; a person decides (R12)."""

from __future__ import annotations

from datetime import timedelta

from kept.cases.models import MessageKind
from kept.demo.cast import last_word_of
from kept.replies.checking import questions_asked, read_back


def codes(case, text: str, marlow, *, kind: str = MessageKind.ANSWER, **also) -> list[str]:
    return [doubt.code for doubt in read_back(case, text, kind=kind, now=marlow.clock.now, **also).doubts]


def test_the_questions_that_count_are_those_that_still_wait(case, marlow):
    assert [question.quote.strip() for question in questions_asked(case)] == ["Where is my refund?"]
    marlow.answers(case, "Dear John, it is on your card.")
    assert questions_asked(case) == []


def test_what_they_quote_of_ours_is_not_asked_again(marlow):
    case = marlow.john.mails("It was cold.\n\nOn Monday Priya wrote:\n> Would you like a new one?\n> When shall we come?")
    assert questions_asked(case) == []


def test_a_reply_to_an_earlier_word_is_not_held_to_a_later_question(case, marlow):
    seen = last_word_of(case)
    marlow.john.fills_in_the_form("And when do you open?")
    text = "Dear John,\n\nyour refund is on your card.\n\nPriya"
    assert "question_open" not in codes(case, text, marlow, up_to=seen)


def test_promises_are_found_with_their_dates(case, marlow):
    read = read_back(case, "Dear John, you get your refund tomorrow by 15:00.", kind=MessageKind.ANSWER, now=marlow.clock.now)
    (found,) = read.promises
    assert found.due_at is not None
    assert found.due_at.date() == (marlow.clock.now + timedelta(days=1)).date()


def test_an_empty_reply_is_said_first(case, marlow):
    assert codes(case, " ", marlow)[0] == "empty"


def test_a_note_of_a_talk_greets_nobody_and_leaves_gaps(case, marlow):
    assert codes(case, "Told him the refund is on his card [see receipt], attached.", marlow, is_spoken=True) == []


def test_with_a_file_attached_means_attached(case, marlow):
    text = "Dear John, your refund is on its way; the receipt is attached."
    assert "attachment_missing" in codes(case, text, marlow)
    assert "attachment_missing" not in codes(case, text, marlow, has_files=True)


def test_somebody_without_a_name_needs_no_greeting(marlow):
    case = marlow.harold.is_written_down("letter", "You smell.", by=marlow.priya)
    case.customer.name = ""
    assert "name_missing" not in codes(case, "We are sorry.", marlow)
