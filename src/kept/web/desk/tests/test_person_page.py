"""Somebody's own page: theirs and their manager's, without ranks, read only when they say so."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case
from kept.people.models import Employee, Notice
from kept.recognition.models import Recognition
from kept.web.customer.tests.conftest import link_in
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def praised(marlow) -> Recognition:
    """Grace chose Ben."""
    marlow.hires_the_others()
    marlow.grace.says_a_good_word("He carried eleven boxes.", about=marlow.ben)
    return Recognition.objects.get()


def page_of(who: Employee) -> str:
    return f"/desk/people/{who.public_id}/praise"


def test_he_reads_every_word_and_who_said_it(marlow, seat, praised):
    page = seat(marlow.ben).sees(page_of(marlow.ben))
    assert "“He carried eleven boxes.”" in page and "Grace Okoro" in page and "One good word has reached you." in page
    assert "Only you and Ines Duarte see this page. Nobody is ranked." in page


def test_his_manager_sees_it_and_for_everybody_else_there_is_no_such_page(marlow, seat, praised):
    assert "What people said about Ben" in seat(marlow.ines).sees(page_of(marlow.ben))
    for other in (marlow.priya, marlow.dana, marlow.tom):
        assert seat(other).opens(page_of(marlow.ben)).status_code == 404
        assert seat(other).posts(f"{page_of(marlow.ben)}/seen").status_code == 404
    assert seat(marlow.dana).sees(page_of(marlow.dana))


def test_looking_at_it_reads_nothing_and_the_button_reads_what_stood_there(marlow, seat, praised):
    ben = seat(marlow.ben)
    shown = re.findall(r'name="praise" value="([^"]+)"', ben.sees(page_of(marlow.ben)))
    marlow.clock.forward(minutes=5)
    marlow.john.says_a_good_word("And he smiled.", about=marlow.ben)
    praised.refresh_from_db()
    assert praised.seen_at is None and shown == [str(praised.public_id)]
    assert ben.posts(f"{page_of(marlow.ben)}/seen", {"praise": shown}, by_script=True).status_code == 204
    assert [one.words for one in Recognition.objects.filter(seen_at__isnull=False)] == ["He carried eleven boxes."]
    assert "One is new." in ben.sees(page_of(marlow.ben))


def test_his_manager_reading_it_is_not_him_reading_it(marlow, seat, praised):
    seat(marlow.ines).posts(f"{page_of(marlow.ben)}/seen", {"praise": [str(praised.public_id)]})
    praised.refresh_from_db()
    assert praised.seen_at is None
    assert Notice.objects.get(to=marlow.ines, about=praised.about).seen_at is not None


def test_what_is_posted_as_seen_and_is_none_of_his_changes_nothing(marlow, seat, praised):
    assert seat(marlow.ben).posts(f"{page_of(marlow.ben)}/seen", {"praise": ["x", str(marlow.ben.public_id)]}).status_code == 302
    assert not Recognition.objects.filter(seen_at__isnull=False).exists()


def test_his_one_line_goes_back_and_stands_there(marlow, seat, praised):
    ben = seat(marlow.ben)
    answer = ben.posts(f"/desk/recognition/{praised.public_id}/answer", {"line": "It was a pleasure."}, follow=True)
    assert "Your line is on its way to them." in text_of(answer) and "You wrote back: “It was a pleasure.”" in text_of(answer)
    marlow.works()
    assert any("It was a pleasure." in mail.text for mail in marlow.post)
    refused = ben.posts(f"/desk/recognition/{praised.public_id}/answer", {"line": "Again."})
    assert refused.status_code == 409 and "You have answered it already." in text_of(refused)


def test_a_line_that_is_too_long_stays_in_its_field(marlow, seat, praised):
    answer = seat(marlow.ben).posts(f"/desk/recognition/{praised.public_id}/answer", {"line": "x" * 301})
    assert answer.status_code == 409 and "x" * 301 in text_of(answer)


def test_nobody_answers_in_his_name(marlow, seat, praised):
    for other in (marlow.ines, marlow.priya):
        assert seat(other).posts(f"/desk/recognition/{praised.public_id}/answer", {"line": "Thanks"}).status_code == 404
        assert seat(other).posts(f"/desk/recognition/{praised.public_id}/read", {"shows": "yes"}).status_code == 404


def test_that_he_read_it_is_his_to_show_and_to_take_back(marlow, seat, visitor, praised):
    marlow.works()
    own = link_in(next(mail for mail in marlow.post if mail.to.value == marlow.grace.address))
    visitor.presses(f"{own}/show")
    ben = seat(marlow.ben)
    ben.posts(f"{page_of(marlow.ben)}/seen", {"praise": [str(praised.public_id)]})
    assert "Passed on to Ben" in visitor.reads(own) and "has read it" not in visitor.reads(own)
    ben.posts(f"/desk/recognition/{praised.public_id}/read", {"shows": "yes"})
    assert "Ben has read it." in visitor.reads(own)
    ben.posts(f"/desk/recognition/{praised.public_id}/read", {"shows": "no"})
    assert "has read it" not in visitor.reads(own)


def test_his_moments_are_those_that_went_wrong_or_praise_him_with_how_they_ended(marlow, seat, praised):
    quiet = marlow.john.mails("What do you cost?", subject="Price")
    wrong = marlow.mary.mails("Where are my boxes?", subject="Sixteen boxes")
    Case.objects.filter(pk__in=[quiet.pk, wrong.pk]).update(owner=marlow.ben)
    Case.objects.filter(pk=wrong.pk).update(went_wrong=True)
    Recognition.objects.create(
        words="Ben said sorry.", source="message", case=wrong, customer=wrong.customer, said_at=marlow.clock.now,
        employee=marlow.ben, state="passed_on", passed_on_at=marlow.clock.now,
    )  # fmt: skip
    page = seat(marlow.ben).sees(page_of(marlow.ben))
    assert "Sixteen boxes" in page and "Something went wrong for Mary Whitcombe." in page and "And they named you." in page
    assert "What do you cost" not in page and "so when Grace Okoro" not in page


def test_his_manager_ends_a_matter_that_held_only_the_good_word(marlow, seat, praised):
    ines, case = seat(marlow.ines), praised.case
    page = ines.sees(page_of(marlow.ben))
    assert "They want nothing else: it is over" in page and "They want nothing else" not in seat(marlow.ben).sees(
        page_of(marlow.ben)
    )
    ines.posts(f"/desk/cases/{case.public_id}/verdict", {"said": "passed_on"})
    case.refresh_from_db()
    assert (case.is_open, case.outcome_reason, case.silent_since) == (False, "passed_on", None)
    assert "They want nothing else" not in ines.sees(page_of(marlow.ben))


def test_a_good_word_that_asks_something_is_not_over(marlow, seat, praised):
    marlow.grace.says_a_good_word("He was kind. When do you open on Sunday?", about=marlow.ben)
    case = Case.objects.latest("id")
    answer = seat(marlow.ines).posts(f"/desk/cases/{case.public_id}/verdict", {"said": "passed_on"})
    case.refresh_from_db()
    assert case.is_open and "answer first" in text_of(answer)


def test_promises_he_kept_are_counted_for_himself_alone(marlow, seat, praised):
    from kept.promises.keeping import keep
    from kept.promises.making import promise

    case = marlow.mary.mails("Where are my boxes?", subject="Sixteen boxes")
    made = promise(case, "ring her", by=marlow.ben, due_at=marlow.clock.now.replace(hour=15), now=marlow.clock.now)
    assert "None so far this month." in seat(marlow.ben).sees(page_of(marlow.ben))
    keep(made, by=marlow.ben, now=marlow.clock.forward(hours=1))
    page = seat(marlow.ben).sees(page_of(marlow.ben))
    assert "One this month. Each in time. The last, to Mary Whitcombe: “ring her”" in page


class TestCards:
    """What comes out of the printer."""

    def test_a_card_for_somebody_without_a_screen_is_printed_once_and_noted(self, marlow, seat, praised):
        ines, path = seat(marlow.ines), f"/desk/recognition/{praised.public_id}/card"
        page = ines.sees(path)
        assert "“He carried eleven boxes.”" in page and "For Ben Castillo" in page
        praised.refresh_from_db()
        assert praised.printed_at is None
        ines.posts(path)
        praised.refresh_from_db()
        assert praised.printed_at == marlow.clock.now and "Printed for them today" in ines.sees(path)

    def test_his_own_card_leads_to_the_page_about_him(self, marlow, seat, visitor, praised):
        page = seat(marlow.ben).sees(f"/desk/people/{marlow.ben.public_id}/card")
        link = re.search(r"A code that leads to http://testserver(/say-a-good-word/about/\w+)", page)
        assert link is not None and "Tell Ines Duarte, who leads me." in page
        assert "Did Ben Castillo do well, or not?" in visitor.reads(link[1])

    def test_nobody_prints_what_they_may_not_read(self, marlow, seat, praised):
        assert seat(marlow.priya).opens(f"/desk/recognition/{praised.public_id}/card").status_code == 404
        assert seat(marlow.priya).posts(f"/desk/recognition/{praised.public_id}/card").status_code == 404
        assert seat(marlow.priya).opens(f"/desk/people/{marlow.ben.public_id}/card").status_code == 404


@pytest.fixture
def visitor(marlow):
    from kept.web.customer.tests.conftest import Visitor

    return Visitor(marlow)
