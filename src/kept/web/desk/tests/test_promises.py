"""The ledger: broken first, then today, then later; every dot a promise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.promises.making import promise
from kept.promises.models import Promise
from kept.web.desk.tests.conftest import text_of


@pytest.fixture
def case(marlow):
    return marlow.mary.mails("Where are my boxes?", subject="16 boxes")


@pytest.fixture
def given(marlow, case):
    """`given("a list", hours=3)`: Priya promised it, so many hours from now."""

    def give(what: str, *, by=None, **span: float) -> Promise:
        now = marlow.clock.now
        return promise(case, what, by=by or marlow.priya, due_at=now + timedelta(**span), now=now)

    return give


def test_broken_ones_stand_first_then_today_then_later(marlow, seat, given):
    given("a list of bases", hours=1)
    marlow.clock.forward(hours=2)
    marlow.works()
    given("an invoice", hours=3)
    given("a letter", days=4)
    page = seat(marlow.priya).sees("/desk/promises")
    places = [page.index(words) for words in ("Broken, and not yet mended", "A list of bases", "An invoice", "Later", "A letter")]
    assert places == sorted(places)
    assert "Make good" in page and "It won’t be in time" in page


def test_the_sum_is_said_aloud(marlow, seat, given):
    given("an invoice", hours=3)
    page = seat(marlow.priya).sees("/desk/promises")
    assert "We gave our word 2 times in the last 30 days." in page
    assert "2 are still to come" in page


def test_keeping_one_moves_it_down_with_by_how_much_it_was_early(marlow, seat, given):
    made = given("an invoice", hours=3)
    priya = seat(marlow.priya)
    assert priya.posts(f"/desk/promises/{made.public_id}/keep")["Location"] == "/desk/promises"
    page = priya.sees("/desk/promises")
    assert page.index("Lately kept") < page.index("An invoice") and "3 h early" in page


def test_mine_leaves_out_what_others_promised(marlow, seat, given):
    marlow.hires_the_others()
    given("an invoice", by=marlow.tom, hours=3)
    assert "An invoice" in seat(marlow.priya).sees("/desk/promises")
    assert "An invoice" not in seat(marlow.priya).sees("/desk/promises?whose=mine")


def test_each_dot_is_one_promise_on_its_day(marlow, seat, given):
    given("an invoice", days=2)
    given("a letter", days=2)
    page = seat(marlow.priya).sees("/desk/promises")
    assert "2 still to come" in page


def test_a_held_promise_is_not_in_the_ledger(marlow, seat, case, given):
    made = given("an invoice", hours=3)
    Promise.objects.filter(pk=made.pk).update(is_held=True)
    assert "An invoice" not in seat(marlow.priya).sees("/desk/promises")
    assert seat(marlow.priya).posts(f"/desk/promises/{made.public_id}/keep").status_code == 404


def test_an_empty_ledger_is_good_news(marlow, seat):
    assert "No promise is open" in seat(marlow.priya).sees("/desk/promises")


def test_a_new_hour_counts_only_when_the_customer_was_told(marlow, seat, case, given):
    made = given("an invoice", days=1)
    marlow.clock.forward(minutes=5)
    priya = seat(marlow.priya)
    answer = priya.posts(f"/desk/promises/{made.public_id}/new-hour", {"due": "2026-06-04T12:00"})
    page = text_of(answer)
    assert answer.status_code == 409 and "Tell the customer first" in page and 'value="2026-06-04T12:00"' in page
    marlow.answers(case, "Hello Mary,\n\nThe invoice takes until Thursday noon.\n\nPriya Nair", kind="sign_of_life")
    priya.posts(f"/desk/promises/{made.public_id}/new-hour", {"due": "2026-06-04T12:00"})
    made.refresh_from_db()
    assert made.state == "renegotiated" and str(made.replaced_by.due_at) == "2026-06-04 12:00:00+00:00"


def test_a_broken_promise_has_no_new_hour(marlow, seat, given):
    made = given("an invoice", hours=1)
    marlow.clock.forward(hours=2)
    marlow.works()
    answer = seat(marlow.priya).posts(f"/desk/promises/{made.public_id}/new-hour", {"due": "2026-06-04T12:00"})
    assert answer.status_code == 409 and "it is broken" in text_of(answer)


def test_looking_keeps_nothing(marlow, seat, given):
    made = given("an invoice", hours=3)
    assert seat(marlow.priya).opens(f"/desk/promises/{made.public_id}/keep").status_code == 405


def test_the_ledger_reads_each_part_once(marlow, seat, given, django_assert_max_num_queries):
    for number in range(15):
        given(f"promise {number}", hours=1 + number)
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(11):
        priya.sees("/desk/promises")
