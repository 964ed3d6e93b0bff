"""“Don't ask me again” is said once and holds everywhere; a colleague's mark can be mended, the customer's own word cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.surveys.models import Invitation, InvitationState
from kept.surveys.opting_out import ask_again, do_not_ask, opt_out
from kept.surveys.tests.eligible import asks, known, lined_up
from kept.timeline.models import Event


@pytest.fixture
def john(marlow):
    return known(marlow.john)


@pytest.fixture
def case(marlow) -> Case:
    return marlow.mary.mails("My mother died last week; please stop the order.", subject="The order", is_proven=True)


def test_it_holds_for_every_survey_and_for_whatever_waits(marlow, john):
    waiting = lined_up(asks(marlow), john)
    released = lined_up(asks(marlow, measure="csat"), john)
    now = marlow.clock.now
    Invitation.objects.filter(pk=released.pk).update(state=InvitationState.RELEASED, next_try_at=now)
    opt_out(john, at=now, through="page")
    for one in (waiting, released):
        one.refresh_from_db()
        assert (one.state, one.why, one.next_try_at) == ("not_asked", "opt_out", None)
    john.refresh_from_db()
    assert lined_up(asks(marlow, measure="ces"), john).why == "opt_out"


def test_what_was_asked_already_stays_asked_and_is_not_reminded_of(marlow, john):
    sent = lined_up(asks(marlow), john)
    now = marlow.clock.now
    Invitation.objects.filter(pk=sent.pk).update(state=InvitationState.SENT, sent_at=now, next_try_at=now + timedelta(days=5))
    opt_out(john, at=now, through="page")
    sent.refresh_from_db()
    assert (sent.state, sent.next_try_at) == ("sent", None)


def test_nobody_elses_question_is_touched(marlow, john):
    grace = lined_up(asks(marlow), known(marlow.grace))
    opt_out(john, at=marlow.clock.now, through="page")
    grace.refresh_from_db()
    assert grace.state == "waiting"


def test_saying_it_twice_is_said_once(marlow, john):
    opt_out(john, at=marlow.clock.now, through="one_click")
    opt_out(john, at=marlow.clock.now, through="page")
    assert Event.objects.filter(kind="opted_out").count() == 1
    assert Event.objects.get(kind="opted_out").facts["how"] == "one_click"


def test_they_may_take_it_back_and_what_was_not_asked_stays_so(marlow, john):
    survey = asks(marlow)
    waiting = lined_up(survey, john)
    opt_out(john, at=marlow.clock.now, through="page")
    ask_again(john, at=marlow.clock.now)
    john.refresh_from_db()
    waiting.refresh_from_db()
    assert waiting.state == "not_asked"
    assert lined_up(survey, john, key="event:2").state == "waiting"
    assert Event.objects.filter(kind="opted_in", about=f"customer:{john.pk}").exists()


@pytest.mark.parametrize(("why", "code"), [("bereaved", "bereaved"), ("minor", "minor"), ("told_us", "opt_out")])
def test_an_employee_who_knows_better_spares_them_the_question_and_may_mend_it(marlow, case, why, code):
    waiting = lined_up(asks(marlow), known(marlow.grace))
    Invitation.objects.update(customer=case.customer)
    do_not_ask(case, why, by=marlow.priya, now=marlow.clock.now)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.why) == ("not_asked", code)
    case.customer.refresh_from_db()
    assert case.customer.not_asked_why == why
    do_not_ask(case, "", by=marlow.priya, now=marlow.clock.now)
    case.customer.refresh_from_db()
    assert (case.customer.not_asked_since, case.customer.not_asked_why) == (None, "")
    kinds = Event.objects.filter(about=case.about, by=f"employee:{marlow.priya.pk}").values_list("kind", flat=True)
    assert {"not_to_be_asked", "may_be_asked"} <= set(kinds)


def test_no_employee_takes_back_what_the_customer_said(marlow, case):
    opt_out(case.customer, at=marlow.clock.now, through="page")
    for why in ("", "bereaved"):
        with pytest.raises(Refusal, match="Only they"):
            do_not_ask(case, why, by=marlow.ines, now=marlow.clock.now)
    case.customer.refresh_from_db()
    assert case.customer.not_asked_why == "opt_out"


def test_the_customers_own_word_outweighs_a_mark_and_only_their_own_word_is_theirs_to_take_back(marlow, case):
    do_not_ask(case, "minor", by=marlow.priya, now=marlow.clock.now)
    ask_again(case.customer, at=marlow.clock.now)
    case.customer.refresh_from_db()
    assert case.customer.not_asked_why == "minor"
    opt_out(case.customer, at=marlow.clock.now, through="page")
    case.customer.refresh_from_db()
    assert case.customer.not_asked_why == "opt_out"


def test_a_reason_that_is_none_is_refused(marlow, case):
    with pytest.raises(Refusal, match="Say why"):
        do_not_ask(case, "too critical", by=marlow.priya, now=marlow.clock.now)


def test_the_same_mark_twice_is_one(marlow, case):
    for _time in range(2):
        do_not_ask(case, "bereaved", by=marlow.priya, now=marlow.clock.now)
    assert Event.objects.filter(kind="not_to_be_asked").count() == 1
