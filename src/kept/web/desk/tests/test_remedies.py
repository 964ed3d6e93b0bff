"""Priya gives John his money back with one press; Ines says what may be given, and sees what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kept.outcomes.hearing import hear
from kept.places.models import Place
from kept.promises.keeping import renegotiate
from kept.promises.models import Promise
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.setting_up import Terms, add_remedy

FILLED_IN = {
    "name": "your money back",
    "currency": "gbp",
    "limit_per_case": "20",
    "limit_per_employee": "",
    "limit_per_week": "200.50",
    "answer_within": "4",
    "done_within": "16",
}


@pytest.fixture
def case(marlow):
    return marlow.john.mails("My pizza was cold.", subject="Cold pizza", is_proven=True)


@pytest.fixture
def money(marlow) -> Remedy:
    terms = Terms("your money back", marlow.ines, "GBP", limit_per_case=Decimal(20), limit_per_week=Decimal(200))
    return add_remedy(terms, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def url(case) -> str:
    return f"/desk/cases/{case.public_id}"


class TestOnTheCase:
    def test_who_answers_sees_what_is_left_before_pressing(self, money, url, marlow, seat):
        page = seat(marlow.priya).sees(url)
        assert "You may still give £20.00 here; beyond that Ines is asked." in page
        assert "Beyond every limit you decide yourself." in seat(marlow.ines).sees(url)

    def test_given_it_stands_on_the_case_in_the_ledger_and_on_johns_page(self, money, case, url, marlow, seat):
        priya = seat(marlow.priya)
        answer = priya.posts(f"{url}/give", {"remedy": money.pk, "amount": "12,50", "why": "cold"}, follow=True)
        page = " ".join(answer.content.decode().split())
        assert "Given, and promised on their page: your money back: £12.50." in page
        assert "Priya Nair gives: your money back: £12.50" in page
        assert "Priya Nair gave it; promised by" in page
        assert "You may still give £7.50 here" in page
        assert Promise.objects.get(case=case, is_next_word=False).what == "your money back: £12.50"

    def test_what_was_typed_is_still_there_when_it_goes_beyond_a_limit(self, money, url, marlow, seat):
        answer = seat(marlow.priya).posts(f"{url}/give", {"remedy": money.pk, "amount": "40", "why": ""})
        page = " ".join(answer.content.decode().split())
        assert answer.status_code == 409
        assert "beyond that Ines is asked. Say why, for Ines to decide by." in page
        assert 'value="40"' in page
        assert '<details class="judge" open>' in page
        assert not Gift.objects.exists()

    @pytest.mark.parametrize(("fields", "says"), [({}, "Choose what they are given"), ({"remedy": "x" * 30}, "Choose what")])
    def test_something_has_to_be_chosen(self, money, url, marlow, seat, fields, says):
        answer = seat(marlow.priya).posts(f"{url}/give", {"amount": "3", **fields})
        assert answer.status_code == 409
        assert says in answer.content.decode()

    def test_one_thing_needs_no_amount(self, case, url, marlow, seat):
        pizza = add_remedy(Terms("a new pizza", marlow.ines, limit_per_case=Decimal(1)), by=marlow.ines, now=marlow.clock.now)
        assert seat(marlow.priya).posts(f"{url}/give", {"remedy": pizza.pk, "amount": ""}).status_code == 302
        assert Gift.objects.get().amount == 1

    def test_pressing_twice_gives_once(self, money, url, marlow, seat):
        fields = {"remedy": money.pk, "amount": "5", "seen": "0"}
        assert seat(marlow.priya).posts(f"{url}/give", fields).status_code == 302
        again = seat(marlow.priya).posts(f"{url}/give", fields)
        assert again.status_code == 409
        assert "Something was given or asked for here meanwhile" in again.content.decode()
        assert Gift.objects.count() == 1
        assert 'name="seen" value="1"' in again.content.decode()

    def test_after_a_new_hour_was_agreed_the_panel_says_that_hour(self, money, case, url, marlow, seat):
        gift = give(case, money, amount=Decimal(5), by=marlow.priya, now=marlow.clock.now)
        told = marlow.answers(case, "It takes until the 20th.")
        later = marlow.clock.now + timedelta(days=19)
        renegotiate(gift.promise, due_at=later, by=marlow.priya, now=marlow.clock.now, told_in=told)
        assert "promised by <time" in (page := seat(marlow.priya).sees(url))
        assert "Saturday 20 June" in page.partition('id="gi-h"')[2].partition("</ul>")[0]

    def test_a_rider_is_offered_nothing(self, money, url, marlow, seat):
        marlow.hires_the_others()
        marlow.amira.refresh_from_db()
        assert "Give something" not in seat(marlow.amira).sees(url)

    def test_they_have_it_keeps_the_promise(self, money, case, url, marlow, seat):
        gift = give(case, money, amount=Decimal(5), by=marlow.priya, now=marlow.clock.now)
        seat(marlow.priya).posts(f"/desk/gifts/{gift.public_id}/done")
        gift.refresh_from_db()
        assert (gift.state, gift.promise.state) == (GiftState.DONE, "kept")
        assert "They have it, since" in seat(marlow.priya).sees(url)

    def test_keeping_the_promise_in_the_ledger_says_that_they_have_it(self, money, case, marlow, seat):
        gift = give(case, money, amount=Decimal(5), by=marlow.priya, now=marlow.clock.now)
        seat(marlow.priya).posts(f"/desk/promises/{gift.promise.public_id}/keep")
        gift.refresh_from_db()
        assert gift.state == GiftState.DONE


class TestBeyondTheLimit:
    @pytest.fixture
    def gift(self, money, case, marlow) -> Gift:
        return give(case, money, amount=Decimal(40), by=marlow.priya, now=marlow.clock.now, why="it ruined a birthday")

    def test_ines_sees_that_she_is_asked_once_and_says_yes_from_the_inbox(self, gift, marlow, seat):
        ines = seat(marlow.ines)
        page = ines.sees("/desk/")
        assert "May John Adeyemi have your money back: £40.00?" in page
        assert "it ruined a birthday" in page
        assert "Priya asks you" not in page, "said once, in its own place"
        ines.posts(f"/desk/gifts/{gift.public_id}/decide", {"said": "yes", "back": "/desk/"})
        gift.refresh_from_db()
        assert gift.state == GiftState.GIVEN
        assert "You are asked" not in ines.sees("/desk/")
        assert "Ines says yes" in seat(marlow.priya).sees("/desk/")

    def test_a_no_without_a_reason_comes_back_and_with_one_is_told(self, gift, url, marlow, seat):
        ines = seat(marlow.ines)
        answer = ines.posts(f"/desk/gifts/{gift.public_id}/decide", {"said": "no", "why": " "})
        assert answer.status_code == 409
        assert "Say why not, for Priya" in answer.content.decode()
        ines.posts(f"/desk/gifts/{gift.public_id}/decide", {"said": "no", "why": "Twenty is what we agreed on."})
        assert "Ines Duarte said no: Twenty is what we agreed on." in seat(marlow.priya).sees(url)

    def test_priya_sees_who_is_asked_and_by_when_and_no_buttons(self, gift, url, marlow, seat):
        page = seat(marlow.priya).sees(url)
        assert "Ines Duarte is asked; the word is due by" in page
        assert "Yes, give it" not in page
        answer = seat(marlow.priya).posts(f"/desk/gifts/{gift.public_id}/decide", {"said": "yes"})
        assert answer.status_code == 409
        assert "Ines Duarte was asked, and decides." in answer.content.decode()

    def test_neither_yes_nor_no_changes_nothing(self, gift, marlow, seat):
        assert seat(marlow.ines).posts(f"/desk/gifts/{gift.public_id}/decide", {"said": "perhaps"}).status_code == 409
        gift.refresh_from_db()
        assert gift.state == GiftState.ASKED

    def test_what_is_only_asked_for_is_not_there_yet(self, gift, marlow, seat):
        answer = seat(marlow.priya).posts(f"/desk/gifts/{gift.public_id}/done")
        assert answer.status_code == 409
        assert "not given, so it cannot be done" in answer.content.decode()


class TestSettingUp:
    def test_a_manager_adds_changes_and_retires_it(self, marlow, seat):
        marlow.hires_the_others()
        dana = seat(marlow.dana)
        assert "Nothing may be given without asking yet" in dana.sees("/desk/remedies")
        filled = {**FILLED_IN, "asks": marlow.dana.pk}
        assert dana.posts("/desk/remedies/new", filled).status_code == 302
        remedy = Remedy.objects.get()
        assert (remedy.currency, remedy.limit_per_week, remedy.limit_per_employee) == ("GBP", Decimal("200.50"), None)
        assert (remedy.answer_within_minutes, remedy.done_within_minutes) == (240, 960)
        page = dana.sees("/desk/remedies")
        assert "Your money back" in page and "£200.50" in page and "Dana Okafor is asked" in page
        dana.posts(f"/desk/remedies/{remedy.pk}", {**filled, "limit_per_case": "25"})
        dana.posts(f"/desk/remedies/{remedy.pk}/retire")
        remedy.refresh_from_db()
        assert remedy.limit_per_case == 25
        assert "no longer given" in dana.sees("/desk/remedies")
        dana.posts(f"/desk/remedies/{remedy.pk}/retire", {"again": "yes"})
        assert "no longer given" not in dana.sees("/desk/remedies").partition("<main")[2].partition("toast")[0]

    def test_a_mistake_comes_back_with_everything_typed(self, marlow, seat):
        answer = seat(marlow.ines).posts("/desk/remedies/new", {**FILLED_IN, "asks": marlow.ines.pk, "name": ""})
        assert answer.status_code == 422
        assert "Say what is given, as the customer reads it" in answer.content.decode()
        assert 'value="200.50"' in answer.content.decode()

    def test_terms_that_cannot_be_come_back_too(self, marlow, seat):
        nothing = {"limit_per_case": "", "limit_per_week": ""}
        answer = seat(marlow.ines).posts("/desk/remedies/new", {**FILLED_IN, **nothing, "asks": marlow.ines.pk})
        assert answer.status_code == 409
        assert "Set at least one limit" in answer.content.decode()

    def test_who_answers_customers_does_not_set_her_own_limits(self, marlow, seat):
        assert seat(marlow.priya).opens("/desk/remedies").status_code == 403
        assert "What we may give" not in seat(marlow.priya).sees("/desk/")


class TestTheReport:
    @pytest.fixture
    def given(self, money, case, marlow):
        quay = Place.objects.create(name="Quay Street")
        type(case).objects.filter(pk=case.pk).update(place=quay)
        pizza = add_remedy(Terms("a new pizza", marlow.ines, limit_per_case=Decimal(2)), by=marlow.ines, now=marlow.clock.now)
        give(case, money, amount=Decimal("12.50"), by=marlow.priya, now=marlow.clock.now)
        give(case, pizza, amount=Decimal(1), by=marlow.priya, now=marlow.clock.now)
        other = marlow.samir.mails("My toner has not come.", subject="Toner")
        give(other, money, amount=Decimal(7), by=marlow.priya, now=marlow.clock.now)
        marlow.answers(other, "It is on its way.")
        hear(type(other).objects.get(pk=other.pk), "yes", now=marlow.clock.now, confirmed_by=marlow.priya, words="All good.")
        give(other if other.is_open else case, money, amount=Decimal(40), by=marlow.priya, now=marlow.clock.now, why="more")
        return case

    def test_it_says_what_was_spent_and_how_those_cases_ended(self, given, marlow, seat):
        page = seat(marlow.ines).sees("/desk/remedies/given")
        assert "3 times something was given" in page
        assert "£19.50" in page, "what is only asked for is not spent"
        assert "1 thing" in page

    def test_each_figure_opens_the_people_behind_it(self, given, money, marlow, seat):
        ines = seat(marlow.ines)
        happy = ines.sees(f"/desk/remedies/given/people?by=remedy&key={money.pk}&ended=white")
        assert "Samir Patel" in happy and "John Adeyemi" not in happy
        still_open = ines.sees(f"/desk/remedies/given/people?by=remedy&key={money.pk}&ended=open")
        assert "John Adeyemi" in still_open and "Cold pizza" in still_open and "Samir Patel" not in still_open

    def test_by_place_and_by_week(self, given, marlow, seat):
        ines = seat(marlow.ines)
        page = ines.sees("/desk/remedies/given?by=place")
        assert "Quay Street" in page and "No place said" in page
        assert "Samir Patel" in ines.sees("/desk/remedies/given/people?by=place&key=")
        assert "Monday 1 June" in ines.sees("/desk/remedies/given?by=week")
        assert "Samir Patel" in ines.sees("/desk/remedies/given/people?by=week&key=2026-06-01")

    def test_it_names_nobody_who_gave(self, given, marlow, seat):
        page = seat(marlow.ines).sees("/desk/remedies/given").partition("<main")[2].partition("</main>")[0]
        assert "Priya" not in page

    def test_a_quarter_in_which_nothing_was_given_says_so(self, given, marlow, seat):
        assert "Nothing was given in these weeks" in seat(marlow.ines).sees("/desk/remedies/given?until=2025-06-02")

    @pytest.mark.parametrize(
        "asked", ["?by=employee&key=1", "?by=remedy&key=x", "?by=remedy&key=99999", "?by=week&key=soon", "?by=place&key=7777"]
    )
    def test_what_is_no_line_of_it_is_not_there(self, given, marlow, seat, asked):
        assert seat(marlow.ines).opens(f"/desk/remedies/given/people{asked}").status_code == 404

    def test_many_gifts_take_few_queries_and_the_next_page_goes_on(
        self, money, marlow, seat, monkeypatch, django_assert_max_num_queries
    ):
        for number in range(6):
            case = marlow.john.mails("Cold.", subject=f"Matter {number}")
            give(case, money, amount=Decimal(1), by=marlow.priya, now=marlow.clock.now)
            marlow.clock.forward(minutes=1)
        monkeypatch.setattr("kept.web.desk.remedies.PAGE", 4)
        ines = seat(marlow.ines)
        with django_assert_max_num_queries(7):
            ines.sees("/desk/remedies/given")
        page = ines.sees(f"/desk/remedies/given/people?by=remedy&key={money.pk}")
        assert "Matter 5" in page and "Matter 2" in page and "Matter 1" not in page
        after = page.partition("after=")[2].partition('"')[0]
        rest = ines.sees(f"/desk/remedies/given/people?by=remedy&key={money.pk}&after={after}")
        assert "Matter 1" in rest and "Matter 0" in rest and "Matter 2" not in rest


class TestTheThirdTime:
    @pytest.fixture
    def third(self, marlow):
        for subject in ("One", "Two", "Three"):
            marlow.clock.forward(days=20)
            case = marlow.john.mails("My pizza was cold.", subject=subject, is_proven=True)
        return case

    def test_it_says_so_in_the_list_and_on_the_case_with_the_earlier_ones_beside_it(self, third, marlow, seat):
        priya = seat(marlow.priya)
        assert "third time" in priya.sees("/desk/")
        page = priya.sees(f"/desk/cases/{third.public_id}")
        assert "The third time this happens to John Adeyemi." in page
        assert "The third time this happens to them." in page
        beside = page.partition('id="re"')[2].partition("</form>")[0]
        assert "One" in beside and "Two" in beside and beside.count('class="disc') == 2

    def test_by_his_own_count_it_says_that_we_know_of_none(self, marlow, seat):
        case = marlow.john.mails("The pizza is cold for the third time.")
        assert "They say so; we know of none before." in seat(marlow.priya).sees(f"/desk/cases/{case.public_id}")

    def test_a_person_can_say_that_it_is_not_the_same_again(self, third, marlow, seat):
        url = f"/desk/cases/{third.public_id}"
        seat(marlow.priya).posts(f"{url}/not-a-repeat")
        page = seat(marlow.priya).sees(url)
        assert 'id="re"' not in page
        assert "Priya Nair said that it is not the same thing again" in page
        assert seat(marlow.priya).posts(f"{url}/not-a-repeat").status_code == 409
