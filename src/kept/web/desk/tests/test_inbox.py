"""Who is waiting on us, by what falls due next."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case
from kept.demo.cast import CustomerOfMarlow
from kept.people.models import Employee, Notice
from kept.timeline.models import Event


def names(page: str) -> list[str]:
    return re.findall(r'<div class="row-who"><b>([^<]*)</b>', page)


def crowd(marlow, count: int) -> None:
    for number in range(count):
        customer = CustomerOfMarlow(marlow, f"Customer {number:02}", f"c{number}@crowd.example")
        customer.mails(f"Where is my order {number}?", subject=f"Order {number}")


def test_who_waits_stands_in_the_inbox_with_their_words(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    page = seat(marlow.priya).sees("/desk/")
    assert "One matter is waiting on us." in page
    assert "Mary Whitcombe" in page and "“Where are my boxes?”" in page
    assert "An answer by <b" in page


def test_two_matters_of_one_person_are_two_matters_not_two_people(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.mary.mails("And who mends my printer?", subject="Printer")
    assert "2 matters are waiting on us." in seat(marlow.priya).sees("/desk/")


def test_what_falls_due_next_stands_first_and_late_above_all(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.forward(days=2)
    marlow.john.mails("Cold again.", subject="Cold pizza")
    marlow.samir.is_written_down("phone", "Please ring me.", by=marlow.ines)
    page = seat(marlow.priya).sees("/desk/")
    assert names(page) == ["Mary Whitcombe", "Samir Patel", "John Adeyemi"]
    assert (
        page.index("Past its hour") < page.index("Mary Whitcombe</b>") < page.index("Due today") < page.index("Samir Patel</b>")
    )


def test_the_silence_clock_says_how_long_and_that_it_is_late(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.forward(days=3)
    page = seat(marlow.priya).sees("/desk/")
    assert 'class="clock clock-late"' in page and "Silent for 3 days, past our promise" in page
    assert "Mary Whitcombe has waited longest: 3 days." in page


def test_mine_shows_only_what_i_own(marlow, seat):
    marlow.hires_the_others()
    crowd(marlow, 4)
    Case.objects.update(owner=marlow.tom)
    Case.objects.filter(subject="Order 2").update(owner=marlow.priya)
    assert names(seat(marlow.priya).sees("/desk/?view=mine")) == ["Customer 02"]


def test_an_answered_customer_waits_on_us_no_longer(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.answers(case, "Hello Mary,\n\nThey left this morning.\n\nPriya Nair")
    priya = seat(marlow.priya)
    assert "Nobody is waiting on us" in priya.sees("/desk/")
    assert names(priya.sees("/desk/?view=customer")) == ["Mary Whitcombe"]


def test_an_end_stands_under_ended_with_its_disc(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    priya = seat(marlow.priya)
    priya.posts(f"/desk/cases/{case.public_id}/verdict", {"said": "yes", "words": "They came, thank you."})
    page = priya.sees("/desk/?view=ended")
    assert names(page) == ["Mary Whitcombe"] and "disc-white" in page


def test_the_twenty_first_is_one_page_further_and_nobody_is_left_out(marlow, seat):
    crowd(marlow, 23)
    priya = seat(marlow.priya)
    first = priya.sees("/desk/")
    onward = re.search(r'rel="next" href="([^"]*)"', first)
    assert onward is not None
    second = priya.sees(onward[1].replace("&amp;", "&"))
    assert len(names(first)) == 20 and len(names(second)) == 3
    assert len({*names(first), *names(second)}) == 23
    assert 'rel="next"' not in second


@pytest.mark.parametrize("view", ["mine", "customer", "ended"])
def test_every_view_goes_on_by_key_and_leaves_nobody_out(marlow, seat, view):
    crowd(marlow, 23)
    if view == "customer":
        Case.objects.update(next_due_at=None)
    if view == "ended":
        Case.objects.update(is_open=False, ended_at=marlow.clock.now)
    priya = seat(marlow.priya)
    first = priya.sees(f"/desk/?view={view}")
    onward = re.search(r'rel="next" href="([^"]*)"', first)
    assert onward is not None
    second = priya.sees(onward[1].replace("&amp;", "&"))
    assert len(names(first)) == 20 and len({*names(first), *names(second)}) == 23


@pytest.mark.parametrize("key", ["nonsense", "MjAyNi0wNi0wMXwx", "MjAyNi0wNi0wMVQwOTowMDowMCswMDowMHx4", "Ω"])
def test_a_broken_page_key_shows_the_first_page(marlow, seat, key):
    crowd(marlow, 1)
    assert names(seat(marlow.priya).sees(f"/desk/?after={key}")) == ["Customer 00"]


def test_one_who_is_not_yet_looked_at_can_be_taken_and_the_focus_goes_to_the_next(marlow, seat):
    marlow.hires_the_others()
    first = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.forward(minutes=30)
    second = marlow.john.mails("Cold again.", subject="Cold pizza")
    Case.objects.update(owner=marlow.tom)
    priya = seat(marlow.priya)
    page = priya.sees("/desk/")
    assert "Tom has it, not yet opened" in page
    assert f'name="back" value="/desk/#case-{second.public_id}"' in page
    answer = priya.posts(f"/desk/cases/{first.public_id}/owner", {"back": f"/desk/#case-{second.public_id}"})
    assert answer["Location"] == f"/desk/#case-{second.public_id}"
    first.refresh_from_db()
    assert first.owner == marlow.priya


def test_a_back_link_to_another_house_is_not_followed(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    answer = seat(marlow.priya).posts(f"/desk/cases/{case.public_id}/seen", {"back": "https://evil.example/"})
    assert answer["Location"] == f"/desk/cases/{case.public_id}"


def test_what_i_was_told_stands_on_top_until_i_have_seen_it(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.forward(days=2)
    marlow.works()
    ines = seat(marlow.ines)
    assert "You were told" in ines.sees("/desk/")
    ines.posts(f"/desk/cases/{case.public_id}/seen", {"back": "/desk/"})
    assert not Notice.objects.filter(to=marlow.ines, about=case.about, seen_at__isnull=True).exists()


def test_a_customers_words_cannot_become_markup(marlow, seat):
    marlow.mary.mails("<script>alert(1)</script> where are my boxes?", subject="<b>16</b>")
    page = seat(marlow.priya).sees("/desk/")
    assert "<script>alert" not in page and "<b>16</b>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_stranger_is_led_to_the_sign_in(marlow, seat):
    answer = seat(None).opens("/desk/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in")


def test_who_has_left_sees_nothing(marlow, seat):
    priya = seat(marlow.priya)
    Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
    assert priya.opens("/desk/").status_code in {302, 403}


def test_looking_changes_nothing(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    before = (Event.objects.count(), list(Case.objects.values()), list(Notice.objects.values()))
    priya = seat(marlow.priya)
    for view in ("waiting", "mine", "customer", "ended"):
        priya.sees(f"/desk/?view={view}")
    assert (Event.objects.count(), list(Case.objects.values()), list(Notice.objects.values())) == before


def test_a_full_inbox_takes_eight_queries_at_most(marlow, seat, django_assert_max_num_queries):
    marlow.hires_the_others()
    crowd(marlow, 30)
    marlow.clock.forward(days=2)
    marlow.works()
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(8):
        priya.sees("/desk/")
