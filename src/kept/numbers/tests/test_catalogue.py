"""Every number has its people: what it counts is what opens behind it, and nobody else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Case, MessageKind
from kept.cases.page_reads import note_read
from kept.demo.cast import MONDAY
from kept.numbers.catalogue import BY_NAME, CATALOGUE, read_all
from kept.numbers.facts import Facts
from kept.numbers.lens import lens_of
from kept.numbers.metric import read
from kept.numbers.models import CustomerMonth
from kept.numbers.moving_together import ending_and_spending
from kept.numbers.people_behind import meet
from kept.numbers.waiting_times import in_our_hours
from kept.outcomes.hearing import hear
from kept.people.models import House
from kept.promises.keeping import keep
from kept.promises.making import promise
from kept.surveys.tests.asking import a_survey, a_version, gives


def facts(marlow, code="13", **part):
    return Facts(lens_of(code, zone="UTC", now=marlow.clock.now).narrowed(**part))


def figure(marlow, name, **part):
    return read(BY_NAME[name], facts(marlow, **part))


def parts(marlow, name, **part):
    return dict(figure(marlow, name, **part).figure.parts)


def ends(marlow, case, outcome="white"):
    """Its customer said so."""
    case.refresh_from_db()
    hear(case, {"white": "yes", "black": "unsolved"}[outcome], now=marlow.clock.now)
    return case


def test_every_number_says_exactly_what_it_is():
    assert len({metric.name for metric in CATALOGUE}) == len(CATALOGUE)
    for metric in CATALOGUE:
        assert metric.title and metric.definition and metric.population and metric.reopens


def test_a_house_without_anybody_shows_no_number(marlow):
    assert read_all(facts(marlow)) == []


def test_the_first_answer_counts_from_their_word_to_ours_and_not_the_acknowledgement(marlow):
    case = marlow.john.mails("My pizza came cold.", is_proven=True)
    marlow.works()
    marlow.clock.forward(hours=3)
    marlow.answers(case, "I am sorry.")
    found = figure(marlow, "first_answer")
    assert [(one.key, one.part, round(one.amount)) for one in found.members] == [(case.pk, "answered", 180)]


def test_whoever_still_waits_counts_with_the_wait_until_now(marlow):
    case = marlow.john.mails("My pizza came cold.")
    marlow.clock.forward(days=2)
    found = figure(marlow, "first_answer")
    assert [(one.key, one.part, one.amount) for one in found.members] == [(case.pk, "waiting", 2 * 24 * 60)]


def test_a_sign_of_life_is_no_answer(marlow):
    case = marlow.john.mails("My pizza came cold.")
    marlow.answers(case, "I look into it.", kind=MessageKind.SIGN_OF_LIFE)
    assert parts(marlow, "first_answer") == {"waiting": 1}


def test_a_further_word_counts_by_itself_and_thanks_put_to_rest_do_not(marlow):
    case = marlow.john.mails("My pizza came cold.", is_proven=True)
    marlow.answers(case, "I am sorry.")
    marlow.clock.forward(hours=1)
    marlow.john.answers_our_mail("And the drink?")
    marlow.clock.forward(hours=2)
    found = figure(marlow, "next_answer")
    assert [(one.part, one.amount) for one in found.members] == [("waiting", 120)]
    marlow.answers(case, "It comes today.")
    assert [(one.part, round(one.amount)) for one in figure(marlow, "next_answer").members] == [("answered", 120)]


def test_white_black_and_no_word_always_stand_together(marlow):
    for who, outcome in ((marlow.john, "white"), (marlow.mary, "black")):
        ends(marlow, answered(marlow, who), outcome)
    assert parts(marlow, "ends") == {"white": 1, "black": 1}
    assert len(figure(marlow, "ends").of_part("black")) == 1


def answered(marlow, who, text="My pizza came cold."):
    case = who.mails(text, is_proven=True)
    marlow.answers(case, "I am sorry, and a new one is on its way.")
    return case


def test_a_reopened_matter_has_not_ended(marlow):
    case = ends(marlow, answered(marlow, marlow.john))
    assert parts(marlow, "ends") == {"white": 1}
    marlow.clock.forward(days=1)
    marlow.john.answers_our_mail("It is cold again.")
    assert figure(marlow, "ends").members == []
    assert Case.objects.get(pk=case.pk).is_open


def test_done_at_the_first_contact_needs_seven_quiet_days(marlow):
    case = ends(marlow, answered(marlow, marlow.john))
    assert figure(marlow, "first_contact").members == []
    marlow.clock.forward(days=8)
    assert [(one.key, one.part) for one in figure(marlow, "first_contact").members] == [(case.pk, "once")]


def test_whoever_had_to_write_again_was_not_done_at_the_first_contact(marlow):
    case = answered(marlow, marlow.john)
    marlow.clock.forward(days=1)
    marlow.john.answers_our_mail("It is still cold.")
    marlow.answers(case, "Another one comes.")
    ends(marlow, case)
    marlow.clock.forward(days=8)
    assert parts(marlow, "first_contact") == {"again": 1}


def test_a_promise_is_kept_late_or_broken_and_early_is_by_how_much(marlow):
    case = answered(marlow, marlow.john)
    now = marlow.clock.now
    made = [
        promise(case, what, by=marlow.priya, due_at=now + timedelta(hours=5), now=now)
        for what in ("a pizza", "a drink", "a call")
    ]
    keep(made[0], by=marlow.priya, now=marlow.clock.forward(hours=1))
    marlow.clock.forward(hours=5)
    marlow.works()
    keep(made[1], by=marlow.priya, now=marlow.clock.forward(hours=1))
    counted = parts(marlow, "promises")
    assert (counted["late"], counted["broken"]) == (1, 1) and counted["kept"] >= 1
    assert (made[0].pk, 240.0) in [(one.key, one.amount) for one in figure(marlow, "early").members]


def test_a_contact_while_our_word_is_broken_is_one_we_caused(marlow):
    case = answered(marlow, marlow.john)
    due = marlow.clock.now + timedelta(hours=1)
    promise(case, "a new pizza", by=marlow.priya, due_at=due, now=marlow.clock.now)
    marlow.clock.forward(hours=2)
    marlow.works()
    marlow.john.answers_our_mail("Where is it?")
    assert parts(marlow, "failure_demand") == {"value": 1, "broken": 1}


def test_said_again_before_anybody_answered_and_by_another_medium_are_counted_from_what_happened(marlow):
    case = marlow.john.mails("My pizza came cold.", is_proven=True, subject="Cold pizza")
    marlow.clock.forward(hours=5)
    assert marlow.john.mails("Hello? My pizza came cold.", is_proven=True, subject="Re: Cold pizza") == case
    assert parts(marlow, "told_again") == {"again": 1}
    assert parts(marlow, "switched") == {"stayed": 1}


def test_a_call_is_rung_back_or_answered_another_way(marlow):
    case = marlow.john.is_written_down("phone", "Ring me about the pizza, please?", by=marlow.priya)
    assert parts(marlow, "calls") == {"waiting": 1}
    marlow.answers(case, "I rang him: a new one comes.", medium="phone")
    assert parts(marlow, "calls") == {"rung": 1}


def test_only_standard_words_are_scores_and_thirty_make_one(marlow):
    survey = a_survey()
    for score in [10] * 20 + [3] * 9:
        gives(survey, score)
    assert figure(marlow, "nps").figure.value is None
    gives(survey, 3)
    assert round(figure(marlow, "nps").figure.value, 1) == 33.3
    a_version(survey, is_comparable=False, question="Would you come again?")
    gives(survey, 1)
    assert figure(marlow, "nps").figure.n == 30


def test_people_likely_told_counts_each_person_once_and_no_word_never(marlow):
    ends(marlow, answered(marlow, marlow.john, "My pizza came cold."), "black")
    marlow.clock.forward(days=1)
    ends(marlow, answered(marlow, marlow.mary, "Where is the toner?"))
    found = figure(marlow, "likely_told")
    assert found.figure.value == 15 + 11 and found.metric.source
    marlow.clock.forward(days=1)
    ends(marlow, answered(marlow, marlow.john, "A quite different question: do you sell flour?"))
    assert figure(marlow, "likely_told").figure.value == 11 + 11


def test_the_time_before_is_not_this_time(marlow):
    marlow.john.mails("My pizza came cold.")
    marlow.clock.forward(weeks=14)
    mary = marlow.mary.mails("Where is the toner?")
    found = figure(marlow, "repeated")
    assert [one.key for one in found.members] == [mary.pk] and found.figure.n_before == 1


def test_last_week_is_over_and_what_was_answered_since_counts_as_answered(marlow):
    marlow.clock.forward(days=4)
    case = answered(marlow, marlow.john)
    marlow.clock.forward(hours=1)
    marlow.john.answers_our_mail("And the drink?")
    marlow.clock.forward(days=4)
    marlow.answers(case, "It comes today.")
    found = read(BY_NAME["next_answer"], facts(marlow, "week"))
    assert [(one.part, round(one.amount)) for one in found.members] == [("answered", 4 * 24 * 60)]
    assert read(BY_NAME["next_answer"], facts(marlow, "1")).members == []


def test_a_medium_narrows_every_figure_alike(marlow):
    marlow.john.mails("My pizza came cold.")
    call = marlow.mary.is_written_down("phone", "Where is the toner?", by=marlow.priya)
    assert [one.key for one in figure(marlow, "first_answer", medium="phone").members] == [call.pk]
    assert figure(marlow, "failure_demand", medium="phone").figure.n == 1


def test_everybody_behind_every_number_can_be_met(marlow):
    ends(marlow, answered(marlow, marlow.john))
    marlow.mary.is_written_down("phone", "Where is the toner?", by=marlow.priya)
    gives(a_survey(), 9, words="Lovely.", consent="anon")
    marlow.clock.forward(days=3)
    found = read_all(facts(marlow))
    assert {"ends", "nps", "first_answer", "promises", "likely_told", "calls"} <= {one.metric.name for one in found}
    for reading in found:
        people = meet(reading.members, marlow.priya)
        assert [person.member for person in people] == reading.members, reading.metric.name
        assert all(person.who for person in people)


def test_all_numbers_together_read_each_kind_once(marlow):
    for text in ("My pizza came cold.", "Where is my drink?"):
        answered(marlow, marlow.john, text)
    with CaptureQueriesContext(connection) as asked:
        read_all(facts(marlow))
    assert len(asked) <= 13


@pytest.mark.parametrize(
    ("code", "begins"), [("1", "2026-06-01"), ("13", "2026-03-09"), ("52", "2025-06-09"), ("month", "2026-06-01")]
)
def test_a_time_begins_on_the_houses_own_calendar(code, begins):
    lens = lens_of(code, zone="Europe/Berlin", now=MONDAY)
    assert lens.begins.date().isoformat() == begins and lens.ends == MONDAY
    assert lens.begins - lens.before == lens.ends - lens.begins


def test_how_many_are_likely_told_is_what_the_house_believes_and_says_whose_estimate_it_is(marlow):
    ends(marlow, answered(marlow, marlow.john), "black")
    found = figure(marlow, "likely_told")
    assert found.figure.value == 15 and "15 of each bad one" in found.source and "2017" in found.source
    House.objects.update(told_if_bad=9, told_source="Our own survey of May.")
    found = figure(marlow, "likely_told")
    assert found.figure.value == 9 and "Our own survey of May." in found.source and "2017" not in found.source


def test_a_further_answer_and_a_public_one_stand_in_our_own_hours_too(marlow):
    case = answered(marlow, marlow.john)
    marlow.clock.forward(hours=1)
    marlow.john.answers_our_mail("And the drink?")
    marlow.clock.forward(days=1)
    marlow.answers(case, "It comes today.")
    seen = facts(marlow)
    found = read(BY_NAME["next_answer"], seen)
    hours = {case.policy.calendar_id: case.policy.calendar.hours}
    [ours] = in_our_hours(seen, found.members, hours)
    assert round(found.members[0].amount) == 24 * 60 and 0 < ours < 12 * 60


def test_whether_those_who_ended_happy_spend_no_less_is_told_of_whoever_has_months_of_both_times(marlow):
    case = ends(marlow, answered(marlow, marlow.john))
    marlow.clock.forward(weeks=14)
    assert ending_and_spending(facts(marlow)) is None
    day = marlow.clock.now.date().replace(day=1)
    before = (day - timedelta(weeks=14)).replace(day=1)
    CustomerMonth.objects.create(customer=case.customer, month_on=before, value="30", currency="GBP")
    CustomerMonth.objects.create(customer=case.customer, month_on=day, value="20", currency="GBP")
    found = ending_and_spending(facts(marlow))
    assert (found.happy, found.stayed_happy, found.unhappy, found.can_be_said) == (1, 0, 0, False)
    CustomerMonth.objects.filter(month_on=day).update(value="40")
    assert ending_and_spending(facts(marlow)).stayed_happy == 1


class TestTheirOwnPage:
    def reads(self, marlow, case, *, is_enough=False):
        return note_read(case, now=marlow.clock.now, is_enough=is_enough)

    def test_whoever_reads_their_page_and_writes_nothing_for_three_days_found_it_there(self, marlow):
        case = answered(marlow, marlow.john)
        self.reads(marlow, case)
        assert figure(marlow, "self_service").members == []
        marlow.clock.forward(days=3)
        assert [(one.key, one.part) for one in figure(marlow, "self_service").members] == [(case.pk, "read")]

    def test_whoever_writes_again_did_not_find_it_even_if_they_pressed_the_button(self, marlow):
        case = answered(marlow, marlow.john)
        self.reads(marlow, case, is_enough=True)
        marlow.clock.forward(days=1)
        marlow.john.answers_our_mail("And the drink?")
        marlow.clock.forward(days=3)
        assert parts(marlow, "self_service") == {"wrote": 1}

    def test_one_sitting_is_one_reading_and_the_button_says_more(self, marlow):
        case = answered(marlow, marlow.john)
        assert self.reads(marlow, case)
        marlow.clock.forward(minutes=5)
        assert not self.reads(marlow, case)
        assert self.reads(marlow, case, is_enough=True) and not self.reads(marlow, case, is_enough=True)
        marlow.clock.forward(days=4)
        assert parts(marlow, "self_service") == {"found": 1}

    def test_the_visit_in_which_they_say_how_it_ended_is_no_search(self, marlow):
        case = answered(marlow, marlow.john)
        self.reads(marlow, case)
        marlow.clock.forward(minutes=2)
        ends(marlow, case)
        marlow.clock.forward(days=4)
        assert figure(marlow, "self_service").members == []


@pytest.mark.parametrize("code", ["1", "week", "month", "13"])
def test_a_score_counted_by_weeks_is_that_of_the_very_people_it_opens(marlow, code):
    survey = a_survey()
    for days in (0, 0.1, 1, 2, 6, 7, 8, 13, 15, 29, 31, 45, 80, 100, 170):
        gives(survey, int(days * 7) % 11, at=marlow.clock.now - timedelta(days=days))
    found = figure_at(marlow, "nps", code)
    seen = facts(marlow, code)
    assert found.figure.parts == Counter(str(one.score) for one in seen.scored if seen.lens.holds(one.at))
    assert found.figure.n == len(found.members)
    assert found.figure.n_before == len([one for one in seen.scored if not seen.lens.holds(one.at)])


def figure_at(marlow, name, code):
    return read(BY_NAME[name], facts(marlow, code))


def test_the_pulse_reads_no_answer_to_say_a_score(marlow):
    survey = a_survey()
    for weeks in range(10):
        gives(survey, 9, at=marlow.clock.now - timedelta(weeks=weeks))
    seen = facts(marlow)
    assert read(BY_NAME["nps"], seen).figure.n == 10
    assert "scored" not in vars(seen)
