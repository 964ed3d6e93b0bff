"""What the customer says: yes; no, not yet; over unsolved; they leave. Pressed by them, or told to one of us in words."""

from __future__ import annotations

import json

import pytest

from kept.accounts.opening import account_of_kind
from kept.cases.minding import classify
from kept.cases.models import Case, Duty
from kept.cases.resting import rest
from kept.demo.cast import last_word_of
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import give_up_reaching, hear, hear_not_yet, pass_on
from kept.outcomes.models import Verdict
from kept.people.models import Employee, Identity, Notice
from kept.timeline.models import Event


def presses_no(case: Case, marlow, words: str = "It is still cold.") -> None:
    """What the customer's page does with "no, not yet"."""
    body = json.dumps({"medium": "form", "text": words})
    envelope = {"content-type": "application/json", "case-key": str(case.public_id), "verdict": "no"}
    account = account_of_kind("by_hand", now=marlow.clock.now)
    receipt = accept_here(account, body.encode(), envelope, key="", reached_us_at=marlow.clock.now)
    assert file_now(receipt.arrival_id, now=marlow.clock.now)
    case.refresh_from_db()


class TestYes:
    def test_their_own_yes_ends_it_white(self, answered, marlow):
        verdict = hear(answered, "yes", now=marlow.clock.now, words="All fine, thank you.")
        answered.refresh_from_db()
        assert (answered.outcome, answered.outcome_reason) == ("white", "said")
        assert verdict.by_customer
        assert verdict.words == "All fine, thank you."

    def test_a_yes_while_they_wait_is_an_answer_too(self, waiting, marlow):
        hear(waiting, "yes", now=marlow.clock.now)
        waiting.refresh_from_db()
        assert waiting.silent_since is None
        assert last_word_of(waiting).settled == "answered"

    def test_a_spoken_yes_needs_their_words(self, answered, marlow):
        for words in ("", "  "):
            with pytest.raises(Refusal):
                hear(answered, "yes", now=marlow.clock.now, confirmed_by=marlow.priya, words=words)
        hear(answered, "yes", now=marlow.clock.now, confirmed_by=marlow.priya, words="“Lovely, thank you, Priya.”")
        answered.refresh_from_db()
        assert answered.outcome == "white"
        assert Event.objects.get(kind="ended").by == f"employee:{marlow.priya.pk}"

    def test_a_refused_yes_leaves_no_evidence(self, answered, marlow):
        with pytest.raises(Refusal):
            hear(answered, "maybe", now=marlow.clock.now)
        assert not Verdict.objects.exists()


@pytest.mark.parametrize(("said", "reason"), [("unsolved", "said"), ("leave", "left")])
def test_unsolved_and_leaving_end_it_black(answered, marlow, said, reason):
    hear(answered, said, now=marlow.clock.now)
    answered.refresh_from_db()
    assert (answered.is_open, answered.outcome, answered.outcome_reason) == (False, "black", reason)


class TestNotYet:
    def test_no_ends_nothing_their_words_stand_and_the_clock_runs(self, answered, marlow):
        presses_no(answered, marlow)
        assert answered.is_open
        assert answered.silent_since == marlow.clock.now
        assert last_word_of(answered).text == "It is still cold."
        assert (answered.noes, answered.went_wrong, answered.asked_at) == (1, True, None)
        assert Verdict.objects.get().outcome == ""

    def test_the_first_no_is_told_to_the_manager(self, answered, marlow):
        presses_no(answered, marlow)
        assert answered.owner == marlow.priya
        assert Notice.objects.filter(to=marlow.ines, kind="not_yet").count() == 1

    def test_after_the_second_no_the_manager_owns_it(self, answered, marlow):
        Employee.objects.filter(pk=marlow.ines.pk).update(answers=True)
        for _time in range(2):
            presses_no(answered, marlow)
            marlow.clock.forward(hours=1)
        assert answered.owner == marlow.ines
        assert Notice.objects.filter(to=marlow.ines, kind="assigned").exists()

    def test_a_manager_who_answers_nobody_is_told_again_instead(self, answered, marlow):
        for _time in range(3):
            presses_no(answered, marlow)
        assert answered.owner == marlow.priya
        assert Notice.objects.filter(to=marlow.ines, kind="not_yet").count() == 3

    def test_a_spoken_no_is_a_duty_of_the_owner_until_we_answer(self, answered, marlow):
        hear_not_yet(answered, now=marlow.clock.now, confirmed_by=marlow.priya, words="“Nothing has come yet.”")
        answered.refresh_from_db()
        duty = Duty.objects.get(case=answered, kind="go_on")
        assert "Nothing has come yet" in duty.says
        assert answered.next_due_at == duty.due_at > marlow.clock.now
        marlow.answers(answered, "It left today.")
        duty.refresh_from_db()
        assert duty.done_at is not None

    def test_a_spoken_no_needs_their_words_too(self, answered, marlow):
        with pytest.raises(Refusal):
            hear_not_yet(answered, now=marlow.clock.now, confirmed_by=marlow.priya, words=" ")

    def test_a_no_pressed_on_what_had_ended_takes_it_up_again(self, answered, marlow):
        hear(answered, "yes", now=marlow.clock.now)
        answered.refresh_from_db()
        presses_no(answered, marlow)
        assert answered.is_open
        assert (answered.outcome, answered.noes) == ("", 1)

    def test_a_spoken_no_on_what_had_ended_is_written_down_as_their_words_instead(self, answered, marlow):
        hear(answered, "yes", now=marlow.clock.now)
        with pytest.raises(Refusal):
            hear_not_yet(answered, now=marlow.clock.now, confirmed_by=marlow.priya, words="“It broke again.”")


class TestPraise:
    @pytest.fixture
    def praise(self, marlow) -> Case:
        case = marlow.grace.mails("Amira is the best rider you have.")
        classify(case, "praise", by=marlow.priya, now=marlow.clock.now)
        return case

    def test_praise_passed_on_with_its_writer_told_is_over_outside_every_share(self, praise, marlow):
        marlow.works()
        marlow.answers(praise, "I have passed it on to Amira. She was glad.")
        praise.refresh_from_db()
        pass_on(praise, by=marlow.priya, now=marlow.clock.now)
        praise.refresh_from_db()
        assert (praise.outcome, praise.outcome_reason, praise.is_open) == ("white", "passed_on", False)

    def test_not_before_its_writer_was_told(self, praise, marlow):
        with pytest.raises(Refusal):
            pass_on(praise, by=marlow.priya, now=marlow.clock.now)

    def test_put_to_rest_it_still_owes_the_word_it_named(self, praise, marlow):
        rest(last_word_of(praise), by=marlow.priya, because="praise", now=marlow.clock.now)
        praise.refresh_from_db()
        with pytest.raises(Refusal):
            pass_on(praise, by=marlow.priya, now=marlow.clock.now)

    def test_not_where_they_wish_for_something(self, marlow):
        case = marlow.grace.fills_in_the_form("Amira is great.", wish="More of that cheese")
        classify(case, "praise", by=marlow.priya, now=marlow.clock.now)
        marlow.answers(case, "Thank you.")
        case.refresh_from_db()
        with pytest.raises(Refusal):
            pass_on(case, by=marlow.priya, now=marlow.clock.now)

    def test_a_complaint_is_not_passed_on(self, answered, marlow):
        classify(answered, "complaint", by=marlow.priya, now=marlow.clock.now)
        with pytest.raises(Refusal):
            pass_on(answered, by=marlow.priya, now=marlow.clock.now)


class TestWithoutAWayBack:
    @pytest.fixture
    def letter(self, marlow) -> Case:
        return marlow.harold.is_written_down("letter", "Your shop smells. H. Finch", by=marlow.priya)

    def test_a_managers_look_ends_it_without_a_word(self, letter, marlow):
        give_up_reaching(letter, by=marlow.ines, now=marlow.clock.now)
        letter.refresh_from_db()
        assert (letter.outcome, letter.outcome_reason) == ("no_word", "no_way_back")

    def test_an_employees_does_not(self, letter, marlow):
        with pytest.raises(Refusal):
            give_up_reaching(letter, by=marlow.priya, now=marlow.clock.now)

    def test_not_while_there_is_a_way_to_reach_them(self, letter, marlow):
        Identity.objects.create(customer=letter.customer, kind="address", value="1 Mill Lane", first_seen_at=marlow.clock.now)
        with pytest.raises(Refusal):
            give_up_reaching(letter, by=marlow.ines, now=marlow.clock.now)

    def test_a_dead_address_is_no_way(self, waiting, marlow):
        Identity.objects.filter(customer=waiting.customer).update(dead_at=marlow.clock.now)
        give_up_reaching(waiting, by=marlow.ines, now=marlow.clock.now)
        waiting.refresh_from_db()
        assert waiting.outcome == "no_word"
