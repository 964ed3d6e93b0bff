"""What customers were worth comes in as a list: tried first, then in one piece, and told again it changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.numbers.importing import take_months, try_months
from kept.numbers.models import CustomerMonth
from kept.numbers.reading_months import read_months, worth_in
from kept.people.models import Customer
from kept.timeline.models import Event

LIST = """email;month;value;currency;active
john@adeyemi.example;2026-05;1.240,50;GBP;yes
new@whitby.example;2026-05;80;GBP;no
mary@example;soon;80;GBP;yes
"""


def told(marlow, text):
    return read_months(text, now=marlow.clock.now)


def test_tried_first_nothing_changes(marlow, seat):
    marlow.john.mails("My pizza came cold.")
    page = (
        seat(marlow.ines).posts("/desk/pulse/months", {"file": SimpleUploadedFile("months.csv", LIST.encode())}).content.decode()
    )
    assert "2 months of customers would be known. Nothing has happened yet." in page
    assert "somebody we did not know" in page and "write the month as 2026-06" in page
    assert not CustomerMonth.objects.exists() and Customer.objects.count() == 1


def test_taken_in_it_opens_its_customers_as_revenue(marlow, seat):
    case = marlow.john.mails("My pizza came cold.")
    ines = seat(marlow.ines)
    assert (
        "2 months of customers are known now." in ines.posts("/desk/pulse/months", {"text": LIST, "take": "1"}).content.decode()
    )
    known = CustomerMonth.objects.get(customer=case.customer)
    assert (known.value, known.currency, known.is_active) == (Decimal("1240.50"), "GBP", True)
    page = ines.sees("/desk/pulse/revenue")
    assert "Revenue: 1,320.5" in page and "John Adeyemi" in page and f"/desk/cases/{case.public_id}" in page
    happened = Event.objects.get(kind="months_imported")
    assert (happened.by, happened.facts["new"], happened.facts["left_out"]) == (f"employee:{marlow.ines.pk}", 2, 1)


def test_told_again_nothing_changes_and_a_new_value_replaces_the_old(marlow):
    rows = told(marlow, LIST)
    take_months(rows, by=marlow.ines, now=marlow.clock.now)
    assert [one.fate for one in try_months(rows)] == ["same", "same", "left_out"]
    assert [one.fate for one in take_months(rows, by=marlow.ines, now=marlow.clock.now)] == ["same", "same", "left_out"]
    changed = told(marlow, "email,month,value\njohn@adeyemi.example,2026-05,5\n")
    assert [one.fate for one in try_months(changed)] == ["changed"]
    take_months(changed, by=marlow.ines, now=marlow.clock.now)
    assert CustomerMonth.objects.get(customer__identities__value="john@adeyemi.example").value == 5


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("john@adeyemi.example,2026-13,5,GBP,yes", "write the month"),
        ("john@adeyemi.example,2027-01,5,GBP,yes", "still to come"),
        ("john@adeyemi.example,2026-05,five,GBP,yes", "as a number"),
        ("john@adeyemi.example,2026-05,NaN,GBP,yes", "as a number"),
        ("john@adeyemi.example,2026-05,5,pounds,yes", "three letters"),
        ("john@adeyemi.example,2026-05,5,GBP,perhaps", "yes or no"),
        ("nobody,2026-05,5,GBP,yes", "needs an e-mail address"),
    ],
)
def test_what_cannot_be_used_says_why(marlow, row, mistake):
    (found,) = told(marlow, f"email,month,value,currency,active\n{row}\n")
    assert found.told is None and mistake in found.mistake


@pytest.mark.parametrize("text", ["", "email,value\na@b.example,5\n", "email,month\n"])
def test_what_is_no_list_is_refused_in_one_sentence(marlow, seat, text):
    page = seat(marlow.ines).posts("/desk/pulse/months", {"text": text or " "})
    assert page.status_code in (409, 422) and "error-summary" in page.content.decode()


def test_a_month_told_twice_counts_once(marlow):
    rows = told(marlow, "email,month,value\nj@a.example,2026-05,5\nj@a.example,2026-05-31,6\n")
    assert [row.told is not None for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("written", "value"),
    [("1234.50", "1234.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("12,5", "12.5"), ("-3", "-3")],
)
def test_an_amount_is_read_as_people_write_it(written, value):
    assert worth_in(written) == Decimal(value)


def test_growth_and_retention_open_who_came_and_who_left(marlow, seat):
    months = [
        ("john", "2026-04", "yes"),
        ("john", "2026-05", "no"),
        ("mary", "2026-04", "yes"),
        ("mary", "2026-05", "yes"),
        ("new", "2026-05", "yes"),
    ]
    text = "email,month,active\n" + "".join(f"{who}@x.example,{month},{active}\n" for who, month, active in months)
    take_months(told(marlow, text), by=marlow.ines, now=marlow.clock.now)
    ines = seat(marlow.ines)
    growth = ines.sees("/desk/pulse/growth")
    assert "Growth: 0" in growth and "Came 1" in growth and "Left 1" in growth
    assert "Stayed 1" in ines.sees("/desk/pulse/retention") and "Left 1" in ines.sees("/desk/pulse/retention")
