"""Ines says yes or no, once; if she says nothing by her hour, somebody above her hears of it, once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kept.lib.refusal import Refusal
from kept.people.models import Employee, House, Notice
from kept.promises.models import Promise
from kept.remedies.deciding import decide, tell_of_gifts_without_a_word
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState
from kept.timeline.models import Event


@pytest.fixture
def question(marlow, case, money) -> Gift:
    marlow.hires_the_others()
    return give(case, money, amount=Decimal(40), by=marlow.priya, now=marlow.clock.now, why="it ruined a birthday")


def told(employee: Employee, kind: str) -> list[str]:
    return [notice.says for notice in Notice.objects.filter(to=employee, kind=kind)]


class TestYes:
    def test_it_is_given_and_promised_and_priya_is_told(self, marlow, question):
        marlow.clock.forward(hours=1)
        gift = decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        made = Promise.objects.get(gifts=gift)
        assert (gift.state, made.what, made.by) == (GiftState.GIVEN, "your money back: £40.00", marlow.priya)
        assert told(marlow.priya, "gift_decided") == ["Ines says yes: John Adeyemi gets your money back: £40.00."]
        assert Event.objects.get(kind="given").by == f"employee:{marlow.ines.pk}"

    def test_what_she_said_yes_to_uses_up_nobodys_week(self, marlow, question, money):
        decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        other = marlow.samir.mails("My toner has not come.")
        assert give(other, money, amount=Decimal(20), by=marlow.priya, now=marlow.clock.now).state == GiftState.GIVEN

    def test_but_this_case_has_had_what_it_may_have(self, marlow, question, money, case):
        decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        with pytest.raises(Refusal, match="Beyond what you may give"):
            give(case, money, amount=Decimal(1), by=marlow.priya, now=marlow.clock.now)

    def test_a_new_owner_hears_of_it_too(self, marlow, question, case):
        type(case).objects.filter(pk=case.pk).update(owner=marlow.ben)
        decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        assert told(marlow.ben, "gift_decided") == told(marlow.priya, "gift_decided") != []

    def test_who_asked_has_left_and_the_owner_keeps_the_word(self, marlow, question, case):
        type(case).objects.filter(pk=case.pk).update(owner=marlow.ben)
        Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
        assert decide(question, yes=True, by=marlow.ines, now=marlow.clock.now).promise.by == marlow.ben


class TestNo:
    def test_it_is_not_given_with_a_reason_and_priya_is_told_it(self, marlow, question, case):
        gift = decide(question, yes=False, by=marlow.ines, now=marlow.clock.now, why="We agreed on twenty for a cold one.")
        assert (gift.state, gift.promise) == (GiftState.REFUSED, None)
        [says] = told(marlow.priya, "gift_decided")
        assert says.endswith("does not get your money back: £40.00. We agreed on twenty for a cold one.")
        assert Event.objects.get(kind="gift_refused").facts["why"] == "We agreed on twenty for a cold one."
        assert not Promise.objects.filter(case=case, is_next_word=False).exists()

    def test_a_no_needs_its_reason(self, marlow, question):
        with pytest.raises(Refusal, match="Say why not, for Priya"):
            decide(question, yes=False, by=marlow.ines, now=marlow.clock.now, why="  ")

    def test_after_a_no_she_may_be_asked_again(self, marlow, question, case, money):
        decide(question, yes=False, by=marlow.ines, now=marlow.clock.now, why="Too much.")
        again = give(case, money, amount=Decimal(25), by=marlow.priya, now=marlow.clock.now, why="then a little more")
        assert again.state == GiftState.ASKED


class TestWhoDecides:
    def test_priya_does_not_answer_her_own_question(self, marlow, question):
        with pytest.raises(Refusal, match="Ines Duarte was asked"):
            decide(question, yes=True, by=marlow.priya, now=marlow.clock.now)

    def test_nor_does_a_manager_who_asked(self, marlow, case, money, question):
        decide(question, yes=False, by=marlow.ines, now=marlow.clock.now, why="Too much.")
        hers = give(case, money, amount=Decimal(40), by=marlow.dana, now=marlow.clock.now, why="It was our fault.")
        assert hers.asked_of == marlow.ines
        with pytest.raises(Refusal, match="Ines Duarte was asked"):
            decide(hers, yes=True, by=marlow.dana, now=marlow.clock.now)

    def test_nor_does_a_colleague(self, marlow, question):
        with pytest.raises(Refusal, match="Ines Duarte was asked"):
            decide(question, yes=True, by=marlow.ben, now=marlow.clock.now)

    def test_another_manager_may_so_that_nobody_waits(self, marlow, question):
        assert decide(question, yes=True, by=marlow.dana, now=marlow.clock.now).decided_by == marlow.dana

    def test_it_is_decided_once(self, marlow, question):
        decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        with pytest.raises(Refusal, match="decided already"):
            decide(question, yes=False, by=marlow.ines, now=marlow.clock.now, why="Hm.")
        assert Promise.objects.filter(is_next_word=False).count() == 1


class TestWithoutAWord:
    def test_the_duty_manager_hears_of_it_when_the_hour_has_passed_and_once(self, marlow, question):
        House.objects.update(duty_manager=marlow.dana)
        assert tell_of_gifts_without_a_word(question.answer_due_at - timedelta(seconds=1)) == 0
        for _time in range(3):
            marlow.clock.now = question.answer_due_at + timedelta(minutes=1)
            tell_of_gifts_without_a_word(marlow.clock.now)
        [says] = [says for says in told(marlow.dana, "rung") if "has not said" in says]
        assert says.startswith("Ines has not said whether John Adeyemi may have your money back: £40.00")
        assert Event.objects.filter(kind="gift_without_a_word").count() == 1

    def test_where_the_duty_manager_herself_was_asked_it_is_the_head(self, marlow, question):
        House.objects.update(head=marlow.dana)
        tell_of_gifts_without_a_word(question.answer_due_at)
        assert any("has not said" in says for says in told(marlow.dana, "rung"))

    def test_in_a_house_of_one_manager_she_hears_it_again(self, marlow, question):
        tell_of_gifts_without_a_word(question.answer_due_at)
        assert any("has not said" in says for says in told(marlow.ines, "rung"))

    def test_what_was_decided_in_time_is_told_to_nobody(self, marlow, question):
        decide(question, yes=True, by=marlow.ines, now=marlow.clock.now)
        assert tell_of_gifts_without_a_word(question.answer_due_at) == 0

    def test_the_clock_of_the_house_sees_to_it(self, marlow, question):
        marlow.clock.now = question.answer_due_at + timedelta(minutes=1)
        marlow.works()
        assert Event.objects.filter(kind="gift_without_a_word").exists()
