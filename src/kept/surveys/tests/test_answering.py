"""An answer comes in pieces and is one; what asks for somebody is somebody's that second, and nothing is told twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.audit.counting import count
from kept.audit.invariants import INVARIANTS
from kept.cases.models import Case, Message
from kept.people.models import Employee, Notice
from kept.places.models import Place, Touchpoint
from kept.promises.models import Promise
from kept.surveys.models import Invitation, InvitationState, Response, ScoreCount, Survey
from kept.surveys.tests.posting import asks, how_likely, posts, posts_by_link, the_answer
from kept.timeline.models import Event

SUNDAYS = "Cold again. Third time in five weeks."
KEY = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def survey(marlow) -> Survey:
    survey = how_likely(marlow)
    kitchen = Place.objects.create(name="Quay Street", manager=marlow.dana)
    survey.touchpoint = Touchpoint.objects.create(name="Delivery", key="delivered", place=kitchen, manager=marlow.tom)
    survey.save(update_fields=["touchpoint"])
    return survey


@pytest.fixture
def johns(marlow, survey) -> Invitation:
    return asks(survey, marlow.john)


def counted(survey: Survey) -> dict[int, int]:
    rows = ScoreCount.objects.filter(survey=survey, dimension="", count__gt=0)
    return dict(rows.values_list("score", "count"))


def all_is_well(marlow) -> None:
    assert [found for check in INVARIANTS for found in check(marlow.clock.now)] == []


class TestWhatAsksForNothing:
    def test_a_lone_score_is_kept_counted_and_owed_no_answer(self, marlow, survey, johns):
        assert posts(marlow, johns, score="2") == "score"
        assert (the_answer().score, the_answer().case, counted(survey)) == (2, None, {2: 1})
        audit = count(marlow.clock.now)
        assert (audit.received, audit.nothing_to_answer, audit.unaccounted) == (1, 1, 0)
        johns.refresh_from_db()
        assert johns.state == InvitationState.ANSWERED
        assert not Case.objects.exists()

    def test_a_high_score_with_kind_words_and_no_question(self, marlow, johns):
        assert posts(marlow, johns, score="10", why="Amira rode through the rain for us.", contact="no") == "score"
        assert the_answer().words == "Amira rode through the rain for us."

    def test_a_score_that_is_not_on_the_scale_counts_nowhere(self, marlow, survey, johns):
        assert posts(marlow, johns, score="11") == "score"
        assert (the_answer().score, counted(survey)) == (None, {})

    def test_whoever_answered_is_not_reminded(self, marlow, johns):
        Invitation.objects.update(next_try_at=marlow.clock.now)
        posts(marlow, johns, score="9")
        johns.refresh_from_db()
        assert johns.next_try_at is None


class TestWhatIsACaseThatSecond:
    def test_a_low_score_with_words_is_a_case_that_second(self, marlow, johns):
        assert posts(marlow, johns, score="2", why=SUNDAYS) == "message"
        case = Case.objects.get()
        assert (case.owner, case.touchpoint.key, case.place.name) == (marlow.dana, "delivered", "Quay Street")
        assert (case.silent_since, case.customer.name) == (marlow.clock.now, "John Adeyemi")
        assert Message.objects.get(is_theirs=True).text == SUNDAYS
        assert (the_answer().case, the_answer().owner) == (case, marlow.dana)
        all_is_well(marlow)

    def test_please_contact_me_is_a_case_without_a_word(self, marlow, johns):
        assert posts(marlow, johns, score="9", contact="email") == "message"
        assert Case.objects.get().subject == "Please contact me"
        assert the_answer().contact_to == marlow.john.address

    def test_a_question_is_a_case_however_high_the_score(self, marlow, johns):
        assert posts(marlow, johns, score="10", why="Lovely. Where is my invoice?") == "message"

    def test_it_is_acknowledged_in_the_name_they_were_shown_and_by_that_hour(self, marlow, johns):
        shown = marlow.clock.now + timedelta(hours=7)
        posts(marlow, johns, score="2", why=SUNDAYS, contact="email", offered=f"{marlow.dana.pk}:{shown.isoformat()}")
        case = Case.objects.get()
        assert (case.owner, case.answer_due_at) == (marlow.dana, shown)
        assert Promise.objects.get(is_next_word=True).due_at == shown
        marlow.works()
        [mail] = [mail for mail in marlow.post if mail.to.value == marlow.john.address]
        assert mail.author == "Dana Okafor"
        assert SUNDAYS in mail.text
        assert (the_answer().owner, the_answer().offered_at) == (marlow.dana, shown)

    def test_whoever_posts_through_the_link_that_we_mailed_reads_that_mailbox(self, marlow, johns):
        posts(marlow, johns, score="9")
        johns.identity.refresh_from_db()
        assert johns.identity.proven_at is not None

    def test_whoever_leads_the_touchpoint_is_told_once(self, marlow, johns):
        posts(marlow, johns, score="2", why=SUNDAYS)
        posts(marlow, johns, score="2", why=f"{SUNDAYS} And late.")
        told = Notice.objects.filter(to=marlow.tom, kind="survey_answer")
        assert [notice.says for notice in told] == [f"John Adeyemi gave 2 of 10 for “How likely”; Dana has it: {SUNDAYS}"]

    def test_just_pass_it_on_is_a_case_too_and_no_mail_goes_to_whoever_wants_none(self, marlow, johns):
        assert posts(marlow, johns, score="2", why=SUNDAYS, contact="no") == "message"
        marlow.works()
        assert [mail for mail in marlow.post if mail.to.value == marlow.john.address] == []
        assert Event.objects.get(kind="not_acknowledged").facts["why"] == "no_contact"
        assert not Promise.objects.exists()

    def test_whom_the_words_speak_of_does_not_get_them_and_the_hour_shown_stands(self, marlow, johns):
        shown = marlow.clock.now + timedelta(hours=7)
        offered = f"{marlow.dana.pk}:{shown.isoformat()}"
        posts(marlow, johns, score="1", why="Dana was rude to my son.", offered=offered)
        case = Case.objects.get()
        assert case.owner != marlow.dana
        assert case.answer_due_at == shown

    def test_a_number_to_ring_is_theirs_from_now_on(self, marlow, johns):
        posts(marlow, johns, score="2", contact="phone", phone="+44 7700 900461")
        assert the_answer().contact_to == "+447700900461"
        assert johns.customer.identities.filter(kind="phone", value="+447700900461").exists()
        assert Message.objects.get(is_theirs=True).identity == johns.identity

    def test_without_a_line_only_a_wish_for_contact_is_a_case(self, marlow, survey, johns):
        Survey.objects.update(line=None)
        assert posts(marlow, johns, score="0", why=SUNDAYS) == "score"
        assert posts(marlow, johns, score="0", why=SUNDAYS, contact="email") == "message"
        assert Message.objects.get(is_theirs=True).text == SUNDAYS


class TestEachIsKeptAsItIsGiven:
    def test_the_words_come_after_the_score_and_are_the_same_answer(self, marlow, survey, johns):
        assert posts(marlow, johns, score="2", touched="1") == "score"
        assert posts(marlow, johns, score="2", why=SUNDAYS) == "message"
        assert (Response.objects.count(), counted(survey)) == (1, {2: 1})
        audit = count(marlow.clock.now)
        assert (audit.received, audit.nothing_to_answer, audit.waiting_in_time, audit.unaccounted) == (2, 1, 1, 0)
        all_is_well(marlow)

    def test_words_that_asked_for_nothing_do_once_the_score_is_low(self, marlow, survey, johns):
        assert posts(marlow, johns, score="9", why="It came cold.") == "score"
        assert posts(marlow, johns, score="2", why="It came cold.") == "message"
        assert (counted(survey), Message.objects.get(is_theirs=True).text) == ({2: 1}, "It came cold.")

    def test_a_changed_comment_is_a_further_message_and_the_same_one_is_not(self, marlow, johns):
        posts(marlow, johns, score="2", why=SUNDAYS)
        assert posts(marlow, johns, score="3", why=SUNDAYS) == "score"
        assert posts(marlow, johns, score="3", why="And nobody answered the door.") == "message"
        words = Message.objects.filter(is_theirs=True).order_by("id")
        assert [word.text for word in words] == [SUNDAYS, "And nobody answered the door."]
        assert Case.objects.count() == 1
        assert (the_answer().score, the_answer().words) == (3, "And nobody answered the door.")

    def test_what_is_on_a_case_was_said_and_an_empty_field_does_not_take_it_back(self, marlow, johns):
        posts(marlow, johns, score="2", why=SUNDAYS)
        posts(marlow, johns, score="2", why="")
        assert the_answer().words == SUNDAYS

    def test_what_they_sent_stands_against_whatever_the_page_posts_by_itself(self, marlow, johns):
        posts(marlow, johns, score="8", why="Quick.")
        posts(marlow, johns, score="3", touched="1")
        assert the_answer().score == 8

    def test_pressing_twice_is_one(self, marlow, johns):
        for _time in range(2):
            posts(marlow, johns, score="2", why=SUNDAYS, nonce="n-1")
        assert Message.objects.filter(is_theirs=True).count() == 1
        assert count(marlow.clock.now).duplicates == 1

    def test_once_somebody_answered_it_stands_and_new_words_are_a_further_message(self, marlow, survey, johns):
        posts(marlow, johns, score="2", why=SUNDAYS)
        marlow.answers(Case.objects.get(), "Dear John, it was the bag. A hot one is on its way.")
        assert posts(marlow, johns, score="9", why="Thank you.") == "message"
        assert (the_answer().score, the_answer().words, counted(survey)) == (2, SUNDAYS, {2: 1})
        assert the_answer().closed_at is not None
        assert Message.objects.filter(is_theirs=True).latest("id").text == "Thank you."

    def test_an_old_answer_keeps_the_question_it_was_asked(self, marlow, survey, johns):
        first = survey.versions.get()
        survey.versions.create(number=2, wording={"en": {"question": "Other?"}}, made_at=marlow.clock.now)
        posts(marlow, johns, score="9")
        assert the_answer().version == first

    def test_the_rest_is_kept_too(self, marlow, johns):
        posts(marlow, johns, score="9", who="The rider with the red scarf", consent="anon", further_0="On foot")
        response = the_answer()
        assert (response.named, response.consent, response.further) == ("The rider with the red scarf", "anon", ["On foot"])


class TestMachines:
    def test_a_page_that_posts_sooner_than_anybody_can_look_is_a_machine(self, marlow, survey, johns):
        assert posts(marlow, johns, score="7", touched="1", **{"too_fast": "1"}) == "set_aside"
        assert not Response.objects.exists()
        johns.refresh_from_db()
        assert (johns.machine_looks, counted(survey)) == (1, {})

    def test_eleven_scores_within_a_minute_are_none(self, marlow, survey, johns):
        for score in range(11):
            posts(marlow, johns, score=str(score), touched="1", at=marlow.clock.now + timedelta(seconds=score))
        assert counted(survey) == {}
        assert the_answer().score is None
        assert posts(marlow, johns, score="4", why=SUNDAYS) == "message"
        assert counted(survey) == {4: 1}
        all_is_well(marlow)

    def test_whom_a_scanner_came_before_is_still_heard(self, marlow, survey, johns):
        Invitation.objects.update(machine_looks=12)
        posts(marlow, johns, score="3", touched="1")
        posts(marlow, johns, score="8", touched="1", at=marlow.clock.now + timedelta(seconds=20))
        assert counted(survey) == {8: 1}

    def test_a_slip_of_the_finger_is_mended_by_the_next_touch(self, marlow, survey, johns):
        posts(marlow, johns, score="3", touched="1")
        posts(marlow, johns, score="8", touched="1", at=marlow.clock.now + timedelta(seconds=20))
        assert counted(survey) == {8: 1}


class TestByALink:
    def test_a_bare_score_is_nobodys_and_counts(self, marlow, survey):
        assert posts_by_link(marlow, survey, score="9", key=KEY) == "score"
        assert (the_answer().customer, the_answer().medium, counted(survey)) == (None, "link", {9: 1})

    def test_what_comes_later_from_the_same_page_is_the_same_answer(self, marlow, survey):
        posts_by_link(marlow, survey, key=KEY, score="2", touched="1")
        assert posts_by_link(marlow, survey, key=KEY, score="2", why=SUNDAYS, email=marlow.john.address) == "message"
        assert (Response.objects.count(), the_answer().customer) == (1, Case.objects.get().customer)

    def test_two_people_at_one_table_are_two(self, marlow, survey):
        posts_by_link(marlow, survey, score="2", nonce="a")
        posts_by_link(marlow, survey, score="2", nonce="b")
        assert counted(survey) == {2: 2}

    def test_somebody_without_an_address_is_still_answered_on_their_page(self, marlow, survey):
        assert posts_by_link(marlow, survey, key=KEY, score="1", why="No soap in the washroom.") == "message"
        assert Case.objects.get().owner == marlow.dana
        all_is_well(marlow)


class TestAfterAMatter:
    def test_asked_again_after_a_matter_that_began_with_a_score(self, marlow, survey, johns):
        posts(marlow, johns, score="2", why=SUNDAYS)
        again = asks(survey, marlow.john, case=Case.objects.get())
        posts(marlow, again, score="9")
        assert again.response.after_case == Case.objects.get()

    def test_after_any_other_matter_nothing_is_compared(self, marlow, survey):
        case = marlow.john.mails("Where is my pizza?")
        posts(marlow, asks(survey, marlow.john, case=case), score="9")
        assert the_answer().after_case is None

    def test_it_does_not_join_another_matter_of_theirs(self, marlow, survey):
        marlow.john.mails("Where is my invoice?")
        posts(marlow, asks(survey, marlow.john), score="2", why=SUNDAYS)
        assert Case.objects.count() == 2


def test_a_house_where_nobody_of_them_is_here_still_has_an_owner(marlow, survey, johns):
    Employee.objects.filter(pk=marlow.dana.pk).update(away_from=datetime(2020, 1, 1, tzinfo=UTC))
    assert posts(marlow, johns, score="2", why=SUNDAYS) == "message"
    assert Case.objects.get().owner == marlow.priya
    all_is_well(marlow)
