"""The wall, "who was it?", and what one of us heard: a person decides, nobody guesses."""

from __future__ import annotations

import html

import pytest

from kept.cases.models import Case
from kept.people.models import Employee, Notice
from kept.places.placing import add_place
from kept.recognition.models import Recognition
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(marlow):
    marlow.hires_the_others()
    return marlow


@pytest.fixture
def green_glasses(town) -> Recognition:
    place = add_place("Mill Lane", by=town.ines, now=town.clock.now)
    Employee.objects.filter(pk=town.ben.pk).update(place=place)
    town.grace.says_a_good_word("I only asked the way. She walked me to the bus.", hint="green glasses", place="mill-lane")
    return Recognition.objects.get()


def test_the_wall_says_the_month_aloud_and_shows_who_it_reached(town, seat):
    town.grace.says_a_good_word("He carried eleven boxes.", about=town.ben, show="name")
    page = seat(town.priya).sees("/desk/recognition")
    assert "This month customers named one of us, once." in page and "It has reached them." in page
    assert "“He carried eleven boxes.”" in page and "It reached Ben and Ines at once." in page
    assert "Grace, on our page for good words" in page and "shown with their permission" in page and "Okoro" not in page


def test_whoever_it_was_for_reads_who_wrote_it_and_others_read_what_was_allowed(town, seat):
    town.grace.says_a_good_word("He stayed late for me.", about=town.ben, show="no")
    town.john.says_a_good_word("He found my order.", about=town.tom, show="anon")
    ben, priya = seat(town.ben).sees("/desk/recognition"), seat(town.priya).sees("/desk/recognition")
    assert "He stayed late for me." in ben and "Grace Okoro" in ben
    assert "He stayed late for me." not in priya and "One hangs on no wall" in priya
    assert "A customer who asked not to be named" in priya and "John" not in priya


def test_the_words_that_name_somebody_are_marked_and_nothing_in_them_is_run(town, seat):
    town.grace.says_a_good_word("<script>x</script> Ben was kind.", about=town.ben, show="anon")
    Recognition.objects.update(marked="Ben")
    page = seat(town.priya).sees("/desk/recognition")
    assert "&lt;script&gt;x&lt;/script&gt; <mark>Ben</mark> was kind." in page


def test_what_waits_for_a_name_stands_in_the_side_bar_and_on_a_page_of_its_own(town, seat, green_glasses):
    page = seat(town.tom).sees("/desk/recognition/who")
    assert "For one we are still looking who it was." in page and "“green glasses” At Mill Lane." in page
    assert 'Recognition<span class="count">1</span>' in page and "Yes, it was Ben Castillo" in page
    assert "Every good word has found its person" not in page


def test_a_colleague_says_who_it_was_and_both_are_told(town, seat, green_glasses):
    answer = seat(town.tom).posts(
        f"/desk/recognition/{green_glasses.public_id}/it-was", {"who": str(town.ben.public_id)}, follow=True
    )
    green_glasses.refresh_from_db()
    assert green_glasses.employee == town.ben and green_glasses.confirmed_by == town.tom
    assert set(Notice.objects.filter(kind="praise").values_list("to", flat=True)) == {town.ben.pk, town.ines.pk}
    assert "Passed on to Ben Castillo." in text_of(answer) and "Every good word has found its person" in text_of(answer)


def test_a_matter_that_held_only_the_good_word_is_over_when_a_person_says_so(town, seat, green_glasses):
    typed = {"who": str(town.ben.public_id), "nothing_else": "on"}
    seat(town.tom).posts(f"/desk/recognition/{green_glasses.public_id}/it-was", typed)
    case = Case.objects.get(pk=green_glasses.case_id)
    assert (case.is_open, case.outcome, case.outcome_reason) == (False, "white", "passed_on")


def test_nobody_says_of_themself_that_it_was_them(town, seat, green_glasses):
    answer = seat(town.ben).posts(f"/desk/recognition/{green_glasses.public_id}/it-was", {"who": str(town.ben.public_id)})
    green_glasses.refresh_from_db()
    assert answer.status_code == 409 and "a colleague has to say so" in text_of(answer) and green_glasses.state == "looking"


@pytest.mark.parametrize("who", ["", "nobody", "0190a6e2-8f1f-7b1c-9d0e-2f3a4b5c6d7e"])
def test_without_a_name_it_goes_on_waiting(town, seat, green_glasses, who):
    answer = seat(town.tom).posts(f"/desk/recognition/{green_glasses.public_id}/it-was", {"who": who})
    assert answer.status_code == 409 and "Choose who it was." in text_of(answer)
    assert Recognition.objects.get().state == "looking"


def test_no_praise_needs_a_reason_and_then_waits_no_longer(town, seat, green_glasses):
    tom, path = seat(town.tom), f"/desk/recognition/{green_glasses.public_id}/no-praise"
    assert "Say in a few words why it is no praise." in text_of(tom.posts(path, {"why": " "}))
    tom.posts(path, {"why": "She means the bus driver."})
    assert Recognition.objects.get().state == "not_praise" and "Every good word has found its person" in tom.sees(
        "/desk/recognition/who"
    )


def test_what_was_heard_on_the_phone_reaches_them_in_the_customers_words(town, seat):
    typed = {"words": "He rang back to the minute.", "who": str(town.tom.public_id), "how": "phone", "writer_name": "Colin"}
    answer = seat(town.priya).posts("/desk/recognition/heard", typed, follow=True)
    praise = Recognition.objects.get()
    assert praise.employee == town.tom and (praise.source, praise.medium, praise.added_by) == ("heard", "phone", town.priya)
    assert "Passed on to Tom Reyes." in text_of(answer) and "written down by Priya Nair" in text_of(answer)


def test_a_review_elsewhere_about_somebody_unknown_waits_for_a_name(town, seat):
    typed = {"words": "The rider sang.", "hint": "the rider on Sunday", "how": "post", "said_on": "2026-05-31", "consent": "anon"}
    answer = seat(town.priya).posts("/desk/recognition/heard", typed)
    praise = Recognition.objects.get()
    assert answer["Location"] == "/desk/recognition/who" and praise.state == "looking" and praise.source == "public"
    assert praise.said_at.isoformat() == "2026-05-31T12:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "says"), [({"words": ""}, "Write what they said"), ({"said_on": "2026-06-02"}, "That day is still to come")]
)
def test_a_mistake_leaves_what_was_typed(town, seat, typed, says):
    heard = {"words": "The rider sang.", "hint": "the rider on Sunday", "how": "phone", **typed}
    answer = seat(town.priya).posts("/desk/recognition/heard", heard)
    assert answer.status_code == 422 and says in html.unescape(text_of(answer)) and "the rider on Sunday" in text_of(answer)
    assert not Recognition.objects.exists()


def test_another_month_is_a_page_of_its_own(town, seat):
    town.grace.says_a_good_word("He carried eleven boxes.", about=town.ben, show="anon")
    town.clock.forward(days=31)
    ines = seat(town.ines)
    assert "eleven boxes" not in ines.sees("/desk/recognition")
    page = ines.sees("/desk/recognition?month=2026-06")
    assert "eleven boxes" in page and "In June customers named one of us, once." in page
    assert "Nobody of us was named in May." in ines.sees("/desk/recognition?month=2026-05")


def test_a_wall_of_many_asks_the_database_no_oftener_than_a_wall_of_one(town, seat, django_assert_max_num_queries):
    ines = seat(town.ines)
    for number in range(12):
        town.grace.says_a_good_word(f"Thanks, {number}.", about=town.ben, show="anon")
        town.grace.says_a_good_word(f"Who was that, {number}?", hint="green glasses")
    with django_assert_max_num_queries(18):
        ines.opens("/desk/recognition")
    with django_assert_max_num_queries(18):
        ines.opens("/desk/recognition/who")
