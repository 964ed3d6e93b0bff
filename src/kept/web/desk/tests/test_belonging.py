"""Who belongs to a matter, and whose links open its page: said by a person at the desk."""

from __future__ import annotations

import pytest

from kept.cases.models import Duty, Participant
from kept.demo.cast import CustomerOfMarlow
from kept.lib.links import page_token
from kept.people.models import Employee
from kept.timeline.models import Event


@pytest.fixture
def case(marlow):
    marlow.hires_the_others()
    case = marlow.mary.mails("Where are the other sixteen boxes?", subject="16 boxes", is_proven=True)
    marlow.works()
    return case


@pytest.fixture
def url(case) -> str:
    return f"/desk/cases/{case.public_id}"


@pytest.fixture
def ada(marlow, case):
    """Somebody else, who answers the mail that Mary got."""
    signed = next(mail for mail in marlow.post if mail.to.value == marlow.mary.address).reply_to
    ada = CustomerOfMarlow(marlow, "Ada Whitcombe", "ada@whitcombe.example")
    assert ada.mails("I pay for those boxes.", to=signed) == case
    return Participant.objects.get(case=case, is_confirmed=False)


def test_whoever_answers_a_mail_of_somebody_else_is_asked_about_beside_the_case(marlow, url, seat, ada):
    page = seat(marlow.priya).sees(url)
    assert "Is this one part of it?" in page and "ada@whitcombe.example" in page
    assert page.count("Yes, Ada Whitcombe is part of this") == 2, "in its panel, and as what the duty asks for"
    assert "<b>Ada Whitcombe</b> wrote an e-mail" in page, "her words stand under her own name"


@pytest.mark.parametrize("who", ["ben", "dana", "ines"])
def test_employee_manager_and_admin_may_say_that_she_belongs_to_it(marlow, case, url, seat, ada, who):
    person = getattr(marlow, who)
    answer = seat(person).posts(f"{url}/participants/{ada.pk}/confirm")
    ada.refresh_from_db()
    assert answer["Location"] == url and ada.is_confirmed
    assert Event.objects.get(about=case.about, kind="participant_confirmed").by == f"employee:{person.pk}"
    assert not Duty.objects.filter(case=case, kind="confirm_participant", done_at__isnull=True).exists()
    assert "part of it?" not in seat(person).sees(url)


def test_no_is_said_by_doing_the_duty_and_she_stays_without_anything_of_ours(marlow, case, url, seat, ada):
    duty = Duty.objects.get(case=case, kind="confirm_participant")
    assert "No: answer only whom I know" in seat(marlow.priya).sees(url)
    seat(marlow.priya).posts(f"{url}/duties/{duty.pk}")
    ada.refresh_from_db()
    assert not ada.is_confirmed
    assert "Is this one part of it?" in seat(marlow.priya).sees(url), "it can still be said later"


def test_she_is_confirmed_only_on_the_matter_she_wrote_on(marlow, seat, ada):
    other = marlow.samir.mails("Sesame?", subject="Bases")
    assert seat(marlow.priya).posts(f"/desk/cases/{other.public_id}/participants/{ada.pk}/confirm").status_code == 404
    ada.refresh_from_db()
    assert not ada.is_confirmed


def test_nobody_is_confirmed_by_opening_a_page(marlow, url, seat, ada):
    assert seat(marlow.priya).opens(f"{url}/participants/{ada.pk}/confirm").status_code == 405
    assert seat(None).posts(f"{url}/participants/{ada.pk}/confirm")["Location"].startswith("/sign-in")
    ada.refresh_from_db()
    assert not ada.is_confirmed


def test_where_only_the_customer_wrote_nobody_is_asked_about(marlow, url, seat, case):
    assert "part of it?" not in seat(marlow.priya).sees(url)


@pytest.mark.parametrize("who", ["ben", "dana", "ines"])
def test_whoever_answers_can_make_older_links_invalid(marlow, case, url, seat, who):
    person = seat(getattr(marlow, who))
    assert "Make older links invalid" in person.sees(url)
    page = person.posts(f"{url}/links", follow=True)
    assert "The older links lead nowhere now." in page.content.decode()
    case.refresh_from_db()
    assert case.page_version == 2
    assert "made all older page links invalid" in person.sees(url)


def test_the_link_that_was_mailed_before_leads_nowhere(marlow, case, url, seat):
    mailed = case.messages.filter(is_theirs=False).latest("id")
    link = page_token("message", mailed.public_id, case.page_version)
    assert seat(None).opens(f"/c/{link}").status_code == 200
    seat(marlow.priya).posts(f"{url}/links")
    assert seat(None).opens(f"/c/{link}").status_code == 404


def test_who_answers_nobody_leaves_the_links_as_they_are(marlow, case, url, seat):
    Employee.objects.filter(pk=marlow.ben.pk).update(answers=False)
    marlow.ben.refresh_from_db()
    assert "Make older links invalid" not in seat(marlow.ben).sees(url)
    assert seat(marlow.ben).posts(f"{url}/links").status_code == 409
    assert seat(marlow.priya).opens(f"{url}/links").status_code == 405
    case.refresh_from_db()
    assert case.page_version == 1
