"""A letter is written, printed by a person, and said to be posted: until then nobody has been answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.audit.invariants import INVARIANTS
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.demo.cast import last_word_of
from kept.letters.posting import day_at, say_posted
from kept.letters.unposting import take_back_posting
from kept.lib.hours import add_working_days
from kept.lib.refusal import Refusal
from kept.people.models import Identity
from kept.promises.keeping import break_promises_past_due
from kept.promises.models import Promise
from kept.replies.models import Letter
from kept.replies.sending import Reply, Said, reply
from kept.replies.taking_back import take_back
from kept.timeline.models import Event

ALL = frozenset({"all"})
WORDS = "Dear Mr Finch, there is a chair now, and it stays."


@pytest.fixture
def harold(marlow):
    marlow.harold.postal = "14 Weir Lane, MA1 2BC Marlow"
    return marlow.harold


@pytest.fixture
def case(marlow, harold) -> Case:
    """Harold wrote a letter, and Ines wrote it down."""
    return harold.is_written_down("letter", "There is nowhere to sit. May we have a chair?", by=marlow.ines)


def written(marlow, case, text=WORDS, **more) -> Letter:
    case.refresh_from_db()
    said = Reply(text, medium="letter", saw_up_to=last_word_of(case), **more)
    return reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=ALL).letter


def posted(marlow, letter, **more) -> Letter:
    on = more.pop("on", None) or day_at(letter.message.case, marlow.clock.now)
    say_posted(letter, on=on, by=marlow.priya, now=marlow.clock.now, **more)
    letter.refresh_from_db()
    return letter


def is_silent(case) -> bool:
    case.refresh_from_db()
    return case.is_silent


def to_do(case) -> list[str]:
    return list(Duty.objects.filter(case=case, done_at=None).order_by("kind").values_list("kind", flat=True))


def told(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind).order_by("id"))


def all_is_well(marlow) -> None:
    assert [says for check in INVARIANTS for says in check(marlow.clock.now)] == []


class TestUntilItIsPosted:
    def test_a_letter_that_lies_on_the_desk_answers_nobody(self, marlow, case):
        letter = written(marlow, case)
        marlow.clock.forward(days=1)
        marlow.works()
        assert is_silent(case)
        assert letter.message.delivery_state == "waiting"
        assert letter.address == "Harold Finch\n14 Weir Lane\nMA1 2BC Marlow"
        all_is_well(marlow)

    def test_its_owner_has_to_print_and_post_it_within_a_working_day(self, marlow, case):
        letter = written(marlow, case)
        duty = Duty.objects.get(case=case, kind="post_letter")
        assert duty.due_at == letter.due_at == add_working_days(case.policy.calendar.hours, marlow.clock.now, 1)
        case.refresh_from_db()
        assert case.next_due_at == case.duty_due_at == duty.due_at

    def test_what_it_promises_binds_nobody_yet(self, marlow, case):
        tuesday = marlow.clock.now + timedelta(days=8)
        made = Promise.objects.get(said_in=written(marlow, case, promises=(Said("a chair", tuesday),)).message)
        assert made.state == "held"
        assert made not in Promise.objects.open()

    def test_its_writer_takes_it_back_and_finds_the_words_as_a_draft(self, marlow, case):
        letter = written(marlow, case, promises=(Said("a chair", marlow.clock.now + timedelta(days=8)),))
        marlow.clock.forward(hours=3)
        draft = take_back(letter.message, by=marlow.priya, now=marlow.clock.now)
        assert (draft.text, draft.medium) == (WORDS, "letter")
        assert "post_letter" not in to_do(case)
        with pytest.raises(Refusal, match="not to be posted any more"):
            posted(marlow, letter)
        all_is_well(marlow)

    def test_a_customer_whose_address_we_do_not_know_is_asked_for_it_first(self, marlow):
        case = marlow.samir.mails("My toner has not come.")
        with pytest.raises(Refusal, match="no postal address of Samir Patel") as refusal:
            written(marlow, case)
        assert [doubt.code for doubt in refusal.value.doubts] == ["address_missing"]
        letter = written(marlow, case, address="3 Mill Lane\r\n MA1 3XY  Marlow\r\n")
        assert letter.address == "Samir Patel\n3 Mill Lane\nMA1 3XY Marlow"
        assert Identity.objects.get(kind="address").value == "3 Mill Lane, MA1 3XY Marlow"
        assert written(marlow, case).address == letter.address, "the second time it is known"

    def test_an_address_where_somebody_else_lives_too_is_written_on_the_envelope_and_joins_nobody(self, marlow, case):
        other = marlow.samir.mails("My toner has not come.")
        letter = written(marlow, other, address="14 Weir Lane, MA1 2BC Marlow")
        assert letter.address.startswith("Samir Patel\n14 Weir Lane")
        known = Identity.objects.get(kind="address")
        assert (known.customer_id, known.is_shared) == (case.customer_id, True)
        assert letter.message.identity is None

    def test_a_letter_of_their_own_hand_that_is_gone_already_is_only_written_down(self, marlow, case):
        case.refresh_from_db()
        said = Reply("A card with a chair on it.", medium="letter", saw_up_to=last_word_of(case), is_out=True)
        message = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=ALL)
        assert message.delivered_at == marlow.clock.now
        assert not is_silent(case)


class TestPosted:
    def test_that_day_the_customer_is_answered(self, marlow, case):
        letter = written(marlow, case)
        marlow.clock.forward(hours=5)
        posted(marlow, letter)
        assert not is_silent(case)
        assert case.first_answered_at == marlow.clock.now
        assert to_do(case) == []
        assert [event.facts["on"] for event in told("posted")] == ["2026-06-01"]
        all_is_well(marlow)

    def test_said_a_day_later_it_counts_to_the_end_of_the_day_on_which_it_was_posted(self, marlow, case):
        letter = written(marlow, case)
        day = day_at(case, marlow.clock.now)
        marlow.clock.forward(days=1)
        posted(marlow, letter, on=day)
        letter.message.refresh_from_db()
        assert day_at(case, letter.message.delivered_at) == day
        assert letter.message.delivered_at < marlow.clock.now

    def test_its_promises_stand_in_the_ledger_from_then_on(self, marlow, case):
        due = marlow.clock.now + timedelta(days=8)
        letter = posted(marlow, written(marlow, case, promises=(Said("a chair", due),)))
        assert Promise.objects.open().get(said_in=letter.message).what == "a chair"
        assert len(told("promised")) == 1 + Promise.objects.filter(is_next_word=True, is_held=False).count()

    def test_a_sign_of_life_moves_the_next_word_and_no_clock(self, marlow, case):
        posted(marlow, Letter.objects.get(message__kind=MessageKind.ACKNOWLEDGEMENT))
        before = Promise.objects.open().get(is_next_word=True)
        posted(marlow, written(marlow, case, kind=MessageKind.SIGN_OF_LIFE))
        assert is_silent(case)
        before.refresh_from_db()
        assert before.state == "renegotiated"

    def test_two_letters_are_one_duty_until_both_are_posted(self, marlow, case):
        first, second = written(marlow, case, kind=MessageKind.SIGN_OF_LIFE), written(marlow, case)
        posted(marlow, first)
        assert "post_letter" in to_do(case)
        posted(marlow, second)
        assert to_do(case) == []

    @pytest.mark.parametrize(("days", "says"), [(1, "still to come"), (-1, "written only on")])
    def test_not_tomorrow_and_not_before_it_was_written(self, marlow, case, days, says):
        letter = written(marlow, case)
        with pytest.raises(Refusal, match=says):
            posted(marlow, letter, on=day_at(case, marlow.clock.now) + timedelta(days=days))
        assert is_silent(case)

    def test_nobody_posts_the_same_letter_twice(self, marlow, case):
        letter = posted(marlow, written(marlow, case))
        with pytest.raises(Refusal, match="Priya Nair said already"):
            posted(marlow, letter)

    def test_a_word_kept_by_a_letter_that_was_in_the_post_before_its_hour_was_never_broken(self, marlow, case):
        posted(marlow, Letter.objects.get(message__kind=MessageKind.ACKNOWLEDGEMENT))
        word = Promise.objects.open().get(is_next_word=True)
        letter = written(marlow, case)
        day = day_at(case, marlow.clock.now)
        marlow.clock.now = word.due_at + timedelta(hours=1)
        break_promises_past_due(marlow.clock.now)
        word.refresh_from_db()
        assert word.state == "broken"
        posted(marlow, letter, on=day)
        word.refresh_from_db()
        assert (word.state, word.broken_at) == ("kept", None)
        all_is_well(marlow)


class TestOvertaken:
    def test_a_newer_word_of_theirs_stops_it_and_both_texts_are_there_to_read(self, marlow, case, harold):
        letter = written(marlow, case)
        marlow.clock.forward(hours=1)
        harold.is_written_down("letter", "Never mind the chair, I fell.", by=marlow.ines)
        with pytest.raises(Refusal, match="Never mind the chair, I fell") as refusal:
            posted(marlow, letter)
        assert [doubt.code for doubt in refusal.value.doubts] == ["overtaken"]
        posted(marlow, letter, despite=frozenset({"overtaken"}))
        assert is_silent(case), "it answers only the words that its writer had before them"

    def test_a_word_that_came_after_the_day_of_posting_does_not(self, marlow, case, harold):
        letter = written(marlow, case)
        day = day_at(case, marlow.clock.now)
        marlow.clock.forward(days=1)
        harold.is_written_down("letter", "Well?", by=marlow.ines)
        posted(marlow, letter, on=day)
        assert is_silent(case)

    def test_an_hour_in_it_that_has_passed_stops_it_too(self, marlow, case):
        letter = written(marlow, case, promises=(Said("a chair", marlow.clock.now + timedelta(hours=2)),))
        marlow.clock.forward(hours=3)
        with pytest.raises(Refusal, match="The hour that it promises has passed: a chair"):
            posted(marlow, letter)


class TestTakenBack:
    def test_mistyped_it_lies_there_again_and_the_clock_runs_on_from_the_old_moment(self, marlow, case):
        since = case.silent_since
        letter = written(marlow, case, promises=(Said("a chair", marlow.clock.now + timedelta(days=8)),))
        posted(marlow, letter)
        marlow.clock.forward(hours=2)
        take_back_posting(letter, by=marlow.ines, now=marlow.clock.now)
        case.refresh_from_db()
        assert (case.silent_since, case.first_answered_at) == (since, None)
        assert Promise.objects.get(what="a chair").state == "held"
        assert to_do(case) == ["acknowledge_by_hand", "post_letter"]
        assert Letter.objects.filter(is_waiting=True).count() == 2, "the acknowledgement is needed again, too"
        all_is_well(marlow)
        letter.refresh_from_db()
        posted(marlow, letter)
        assert Promise.objects.get(what="a chair").state == "open"
        all_is_well(marlow)

    def test_the_next_day_it_is_too_late(self, marlow, case):
        letter = posted(marlow, written(marlow, case))
        marlow.clock.forward(days=1)
        with pytest.raises(Refusal, match="only on the day on which it was said"):
            take_back_posting(letter, by=marlow.ines, now=marlow.clock.now)

    @pytest.mark.parametrize("kind", [MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK])
    def test_posted_taken_back_and_posted_again_is_posted_once(self, marlow, case, kind):
        posted(marlow, Letter.objects.get(message__kind=MessageKind.ACKNOWLEDGEMENT))
        letter = written(marlow, case, kind=kind)
        word = Promise.objects.get(is_next_word=True)
        for _time in range(3):
            letter.refresh_from_db()
            posted(marlow, letter)
            assert not Promise.objects.open().filter(pk=word.pk).exists()
            take_back_posting(letter, by=marlow.priya, now=marlow.clock.now)
            assert is_silent(case)
            assert list(Promise.objects.open()) == [word]
            all_is_well(marlow)


class TestTheAcknowledgement:
    def test_it_lies_ready_as_a_letter_with_the_owner_s_name_and_hour(self, marlow, case):
        letter = Letter.objects.get()
        message = letter.message
        assert (message.kind, message.is_held, message.author) == (MessageKind.ACKNOWLEDGEMENT, True, case.owner)
        assert "Your words are here and are mine to answer. You hear from me by Friday 5 June, 17:00" in message.text
        assert letter.due_at == add_working_days(case.policy.calendar.hours, marlow.clock.now, 2)
        assert to_do(case) == ["acknowledge_by_hand"]
        assert told("acknowledged") == []

    def test_posting_it_does_the_duty_and_gives_our_word(self, marlow, case):
        marlow.clock.forward(hours=1)
        posted(marlow, Letter.objects.get())
        assert to_do(case) == []
        assert len(told("acknowledged")) == 1
        assert Promise.objects.open().get(is_next_word=True).due_at == case.answer_due_at
        assert is_silent(case), "an acknowledgement stops no clock"
        all_is_well(marlow)

    def test_whoever_answers_first_need_not_acknowledge(self, marlow, case):
        posted(marlow, written(marlow, case))
        assert not Letter.objects.filter(is_waiting=True).exists()
        assert to_do(case) == []

    def test_a_second_letter_while_the_first_receipt_lies_there_makes_no_second_one(self, marlow, case, harold):
        assert harold.is_written_down("letter", "May I also have a cushion?", by=marlow.ines) == case
        assert Letter.objects.count() == 1

    def test_without_an_address_it_is_a_duty_as_before(self, marlow):
        case = CustomerWithout.writes(marlow)
        assert to_do(case) == ["acknowledge_by_hand"]
        assert not Letter.objects.exists()


class CustomerWithout:
    @staticmethod
    def writes(marlow) -> Case:
        return marlow.harold.is_written_down("letter", "No address, no name.", by=marlow.ines)


def test_their_words_say_which_letter_they_answer(marlow, case):
    letter = written(marlow, case)
    assert letter.message.answers_up_to == Message.objects.get(case=case, is_theirs=True)
