"""What everybody is promised has a page; a case says what became of it; the figure opens those people."""

from __future__ import annotations

import pytest

from kept.promises.models import Promise, StandingPromise
from kept.promises.standing import Terms, add_standing


@pytest.fixture
def hot(marlow):
    """Marlow's advert."""
    terms = Terms("A hot pizza, or your money back", marlow.clock.now.date(), where="the menu, page 1", within_minutes=240)
    return add_standing(terms, by=marlow.ines, now=marlow.clock.now)


def typed(marlow, **other):
    return {"says": "Free drinks on Monday", "said_in": "advert", "since_on": marlow.clock.now.date().isoformat(), **other}


def test_an_admin_writes_down_what_the_advert_says_and_changes_it(marlow, seat):
    ines = seat(marlow.ines)
    assert "Nothing that we promise to everybody" in ines.sees("/desk/promises/standing")
    assert ines.posts("/desk/promises/standing/new", typed(marlow, within="0.75")).status_code == 302
    made = StandingPromise.objects.get()
    assert StandingPromise.objects.filter(within_minutes=45).exists()
    page = f"/desk/promises/standing/{made.public_id}"
    ines.posts(f"{page}/change", typed(marlow, until_on=marlow.clock.now.date().isoformat(), where="window"))
    assert StandingPromise.objects.filter(where="window", within_minutes__isnull=True).exists()
    assert "Free drinks on Monday" in seat(marlow.priya).sees(page)
    assert seat(marlow.priya).opens(f"{page}/change").status_code == 403


def test_what_cannot_be_comes_back_with_a_sentence_and_what_was_typed(marlow, seat):
    ines = seat(marlow.ines)
    answer = ines.posts("/desk/promises/standing/new", typed(marlow, until_on="2020-01-01"))
    assert answer.status_code == 409 and "It cannot end before it begins." in answer.content.decode()
    assert "Free drinks on Monday" in answer.content.decode()
    answer = ines.posts("/desk/promises/standing/new", typed(marlow, says=""))
    assert answer.status_code == 422 and "as everybody can read it" in answer.content.decode()


def test_a_case_says_that_it_was_broken_and_the_list_opens_whose_it_was(marlow, hot, seat):
    case = marlow.john.mails("My pizza came cold.", is_proven=True)
    priya, url = seat(marlow.priya), f"/desk/cases/{case.public_id}/standing"
    assert "What everybody was promised" in priya.sees(f"/desk/cases/{case.public_id}")
    assert "Watch its hour" in priya.sees(url)
    assert priya.posts(url, {"standing": hot.pk, "became": "broken"}).status_code == 302
    assert "Broken, and owed." in priya.sees(url)
    listed = priya.sees("/desk/promises/standing")
    assert "1 broken" in listed
    page = priya.sees(f"/desk/promises/standing/{hot.public_id}?part=broken")
    assert "John Adeyemi" in page
    assert "John Adeyemi" not in priya.sees(f"/desk/promises/standing/{hot.public_id}?part=kept")
    assert "John Adeyemi" in priya.sees("/desk/pulse/standing_promises")


def test_said_twice_or_for_nothing_it_is_refused_in_a_sentence(marlow, hot, seat):
    case = marlow.john.mails("My pizza came cold.", is_proven=True)
    priya, url = seat(marlow.priya), f"/desk/cases/{case.public_id}/standing"
    priya.posts(url, {"standing": hot.pk, "became": "open"})
    answer = priya.posts(url, {"standing": hot.pk, "became": "kept"})
    assert answer.status_code == 409 and "already" in answer.content.decode()
    for fields in ({"standing": "999", "became": "kept"}, {"standing": hot.pk, "became": "sold"}, {}):
        assert "Say which promise it was" in priya.posts(url, fields).content.decode()
    assert Promise.objects.filter(standing=hot).count() == 1
