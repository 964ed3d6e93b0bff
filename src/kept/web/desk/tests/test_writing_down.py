"""A call, a letter or a visit, written down in ten seconds."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case, Message
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marlow(transactional_db):
    from kept.demo.cast import Marlow

    return Marlow()


def test_a_call_written_down_is_a_case_whose_clock_began_when_it_happened(marlow, seat):
    marlow.clock.forward(hours=3)
    typed = {
        "medium": "phone",
        "name": "Samir Patel",
        "phone": "+44 7700 900333",
        "text": "Please ring me.",
        "at": "2026-06-01T10:30",
    }
    answer = seat(marlow.priya).posts("/desk/write-down", typed)
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.public_id}"
    assert case.customer.name == "Samir Patel" and str(case.silent_since) == "2026-06-01 10:30:00+00:00"
    assert Message.objects.get().author == marlow.priya


def test_from_a_case_it_stands_on_that_case(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    priya = seat(marlow.priya)
    page = priya.sees(f"/desk/write-down?case={case.public_id}")
    assert f'name="case" value="{case.public_id}"' in page
    priya.posts("/desk/write-down", {"medium": "visit", "text": "She came by.", "case": str(case.public_id)})
    assert case.messages.filter(medium="visit").exists() and Case.objects.count() == 1


def test_pressing_twice_keeps_one(marlow, seat):
    priya = seat(marlow.priya)
    nonce = re.search(r'name="nonce" value="([^"]*)"', priya.sees("/desk/write-down"))
    assert nonce is not None
    typed = {"medium": "phone", "name": "Samir", "text": "Please ring me.", "nonce": nonce[1]}
    first, second = (priya.posts("/desk/write-down", typed)["Location"] for _press in range(2))
    assert first == second and Message.objects.count() == 1


def test_without_words_it_comes_back_with_everything_typed(marlow, seat):
    answer = seat(marlow.priya).posts(
        "/desk/write-down", {"medium": "letter", "name": "Harold Finch", "email": "no address", "text": ""}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Write what they said, in their words as far as you remember" in page
    assert 'value="Harold Finch"' in page and 'value="letter" checked' in page and 'value="no address"' in page
    assert 'href="#id_text"' in page and 'aria-invalid="true"' in page
