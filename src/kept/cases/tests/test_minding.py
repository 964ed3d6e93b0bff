"""Things to do by hand, notes for us, words put to rest, and who may join a matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.cases.confirming import confirm
from kept.cases.forgetting import ask_to_be_forgotten
from kept.cases.messages import Message, MessageKind, Settled
from kept.cases.minding import classify, do_duty, give_duty, note
from kept.cases.models import Case, Duty, Note, Participant
from kept.cases.resting import rest, wake
from kept.cases.wording import snippet_of, title_of
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Notice
from kept.timeline.models import Event

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def case(marlow) -> Case:
    return Case.objects.select_related("policy__calendar", "owner", "customer").get(pk=marlow.john.mails("Thanks").pk)


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(about=case.about).order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
class TestDuties:
    def test_the_owner_is_told_and_the_case_is_due_then(self, case):
        give_duty(case, "another_way", "Ring them", due_at=NOW + timedelta(hours=1), now=NOW)
        assert Case.objects.get(pk=case.pk).next_due_at == NOW + timedelta(hours=1)
        assert Notice.objects.filter(to=case.owner, kind="duty").count() == 1
        assert kinds(case)[-1] == "duty_given"

    def test_one_of_a_kind_at_a_time(self, case):
        first = give_duty(case, "another_way", "Ring them", due_at=NOW + timedelta(hours=1), now=NOW)
        again = give_duty(case, "another_way", "Ring them!", due_at=NOW + timedelta(hours=9), now=NOW)
        assert again == first
        assert Notice.objects.filter(kind="duty").count() == 1

    def test_what_is_done_may_have_to_be_done_again_another_day(self, case):
        first = give_duty(case, "another_way", "Ring them", due_at=NOW, now=NOW)
        do_duty(first, by=case.owner, now=NOW)
        assert give_duty(case, "another_way", "Ring them", due_at=NOW, now=NOW) != first

    def test_the_earliest_of_several_counts(self, case):
        give_duty(case, "another_way", "Ring", due_at=NOW + timedelta(hours=3), now=NOW)
        soon = give_duty(case, "erase", "Erase", due_at=NOW + timedelta(hours=1), now=NOW)
        assert Case.objects.get(pk=case.pk).duty_due_at == NOW + timedelta(hours=1)
        do_duty(Duty.objects.select_related("case").get(pk=soon.pk), by=case.owner, now=NOW)
        assert Case.objects.get(pk=case.pk).duty_due_at == NOW + timedelta(hours=3)

    def test_doing_it_is_written_down_once(self, case):
        duty = give_duty(case, "another_way", "Ring", due_at=NOW, now=NOW)
        do_duty(duty, by=case.owner, now=NOW)
        do_duty(duty, by=case.owner, now=NOW)
        assert kinds(case).count("duty_done") == 1
        assert Case.objects.get(pk=case.pk).duty_due_at is None

    def test_no_duty_stops_the_clock(self, case):
        do_duty(give_duty(case, "another_way", "Ring", due_at=NOW, now=NOW), by=case.owner, now=NOW)
        assert Case.objects.get(pk=case.pk).silent_since == NOW

    def test_asking_to_be_forgotten_is_a_duty_within_a_month(self, case):
        ask_to_be_forgotten(case, now=NOW)
        assert Duty.objects.get(case=case, kind="erase").due_at <= NOW + timedelta(days=30)
        assert "erasure_asked" in kinds(case)


@pytest.mark.django_db
class TestNotesAndKinds:
    def test_a_note_is_for_us_and_moves_nothing(self, case):
        before = Case.objects.values().get(pk=case.pk)
        made = note(case, "  Ask the driver \n", by=case.owner, now=NOW)
        assert Note.objects.get(pk=made.pk).text == "Ask the driver"
        assert Case.objects.values().get(pk=case.pk) == before
        assert not Message.objects.filter(text__contains="driver").exists()

    def test_an_empty_note_is_refused(self, case):
        with pytest.raises(Refusal, match="remember"):
            note(case, " \n", by=case.owner, now=NOW)

    def test_a_person_says_what_kind_of_matter_it_is(self, case):
        classify(case, "complaint", by=case.owner, now=NOW)
        assert Case.objects.get(pk=case.pk).kind == "complaint"
        assert kinds(case)[-1] == "classified"

    def test_there_is_no_kind_that_we_invented(self, case):
        with pytest.raises(Refusal, match="question, problem"):
            classify(case, "nuisance", by=case.owner, now=NOW)


@pytest.mark.django_db
class TestResting:
    def word(self, case: Case) -> Message:
        return Message.objects.get(case=case, is_theirs=True)

    def test_words_that_need_no_answer_rest_with_a_reason(self, case):
        rest(self.word(case), by=case.owner, because="  only thanks ", now=NOW)
        word = self.word(case)
        assert (word.settled, word.rested_because) == (Settled.RESTED, "only thanks")
        assert Case.objects.get(pk=case.pk).silent_since is None
        assert Event.objects.get(about=case.about, kind="rested").facts["why"] == "only thanks"

    def test_never_without_a_reason(self, case):
        with pytest.raises(Refusal, match="why"):
            rest(self.word(case), by=case.owner, because="  ", now=NOW)
        assert Case.objects.get(pk=case.pk).is_silent

    def test_our_own_words_cannot_rest(self, case):
        ours = Message.objects.create(
            case=case, is_theirs=False, kind=MessageKind.ANSWER, medium="email", at=NOW, author=case.owner
        )
        with pytest.raises(Refusal, match="customer"):
            rest(ours, by=case.owner, because="x", now=NOW)

    def test_resting_twice_is_resting_once(self, case):
        rest(self.word(case), by=case.owner, because="thanks", now=NOW)
        rest(self.word(case), by=case.owner, because="again", now=NOW + timedelta(hours=1))
        assert kinds(case).count("rested") == 1
        assert self.word(case).rested_because == "thanks"

    def test_waking_is_written_down(self, case):
        rest(self.word(case), by=case.owner, because="thanks", now=NOW)
        wake(self.word(case), by=case.owner, now=NOW)
        assert kinds(case)[-1] == "brought_back"
        assert self.word(case).rested_at is None

    def test_a_new_word_after_the_thanks_starts_a_clock_of_its_own(self, marlow, case):
        rest(self.word(case), by=case.owner, because="thanks", now=NOW)
        later = marlow.clock.forward(hours=2)
        marlow.john.mails("But where is my receipt?")
        assert Case.objects.get(pk=case.pk).silent_since == later


@pytest.mark.django_db
class TestConfirming:
    def stranger(self, case: Case) -> Participant:
        samir = Customer.objects.create(name="Samir Patel", first_seen_at=NOW)
        return Participant.objects.create(case=case, customer=samir, is_confirmed=False)

    def test_a_person_says_that_they_belong_to_it(self, case):
        part = self.stranger(case)
        give_duty(case, "confirm_participant", "Who is this?", due_at=NOW, now=NOW)
        confirm(part, by=case.owner, now=NOW)
        assert Participant.objects.get(pk=part.pk).is_confirmed
        assert Event.objects.get(about=case.about, kind="participant_confirmed").facts["who"] == "Samir Patel"
        assert not Duty.objects.filter(case=case, done_at__isnull=True).exists()

    def test_the_duty_stays_while_another_is_unconfirmed(self, case):
        first, _second = self.stranger(case), self.stranger(case)
        give_duty(case, "confirm_participant", "Who is this?", due_at=NOW, now=NOW)
        confirm(first, by=case.owner, now=NOW)
        assert Duty.objects.filter(case=case, done_at__isnull=True).count() == 1

    def test_saying_so_twice_is_saying_it_once(self, case):
        part = self.stranger(case)
        confirm(part, by=case.owner, now=NOW)
        confirm(part, by=case.owner, now=NOW)
        assert kinds(case).count("participant_confirmed") == 1


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        ("  Cold \n pizza ", "x", "Cold pizza"),
        ("", "My pizza was cold.\nSecond line", "My pizza was cold."),
        ("", "  \n", "Without words"),
        ("x" * 300, "", "x" * 200),
    ],
)
def test_how_a_matter_is_called(subject, text, title):
    assert title_of(subject, text) == title


def test_a_snippet_is_one_line_cut_at_a_word():
    assert snippet_of("one\ntwo") == "one two"
    assert snippet_of("alpha beta, gamma", 12) == "alpha beta…"
    assert len(snippet_of("word " * 100, 160)) <= 161
