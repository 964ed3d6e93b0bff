"""A good word is given by its writer, or by one of us who heard it; a person says who was meant, once."""

from __future__ import annotations

import pytest

from kept.cases.models import Message
from kept.lib.refusal import Refusal
from kept.people.models import Notice
from kept.recognition.giving import candidates_first, it_was, no_praise, say_a_good_word, write_down_praise
from kept.recognition.models import Recognition, RecognitionState
from kept.timeline.models import Event


def given(marlow, words: str = "She rode back in the rain.", *, employee=None, **more) -> Recognition:
    return say_a_good_word(words, employee=employee, now=marlow.clock.now, **more)


def heard(marlow, *, by, employee=None, **more) -> Recognition:
    return write_down_praise("On a card: Amira was kind.", by=by, employee=employee, now=marlow.clock.now, **more)


def told_of(recognition: Recognition) -> list[str]:
    return sorted(Notice.objects.filter(about=recognition.about).values_list("to__name", flat=True))


class TestByTheWriter:
    def test_whom_they_chose_has_it_at_once(self, kitchen):
        praise = given(kitchen, employee=kitchen.amira)
        assert (praise.state, praise.chosen_by_writer, praise.confirmed_by) == (RecognitionState.PASSED_ON, True, None)
        assert told_of(praise) == ["Amira Haddad", "Dana Okafor"]

    def test_without_a_name_it_waits_with_whom_the_hint_could_mean(self, kitchen):
        praise = given(kitchen, hint="I think Amira, the rider on Sunday")
        assert praise.state == RecognitionState.LOOKING
        assert [one.employee for one in praise.candidates.all()] == [kitchen.amira]
        assert told_of(praise) == []

    def test_no_words_are_refused(self, kitchen):
        with pytest.raises(Refusal):
            given(kitchen, "  ", employee=kitchen.amira)
        assert not Recognition.objects.exists()

    def test_what_was_noticed_in_the_same_contact_becomes_this(self, kitchen, noticed):
        word = Message.objects.get(pk=noticed.message_id)
        praise = given(kitchen, word.text, employee=kitchen.amira, message=word)
        assert praise.pk == noticed.pk
        assert Recognition.objects.get().is_passed_on

    def test_an_unknown_wish_about_who_may_read_it_means_nobody_else(self, kitchen):
        assert given(kitchen, consent="everybody on earth").consent == ""


class TestByOneOfUs:
    def test_what_priya_heard_on_the_phone_is_passed_on_at_once(self, kitchen):
        praise = heard(kitchen, by=kitchen.priya, employee=kitchen.amira, medium="phone", writer_name="Joan")
        assert (praise.confirmed_by, praise.added_by, praise.said_by) == (kitchen.priya, kitchen.priya, "Joan")
        assert not praise.chosen_by_writer
        assert told_of(praise) == ["Amira Haddad", "Dana Okafor"]

    def test_what_amira_heard_about_herself_waits_for_somebody_else(self, kitchen):
        praise = heard(kitchen, by=kitchen.amira, employee=kitchen.amira)
        assert praise.state == RecognitionState.LOOKING
        assert [one.employee for one in praise.candidates.all()] == [kitchen.amira]

    def test_a_card_without_a_name_waits(self, kitchen):
        assert heard(kitchen, by=kitchen.priya).state == RecognitionState.LOOKING

    def test_what_was_heard_in_a_matter_stands_on_its_line(self, kitchen):
        case = kitchen.grace.mails("Where is my pizza?")
        praise = heard(kitchen, by=kitchen.priya, employee=kitchen.amira, case=case)
        assert praise.customer == case.customer
        assert Event.objects.filter(about=case.about, kind="praise_passed_on").exists()


class TestWhoWasIt:
    def test_a_person_says_that_it_was_amira(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        assert (noticed.employee, noticed.manager, noticed.confirmed_by) == (kitchen.amira, kitchen.dana, kitchen.priya)
        assert told_of(noticed) == ["Amira Haddad", "Dana Okafor"]

    def test_somebody_else_can_be_named(self, kitchen, noticed):
        it_was(noticed, kitchen.ben, by=kitchen.priya, now=kitchen.clock.now)
        assert told_of(noticed) == ["Ben Castillo", "Ines Duarte"]

    def test_it_is_passed_on_once(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        for person in (kitchen.amira, kitchen.ben):
            with pytest.raises(Refusal):
                it_was(noticed, person, by=kitchen.priya, now=kitchen.clock.now)
        assert Notice.objects.filter(kind="praise").count() == 2

    def test_nobody_says_it_of_themself(self, kitchen, noticed):
        with pytest.raises(Refusal):
            it_was(noticed, kitchen.amira, by=kitchen.amira, now=kitchen.clock.now)
        assert told_of(noticed) == []

    def test_it_is_no_praise_says_a_person_with_a_reason(self, kitchen, noticed):
        with pytest.raises(Refusal):
            no_praise(noticed, by=kitchen.priya, now=kitchen.clock.now, why=" ")
        no_praise(noticed, by=kitchen.priya, now=kitchen.clock.now, why="she means her sister")
        assert noticed.state == RecognitionState.NOT_PRAISE
        assert Event.objects.get(kind="no_praise").facts["why"] == "she means her sister"

    def test_which_can_be_taken_back_by_saying_who_it_was(self, kitchen, noticed):
        no_praise(noticed, by=kitchen.priya, now=kitchen.clock.now, why="a mistake")
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        assert noticed.is_passed_on

    def test_what_was_passed_on_stays_praise(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        with pytest.raises(Refusal):
            no_praise(noticed, by=kitchen.priya, now=kitchen.clock.now, why="changed my mind")

    def test_whom_we_think_of_comes_first_in_the_list(self, kitchen, noticed):
        everybody = [kitchen.ben, kitchen.tom, kitchen.amira]
        assert candidates_first(noticed, everybody)[0] == kitchen.amira


class TestNothingElse:
    def test_a_mail_that_held_only_thanks_ends_as_passed_on(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        case = noticed.case
        case.refresh_from_db()
        assert (case.outcome, case.outcome_reason, case.kind) == ("white", "passed_on", "praise")
        assert case.silent_since is None

    def test_unless_it_asks_something_too(self, kitchen):
        case = kitchen.grace.mails("Amira was so kind. Where is my lemonade?", is_proven=True)
        it_was(Recognition.objects.get(), kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        case.refresh_from_db()
        assert case.is_open
        assert case.silent_since is not None

    def test_or_wishes_for_something(self, kitchen):
        case = kitchen.grace.fills_in_the_form("Amira was so kind.", wish="A new lemonade")
        it_was(Recognition.objects.get(), kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        case.refresh_from_db()
        assert case.is_open

    def test_a_wish_from_an_earlier_word_keeps_it_open_too(self, kitchen, noticed):
        type(noticed.case).objects.filter(pk=noticed.case.pk).update(wish="A new lemonade")
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        noticed.case.refresh_from_db()
        assert noticed.case.is_open
        assert noticed.is_passed_on

    def test_without_anybody_saying_so_it_stays_open(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        noticed.case.refresh_from_db()
        assert noticed.case.is_open

    def test_who_cannot_be_told_is_told_by_a_person_first(self, kitchen):
        case = kitchen.harold.is_written_down("letter", "Amira was so kind.", by=kitchen.priya)
        it_was(Recognition.objects.get(), kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        case.refresh_from_db()
        assert case.is_open
        assert Recognition.objects.get().writer_told_at is None
