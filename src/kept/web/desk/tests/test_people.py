"""Who works here: added, changed, let in, sent off with their cases handed on."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case
from kept.people.models import Employee, SignInLink
from kept.web.desk.tests.conftest import text_of


def form_of(person: Employee, **changed: object) -> dict[str, object]:
    known = {
        "name": person.name,
        "email": person.email or "",
        "public_name": person.public_name,
        "job": person.job,
        "role": person.role,
        "follow_ups_a_week": person.follow_ups_a_week,
        "manager": person.manager_id or "",
        "stand_in": person.stand_in_id or "",
        **({"answers": "on"} if person.answers else {}),
    }
    return {**known, **changed}


def test_everybody_stands_there_and_only_managers_see_what_waits_for_whom(marlow, seat):
    marlow.hires_the_others()
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    employee, manager = seat(marlow.priya).sees("/desk/people"), seat(marlow.dana).sees("/desk/people")
    assert "Amira Haddad" in employee and "Waiting for them now" not in employee
    assert "Waiting for them now" in manager and "Add somebody" not in manager
    assert "Add somebody" in seat(marlow.ines).sees("/desk/people")


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("priya", "/desk/people/new", 403),
        ("dana", "/desk/people/new", 403),
        ("ines", "/desk/people/new", 200),
        ("priya", "/desk/people/{tom}", 403),
        ("dana", "/desk/people/{tom}", 200),
        ("ines", "/desk/people/{tom}", 200),
        ("priya", "/desk/accounts", 403),
        ("dana", "/desk/accounts", 403),
        ("ines", "/desk/accounts", 200),
        ("priya", "/desk/house", 403),
        ("dana", "/desk/house", 403),
        ("ines", "/desk/house", 200),
    ],
)
def test_who_may_open_what(marlow, seat, who, path, status):
    marlow.hires_the_others()
    answer = seat(getattr(marlow, who)).opens(path.format(tom=marlow.tom.public_id))
    assert answer.status_code == status
    assert status == 200 or "This is not yours to open" in text_of(answer)


@pytest.mark.parametrize("who", ["priya", "dana"])
@pytest.mark.parametrize("path", ["/desk/people/{tom}", "/desk/people/{tom}/link", "/desk/people/{tom}/leave"])
def test_only_admins_change_people(marlow, seat, who, path):
    marlow.hires_the_others()
    answer = seat(getattr(marlow, who)).posts(path.format(tom=marlow.tom.public_id), form_of(marlow.tom, role="admin"))
    assert answer.status_code == 403
    marlow.tom.refresh_from_db()
    assert marlow.tom.role == "employee" and marlow.tom.is_active and not SignInLink.objects.filter(employee=marlow.tom).exists()


def test_somebody_is_added_and_let_in_by_a_link_shown_once(marlow, seat):
    ines = seat(marlow.ines)
    typed = {"name": "Lena Vogt", "email": "Lena@marlow.example", "role": "employee", "answers": "on"}
    answer = ines.posts("/desk/people/new", typed)
    lena = Employee.objects.get(name="Lena Vogt")
    assert lena.email == "lena@marlow.example" and answer["Location"] == f"/desk/people/{lena.public_id}"
    page = text_of(ines.posts(f"/desk/people/{lena.public_id}/link"))
    link = re.search(r'<p class="secret">http://testserver(/sign-in/link/\w+)</p>', page)
    assert link is not None
    assert "/sign-in/link/" not in ines.sees(f"/desk/people/{lena.public_id}")
    assert "Lena" in text_of(seat(None).opens(link[1]))


def test_a_person_without_a_name_is_not_added_and_the_rest_stays_typed(marlow, seat):
    answer = seat(marlow.ines).posts("/desk/people/new", {"name": "", "job": "drives the van", "role": "employee"})
    page = text_of(answer)
    assert answer.status_code == 422 and "Say the person’s name" in page and 'value="drives the van"' in page


def test_an_address_that_somebody_has_is_refused_and_nobody_is_added(marlow, seat):
    before = Employee.objects.count()
    typed = {"name": "Lena Vogt", "email": "priya@marlow.example", "role": "employee"}
    answer = seat(marlow.ines).posts("/desk/people/new", typed)
    assert answer.status_code == 409 and "is already here" in text_of(answer) and 'value="Lena Vogt"' in text_of(answer)
    assert Employee.objects.count() == before


def test_somebody_is_away_by_the_clock_of_the_house(marlow, seat):
    from kept.accounts.policies import default_calendar

    calendar = default_calendar()
    calendar.zone = "Europe/Berlin"
    calendar.save(update_fields=["zone"])
    ines = seat(marlow.ines)
    path = f"/desk/people/{marlow.priya.public_id}"
    ines.posts(path, form_of(marlow.priya, away_from="2026-06-02T09:00", away_until="2026-06-09T09:00"))
    marlow.priya.refresh_from_db()
    assert marlow.priya.away_from is not None and marlow.priya.away_from.isoformat() == "2026-06-02T07:00:00+00:00"
    assert 'value="2026-06-02T09:00"' in ines.sees(path)


def test_the_last_admin_stays_one(marlow, seat):
    answer = seat(marlow.ines).posts(f"/desk/people/{marlow.ines.public_id}", form_of(marlow.ines, role="employee"))
    assert answer.status_code == 409 and "is the only admin" in text_of(answer)


def test_who_leaves_hands_on_every_case(marlow, seat):
    marlow.hires_the_others()
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    Case.objects.update(owner=marlow.tom)
    marlow.tom.stand_in = marlow.ben
    marlow.tom.save(update_fields=["stand_in"])
    page = text_of(seat(marlow.ines).posts(f"/desk/people/{marlow.tom.public_id}/leave", follow=True))
    case.refresh_from_db()
    assert case.owner == marlow.ben and "Tom Reyes has left; 1 cases were handed on." in page
    assert "has left" in seat(marlow.ines).sees("/desk/people")


def test_light_or_dark_is_each_persons_own(marlow, seat):
    priya = seat(marlow.priya)
    assert 'media="(prefers-color-scheme: dark)"' in priya.sees("/desk/")
    assert priya.posts("/desk/theme", {"theme": "dark", "back": "/desk/audit"})["Location"] == "/desk/audit"
    assert 'media="all"' in priya.sees("/desk/")
    priya.posts("/desk/theme", {"theme": "light"})
    assert 'media="not all"' in priya.sees("/desk/")
    assert 'media="(prefers-color-scheme: dark)"' in seat(marlow.ines).sees("/desk/")


def test_how_many_survey_answers_somebody_can_follow_up_is_said_on_their_page(marlow, seat):
    page = f"/desk/people/{marlow.priya.public_id}"
    assert seat(marlow.ines).posts(page, form_of(marlow.priya, follow_ups_a_week="25")).status_code == 302
    marlow.priya.refresh_from_db()
    assert marlow.priya.follow_ups_a_week == 25
    assert 'value="25"' in seat(marlow.ines).opens(page).content.decode()


def test_a_number_that_cannot_be_is_said_and_what_was_typed_is_still_there(marlow, seat):
    answer = seat(marlow.ines).posts(f"/desk/people/{marlow.priya.public_id}", form_of(marlow.priya, follow_ups_a_week="-3"))
    assert answer.status_code == 422
    assert "Write 0 if they take on none" in text_of(answer)
    assert 'value="-3"' in answer.content.decode()


def test_left_empty_they_take_on_none(marlow, seat):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=25)
    marlow.priya.refresh_from_db()
    seat(marlow.ines).posts(f"/desk/people/{marlow.priya.public_id}", form_of(marlow.priya, follow_ups_a_week=""))
    marlow.priya.refresh_from_db()
    assert marlow.priya.follow_ups_a_week == 0
