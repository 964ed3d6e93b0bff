"""Priya puts it right herself up to a limit; beyond it Ines is asked, once, and John is promised nothing before she says yes."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.hours import add_working
from kept.lib.refusal import Refusal
from kept.people.models import Employee, Notice
from kept.promises.models import Promise
from kept.remedies.giving import give
from kept.remedies.leeway import Left
from kept.remedies.limits import week_of
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.setting_up import retire
from kept.remedies.wording import amount_typed
from kept.timeline.models import Event


def gives(marlow, case, remedy, amount, *, by=None, why=""):
    case.refresh_from_db()
    return give(case, remedy, amount=Decimal(str(amount)), by=by or marlow.priya, now=marlow.clock.now, why=why)


def asked(employee: Employee) -> list[str]:
    return list(Notice.objects.filter(to=employee, kind="gift_asked").values_list("says", flat=True))


class TestWithinTheLimits:
    def test_it_is_given_at_once_and_promised_to_john(self, marlow, case, money):
        gift = gives(marlow, case, money, "12.50")
        made = Promise.objects.get(pk=gift.promise_id)
        assert gift.state == GiftState.GIVEN
        assert (made.what, made.by) == ("your money back: £12.50", marlow.priya)
        within = timedelta(minutes=money.done_within_minutes)
        assert made.due_at == add_working(case.policy.calendar.hours, marlow.clock.now, within)
        assert asked(marlow.ines) == []

    def test_it_stands_in_the_history_of_the_case(self, marlow, case, money):
        gives(marlow, case, money, 5, why="cold twice")
        event = Event.objects.get(kind="given", about=case.about)
        assert (event.by, event.facts["what"], event.facts["why"]) == (
            f"employee:{marlow.priya.pk}",
            "your money back: £5.00",
            "cold twice",
        )

    def test_exactly_the_limit_is_within_it(self, marlow, case, money):
        assert gives(marlow, case, money, 20).state == GiftState.GIVEN

    def test_a_thing_is_given_in_pieces(self, marlow, case, may_give):
        pizza = may_give("a new pizza", currency="", per_case=2)
        assert gives(marlow, case, pizza, 1).promise.what == "a new pizza"
        assert gives(marlow, case, pizza, 1).promise.what == "a new pizza"
        with pytest.raises(Refusal, match="whole pieces"):
            gives(marlow, case, pizza, "0.5")

    def test_a_german_customer_is_promised_it_in_their_own_figures(self, marlow, case, money):
        type(case.account.brand).objects.update(language="de")
        fresh = type(case).objects.get(pk=case.pk)
        made = give(fresh, money, amount=Decimal("12.5"), by=marlow.priya, now=marlow.clock.now).promise
        assert made is not None
        assert "12,50 £" in made.what


class TestBeyondALimit:
    def test_ines_is_asked_by_name_with_the_reason_and_an_hour(self, marlow, case, money):
        gift = gives(marlow, case, money, 40, why="it ruined a birthday")
        [says] = asked(marlow.ines)
        assert (gift.state, gift.asked_of, gift.promise) == (GiftState.ASKED, marlow.ines, None)
        assert "Priya asks you: may John Adeyemi have your money back: £40.00?" in says
        assert "it ruined a birthday" in says
        assert gift.answer_due_at == add_working(case.policy.calendar.hours, marlow.clock.now, timedelta(minutes=240))
        assert not Promise.objects.filter(case=case, is_next_word=False).exists()

    def test_without_a_reason_she_is_not_asked_and_priya_hears_what_is_left(self, marlow, case, money):
        gives(marlow, case, money, "7.50")
        with pytest.raises(Refusal, match=r"You may still give £12\.50 here; beyond that Ines is asked\. Say why"):
            gives(marlow, case, money, 40)
        assert asked(marlow.ines) == []

    def test_she_is_asked_once(self, marlow, case, money):
        gives(marlow, case, money, 40, why="it ruined a birthday")
        with pytest.raises(Refusal, match="Ines is asked already"):
            gives(marlow, case, money, 45, why="really")
        assert len(asked(marlow.ines)) == 1

    def test_what_is_only_asked_for_uses_up_no_limit(self, marlow, case, money):
        gives(marlow, case, money, 40, why="it ruined a birthday")
        assert gives(marlow, case, money, 20).state == GiftState.GIVEN

    def test_a_case_has_one_limit_whoever_gives(self, marlow, case, money):
        marlow.hires_the_others()
        gives(marlow, case, money, 15)
        with pytest.raises(Refusal, match=r"£5\.00 here"):
            gives(marlow, case, money, 6, by=marlow.ben)

    def test_one_of_us_has_a_limit_for_the_week_over_all_customers(self, marlow, case, money):
        other = marlow.samir.mails("My toner has not come.")
        gives(marlow, case, money, 18)
        with pytest.raises(Refusal, match=r"You may still give £12\.00 this week; beyond that Ines is asked"):
            gives(marlow, other, money, 13)
        marlow.clock.forward(days=7)
        assert gives(marlow, other, money, 13).state == GiftState.GIVEN

    def test_all_of_us_have_one_too(self, marlow, case, may_give):
        money = may_give("your money back", per_week=50)
        marlow.hires_the_others()
        other = marlow.samir.mails("My toner has not come.")
        gives(marlow, case, money, 45)
        with pytest.raises(Refusal, match=r"All of us may still give £5\.00 this week"):
            gives(marlow, other, money, 6, by=marlow.ben)

    def test_a_limit_of_nothing_always_asks(self, marlow, case, may_give):
        call = may_give("a call from Ines", currency="", per_case=0)
        with pytest.raises(Refusal, match="Beyond what you may give without asking: Ines is asked"):
            gives(marlow, case, call, 1)

    def test_who_would_be_asked_gives_on_her_own_word(self, marlow, case, money):
        gift = gives(marlow, case, money, 40, by=marlow.ines)
        assert (gift.state, gift.decided_by) == (GiftState.GIVEN, marlow.ines)
        assert asked(marlow.ines) == []

    def test_while_ines_is_away_her_stand_in_is_asked(self, marlow, case, money):
        marlow.hires_the_others()
        Employee.objects.filter(pk=marlow.ines.pk).update(away_from=marlow.clock.now, stand_in=marlow.dana)
        assert gives(marlow, case, money, 40, why="a birthday").asked_of == marlow.dana

    def test_a_stand_in_does_not_ask_herself(self, marlow, case, money):
        marlow.hires_the_others()
        Employee.objects.filter(pk=marlow.ines.pk).update(away_from=marlow.clock.now, stand_in=marlow.priya)
        Employee.objects.filter(pk=marlow.priya.pk).update(manager=marlow.dana)
        marlow.priya.refresh_from_db()
        assert gives(marlow, case, money, 40, why="a birthday").asked_of == marlow.dana


class TestWhatCannotBe:
    @pytest.mark.parametrize("amount", ["0", "-3", "1.234", "1000000000"])
    def test_an_amount_is_some_money(self, marlow, case, money, amount):
        with pytest.raises(Refusal, match="how much"):
            gives(marlow, case, money, amount)

    def test_what_is_retired_is_not_given(self, marlow, case, money):
        retire(money, by=marlow.ines, now=marlow.clock.now)
        with pytest.raises(Refusal, match="no longer given"):
            gives(marlow, case, money, 5)

    def test_a_rider_who_answers_nobody_gives_nothing(self, marlow, case, money):
        marlow.hires_the_others()
        marlow.amira.refresh_from_db()
        with pytest.raises(Refusal, match="answers customers"):
            gives(marlow, case, money, 5, by=marlow.amira)

    def test_nothing_is_promised_on_what_has_ended(self, marlow, case, money):
        type(case).objects.filter(pk=case.pk).update(is_open=False)
        with pytest.raises(Refusal, match="has ended"):
            gives(marlow, case, money, 5)


@pytest.mark.django_db(transaction=True)
def test_ten_who_give_at_once_never_give_more_than_the_limit_together(marlow, may_give):
    money = may_give("your money back", per_week=10)
    cases = [marlow.john.mails("Cold.", subject=f"Matter {number}") for number in range(6)]
    begin, refused = threading.Barrier(len(cases)), []

    def give_three(case) -> None:
        begin.wait()
        try:
            give(case, money, amount=Decimal(3), by=marlow.priya, now=marlow.clock.now)
        except Refusal as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=give_three, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Gift.objects.filter(state=GiftState.GIVEN).count() == 3
    assert len(refused) == 3
    assert all("£1.00" in says for says in refused)


money_or_none = st.none() | st.decimals(0, 1000, places=2)


@given(in_case=money_or_none, by_one=money_or_none, in_week=money_or_none, amount=st.decimals("0.01", 1000, places=2))
def test_an_amount_is_allowed_only_where_every_limit_allows_it(in_case, by_one, in_week, amount):
    left = Left(Remedy(name="x", currency="GBP"), in_case, by_one, in_week)
    limits = [one for one in (in_case, by_one, in_week) if one is not None]
    assert left.allows(amount) == all(amount <= one for one in limits)
    assert left.says(Employee(name="Ines Duarte")).endswith(".")


def test_a_week_begins_on_monday_where_the_house_stands(marlow):
    sunday_night = marlow.clock.now + timedelta(days=6, hours=14, minutes=30)  # 23:30 UTC, Monday in Berlin
    assert week_of(sunday_night, "UTC").isoformat() == "2026-06-01"
    assert week_of(sunday_night, "Europe/Berlin").isoformat() == "2026-06-08"


@pytest.mark.parametrize(
    ("typed", "meant"), [("12.50", "12.50"), ("12,5", "12.5"), (" £ 7 ", "7"), ("3", "3"), ("12,50 €", "12.50")]
)
def test_an_amount_is_read_as_people_type_it(typed, meant):
    assert amount_typed(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "a lot", "1.2.3", "-4", "1e5", "12.505", "٣", "NaN"])
def test_what_is_no_amount_is_refused_in_words(typed):
    with pytest.raises(Refusal, match="Write how much"):
        amount_typed(typed)
