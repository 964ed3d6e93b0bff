"""A mail that answers the mail that asked: which invitation, which number, and whose matter the words are."""

from __future__ import annotations

from contextlib import suppress

import pytest

from kept.audit.counting import count
from kept.audit.invariants import INVARIANTS
from kept.cases.models import Case, Message
from kept.intake.models import Fate, Filed
from kept.replies.addressing import signed_address
from kept.surveys.models import Invitation, InvitationState, Survey
from kept.surveys.tests.posting import asks, how_likely, posts, the_answer

COLD = "Cold again. Third time in five weeks."


@pytest.fixture
def survey(marlow) -> Survey:
    return how_likely(marlow)


@pytest.fixture
def johns(marlow, survey) -> Invitation:
    return asks(survey, marlow.john)


def mails(
    who, text: str, *, answers: Invitation, subject: str = "Re: John, one question", how: str = "reference", more: str = ""
) -> str:
    """Their mail program wrote where it belongs into one of two places. Returns what it became."""
    to = signed_address(answers.public_id, who.house.mailbox) if how == "signed" else ""
    headers = f"In-Reply-To: <{answers.message_id}>\n" if how == "reference" else ""
    headers += more
    with suppress(LookupError):
        who.mails(text, subject=subject, to=to, headers=headers)
    return str(Filed.objects.latest("id").fate)


@pytest.mark.parametrize("how", ["reference", "signed"])
def test_a_bare_number_is_the_score_and_no_case(marlow, johns, how):
    assert mails(marlow.john, "7", answers=johns, how=how) == Fate.SCORE
    assert (the_answer().score, the_answer().medium, Case.objects.count()) == (7, "reply", 0)
    johns.refresh_from_db()
    assert johns.state == InvitationState.ANSWERED
    audit = count(marlow.clock.now)
    assert (audit.received, audit.nothing_to_answer, audit.unaccounted) == (1, 1, 0)


def test_words_are_a_case_of_whoever_answers_this_survey(marlow, survey, johns):
    assert mails(marlow.john, "Nice people.", answers=johns) == Fate.MESSAGE
    case = Case.objects.get()
    assert (case.owner, case.account, case.subject) == (marlow.dana, survey.account, "Nice people.")
    assert (the_answer().score, the_answer().words, the_answer().case) == (None, "Nice people.", case)
    marlow.works()
    assert [mail.author for mail in marlow.post if mail.to.value == marlow.john.address] == ["Dana Okafor"]
    assert [found for check in INVARIANTS for found in check(marlow.clock.now)] == []


def test_a_number_before_the_words_counts_and_the_mail_stands_whole(marlow, johns):
    mails(marlow.john, f"2, {COLD}", answers=johns)
    assert (the_answer().score, Message.objects.get(is_theirs=True).text.strip()) == (2, f"2, {COLD}")


def test_a_reply_after_the_page_is_the_same_answer_and_goes_to_the_same_person(marlow, johns):
    posts(marlow, johns, score="2", why=COLD)
    assert mails(marlow.john, "And the box was torn.", answers=johns) == Fate.MESSAGE
    assert Case.objects.count() == 1
    assert the_answer().words == f"{COLD}\n\nAnd the box was torn."
    assert Message.objects.filter(is_theirs=True).latest("id").text.strip() == "And the box was torn."


def test_an_answer_to_what_we_wrote_later_belongs_to_its_case(marlow, johns):
    posts(marlow, johns, score="2", why=COLD)
    marlow.answers(Case.objects.get(), "Dear John, was it the bag?")
    marlow.john.answers_our_mail("Yes, its zip is broken.")
    assert (the_answer().words, Case.objects.count()) == (COLD, 1)
    assert Message.objects.filter(is_theirs=True).latest("id").case == Case.objects.get()


def test_a_stranger_who_copied_the_message_id_is_no_customer_we_asked(marlow, johns):
    assert mails(marlow.mary, "10", answers=johns) == Fate.MESSAGE
    assert not Invitation.objects.filter(state=InvitationState.ANSWERED).exists()


def test_whoever_it_was_handed_to_writes_in_their_own_name(marlow, johns):
    assert mails(marlow.mary, COLD, answers=johns, how="signed") == Fate.MESSAGE
    assert Case.objects.get().customer.name == marlow.mary.name
    assert (the_answer().customer, the_answer().case) == (johns.customer, Case.objects.get())
    assert Message.objects.get(is_theirs=True).identity.value == marlow.mary.address


def test_the_reminder_is_answered_like_the_first_mail(marlow, johns):
    johns.message_id = f"again.{johns.message_id}"
    assert mails(marlow.john, "9", answers=johns) == Fate.SCORE


def test_robots_and_the_absent_stay_set_aside(marlow, johns):
    assert mails(marlow.john, "7", answers=johns, more="Auto-Submitted: auto-replied\n") == Fate.SET_ASIDE
    assert not Invitation.objects.filter(state=InvitationState.ANSWERED).exists()


def test_a_mail_program_that_unsubscribes_them_is_heard(marlow, johns):
    assert mails(marlow.john, "", answers=johns, how="signed", subject="unsubscribe") == Fate.SET_ASIDE
    johns.customer.refresh_from_db()
    assert johns.customer.not_asked_why == "opt_out"


def test_any_other_mail_is_a_matter_of_its_own(marlow, johns):
    marlow.john.mails("7")
    assert Case.objects.get().subject == "7"
