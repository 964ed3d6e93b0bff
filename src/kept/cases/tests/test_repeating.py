"""The third cold pizza: John is not told "we have your words" as if it were the first, and Ines hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.cases.repeating import earlier, notice_repeat, unlink_repeat
from kept.lib.refusal import Refusal
from kept.people.models import Notice
from kept.places.models import Touchpoint
from kept.timeline.models import Event


def told(marlow) -> list[str]:
    return list(Notice.objects.filter(to=marlow.ines, kind="repeat").order_by("id").values_list("says", flat=True))


def eats(marlow, text: str, subject: str, *, days: float = 20) -> Case:
    case = marlow.john.mails(text, subject=subject)
    marlow.clock.forward(days=days)
    return case


@pytest.fixture
def two_cold_ones(marlow) -> list[Case]:
    return [eats(marlow, "My pizza was cold.", "Pizza"), eats(marlow, "It came stone cold.", "Sunday")]


class TestWhatWeKnow:
    def test_the_first_is_the_first_and_has_its_theme(self, marlow):
        case = marlow.john.mails("My pizza was cold.")
        assert (case.theme, case.repeats, case.repeats_of) == ("cold_food", 1, None)
        assert not Event.objects.filter(kind="repeated").exists()

    def test_the_second_says_so_and_nobody_is_disturbed(self, marlow, two_cold_ones):
        first, second = two_cold_ones
        assert (second.repeats, second.repeats_of) == (2, first)
        assert told(marlow) == []

    def test_the_third_says_so_and_the_manager_is_told_once(self, marlow, two_cold_ones):
        case = marlow.john.mails("Die Pizza war kalt.", subject="Schade")
        assert (case.repeats, case.repeats_of) == (3, two_cold_ones[1])
        assert earlier(case) == two_cold_ones[::-1]
        marlow.john.mails("And the drinks are missing.", subject="Re: Schade")
        assert told(marlow) == ["The third time for John Adeyemi: Schade"]
        assert Event.objects.filter(about=case.about, kind="repeated").get().facts["times"] == 3

    def test_another_matter_is_no_repeat(self, marlow, two_cold_ones):
        assert marlow.john.mails("I was charged twice last week by your till.", subject="Bill").repeats == 1
        assert marlow.john.mails("You sent the wrong toner.", subject="Toner").repeats == 1

    def test_somebody_elses_cold_pizza_is_not_his(self, marlow, two_cold_ones):
        assert marlow.samir.mails("My pizza was cold.").repeats == 1

    def test_after_ninety_days_it_is_forgotten(self, marlow):
        eats(marlow, "My pizza was cold.", "Pizza", days=91)
        assert marlow.john.mails("My pizza was cold.", subject="Once more").repeats == 1

    def test_what_is_linked_counts_however_long_ago(self, marlow):
        first = eats(marlow, "My pizza was cold.", "Pizza", days=200)
        case = marlow.john.mails("Hello.", subject="Today")
        case.follows, case.theme = first, "cold_food"
        assert earlier(case) == [first]

    def test_the_same_touchpoint_is_enough(self, marlow):
        delivery = Touchpoint.objects.create(name="The delivery", key="delivered")
        first = eats(marlow, "The rider was rude.", "Rider")
        Case.objects.filter(pk=first.pk).update(touchpoint=delivery)
        type(marlow.mailbox).objects.filter(pk=marlow.mailbox.pk).update(touchpoint=delivery)
        marlow.mailbox.refresh_from_db()
        case = marlow.john.mails("It was two hours late.", subject="Late")
        assert (case.theme, case.repeats, case.repeats_of) == ("late_delivery", 2, first)

    def test_praise_is_no_mishap_and_repeats_none(self, marlow, two_cold_ones):
        Case.objects.update(kind="praise")
        assert marlow.john.mails("My pizza was cold.", subject="Well").repeats == 1
        assert marlow.john.mails("Hot and lovely as always, thank you.", subject="Lovely").repeats == 1

    def test_the_same_mishap_told_by_another_way_within_the_hour_is_one(self, marlow):
        marlow.john.mails("My pizza was cold.", subject="Pizza")
        marlow.clock.forward(hours=1)
        assert marlow.john.mails("My pizza was cold, I say.", subject="Cold").repeats == 1

    def test_but_once_it_was_answered_it_is_another(self, marlow):
        marlow.answers(marlow.john.mails("My pizza was cold.", subject="Pizza"), "I am sorry, John.")
        marlow.clock.forward(hours=3)
        assert marlow.john.mails("The new one is cold.", subject="Cold").repeats == 2


class TestTheirOwnWords:
    def test_the_third_time_by_their_own_count_though_we_know_of_none(self, marlow):
        case = marlow.john.mails("This is the third time that the pizza is cold.")
        assert (case.repeats, case.repeats_of) == (3, None)
        assert told(marlow) == [f"The third time for John Adeyemi: {case.subject}"]
        assert Event.objects.get(kind="repeated").facts["known"] == 1

    def test_the_larger_of_both_counts(self, marlow, two_cold_ones):
        assert marlow.john.mails("Cold again.", subject="A").repeats == 3
        marlow.clock.forward(days=1)
        assert marlow.john.mails("The seventh time, and the pizza is cold!", subject="B").repeats == 7

    def test_after_a_third_that_only_they_knew_of_comes_the_fourth(self, marlow):
        eats(marlow, "This is the third time that the pizza is cold.", "Pizza")
        assert marlow.john.mails("My pizza was cold.", subject="Well").repeats == 4

    def test_order_again_soon_is_no_complaint(self, marlow):
        assert marlow.grace.mails("Lovely. I will order again soon.").repeats == 1


class TestNotARepeat:
    def test_a_person_says_so_and_it_counts_as_the_first(self, marlow, two_cold_ones):
        unlink_repeat(two_cold_ones[1], by=marlow.priya, now=marlow.clock.now)
        two_cold_ones[1].refresh_from_db()
        assert (two_cold_ones[1].repeats, two_cold_ones[1].repeats_of) == (1, None)
        assert Event.objects.get(kind="not_a_repeat").by == f"employee:{marlow.priya.pk}"

    def test_there_must_be_something_to_undo(self, marlow):
        with pytest.raises(Refusal, match="Nothing says"):
            unlink_repeat(marlow.john.mails("Hello."), by=marlow.priya, now=marlow.clock.now)


def test_whoever_writes_again_on_the_same_matter_costs_no_look(marlow, django_assert_num_queries):
    case = marlow.john.mails("My pizza was cold.", subject="Pizza")
    marlow.clock.forward(minutes=5)
    assert marlow.john.mails("Still cold, for the third time.", subject="Re: Pizza") == case
    word = case.messages.latest("id")
    with django_assert_num_queries(0):
        word.case = case
        notice_repeat(word, now=marlow.clock.now + timedelta(minutes=1))
    assert told(marlow) == []
