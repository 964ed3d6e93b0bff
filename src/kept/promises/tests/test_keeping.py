"""A promise is kept, broken, or renegotiated before it is due; none vanishes (R7, I14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case, MessageKind, Rung
from kept.cases.resting import rest
from kept.demo.cast import last_word_of
from kept.lib.refusal import Refusal
from kept.people.models import Employee, Notice
from kept.promises.binding import remind
from kept.promises.keeping import break_promises_past_due, firm_up, keep, renegotiate
from kept.promises.making import promise
from kept.promises.models import Promise, PromiseKind
from kept.replies.sending import Reply, reply
from kept.timeline.models import Event


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.fills_in_the_form("My pizza was cold. Where is my refund?")


@pytest.fixture
def made(case, marlow) -> Promise:
    return promise(case, "the refund", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=2), now=marlow.clock.now)


def happened(kind: str, made: Promise) -> Event:
    return Event.objects.get(kind=kind, facts__promise=made.pk)


class TestKeeping:
    def test_a_promise_kept_early_shows_by_how_much(self, made, marlow):
        keep(made, by=marlow.priya, now=marlow.clock.forward(days=1))
        made.refresh_from_db()
        assert made.state == "kept"
        assert happened("kept", made).facts["seconds_early"] == 24 * 3600

    def test_a_promise_kept_late_is_kept_late_for_ever(self, made, marlow):
        marlow.clock.forward(days=3)
        break_promises_past_due(marlow.clock.now)
        keep(made, by=marlow.priya, now=marlow.clock.now)
        made.refresh_from_db()
        assert made.state == "kept_late"
        assert happened("kept", made).facts["seconds_early"] == -24 * 3600

    def test_keeping_it_twice_says_it_once(self, made, marlow):
        for _time in range(2):
            keep(made, by=marlow.priya, now=marlow.clock.now)
        assert Event.objects.filter(kind="kept", facts__promise=made.pk).count() == 1

    def test_a_kept_promise_is_due_no_more(self, case, made, marlow):
        keep(made, by=marlow.priya, now=marlow.clock.now)
        case.refresh_from_db()
        assert case.promise_due_at != made.due_at
        assert not Promise.objects.filter(pk=made.pk, rung_due_at__isnull=False).exists()

    def test_what_was_renegotiated_cannot_be_kept_any_more(self, made, marlow):
        told = marlow.answers(made.case, "It is Friday rather.", kind=MessageKind.SIGN_OF_LIFE)
        renegotiate(made, due_at=made.due_at + timedelta(days=1), by=marlow.priya, now=marlow.clock.now, told_in=told)
        with pytest.raises(Refusal):
            keep(made, by=marlow.priya, now=marlow.clock.now)


class TestBreaking:
    def test_an_hour_that_passes_breaks_the_promise_and_the_case_went_wrong(self, case, made, marlow):
        assert break_promises_past_due(made.due_at) == 2  # the next word and the refund
        made.refresh_from_db()
        case.refresh_from_db()
        assert made.state == "broken"
        assert case.went_wrong
        assert happened("broken", made).facts["by_whom"] == "Priya Nair"

    def test_until_the_second_it_is_due_it_is_not_broken(self, made):
        break_promises_past_due(made.due_at - timedelta(seconds=1))
        made.refresh_from_db()
        assert made.state == "open"

    def test_it_breaks_once(self, made):
        break_promises_past_due(made.due_at)
        assert break_promises_past_due(made.due_at + timedelta(minutes=1)) == 0

    def test_a_broken_promise_is_still_owed(self, made):
        break_promises_past_due(made.due_at)
        assert made in Promise.objects.owed()

    def test_a_promise_that_still_waits_for_the_customer_never_breaks(self, case, marlow):
        made = promise(case, "a refund", by=marlow.priya, due_at=None, now=marlow.clock.now, kind=PromiseKind.CONDITIONAL)
        break_promises_past_due(marlow.clock.forward(days=90))
        made.refresh_from_db()
        assert made.state == "open"
        assert made not in Promise.objects.owed()

    def test_a_broken_promise_does_not_keep_the_sweep_from_the_next_one(self, case, made, marlow, monkeypatch):
        from kept.promises import keeping

        other = promise(case, "a voucher", by=marlow.priya, due_at=made.due_at, now=marlow.clock.now)
        monkeypatch.setattr(keeping, "remind", lambda case: 1 / 0 if Promise.objects.get(pk=made.pk).broken_at else remind(case))
        break_promises_past_due(made.due_at)
        monkeypatch.undo()
        other.refresh_from_db()
        assert other.state == "broken"


class TestTheLadderOfAPromise:
    def test_priya_hears_of_it_before_the_hour_and_ines_at_the_hour(self, made, marlow):
        Notice.objects.all().delete()
        break_promises_past_due(made.due_at - timedelta(minutes=1))
        assert set(Notice.objects.filter(kind="rung").values_list("to", flat=True)) == {marlow.priya.pk}
        break_promises_past_due(made.due_at)
        assert set(Notice.objects.filter(kind="rung").values_list("to", flat=True)) == {marlow.priya.pk, marlow.ines.pk}

    def test_each_rung_is_climbed_once_however_often_it_is_looked_at(self, made):
        for minute in range(5):
            break_promises_past_due(made.due_at + timedelta(minutes=minute))
        levels = list(Rung.objects.filter(clock=f"promise:{made.pk}").values_list("level", flat=True))
        assert sorted(levels) == [80, 100]

    def test_after_a_night_without_us_those_due_are_climbed_together(self, made, marlow):
        Notice.objects.all().delete()
        break_promises_past_due(made.due_at + timedelta(days=30))
        assert Rung.objects.filter(clock=f"promise:{made.pk}", level__lte=200).count() == 4
        assert Notice.objects.filter(kind="rung", to=marlow.priya).count() == 1

    def test_whoever_left_is_not_told_but_the_owner_is(self, case, made, marlow):
        marlow.hires_the_others()
        Promise.objects.filter(pk=made.pk).update(by=marlow.tom)
        Employee.objects.filter(pk=marlow.tom.pk).update(is_active=False)
        break_promises_past_due(made.due_at - timedelta(minutes=1))
        assert set(Notice.objects.filter(kind="rung").values_list("to", flat=True)) == {case.owner_id}

    def test_a_kept_promise_climbs_no_rung(self, made, marlow):
        keep(made, by=marlow.priya, now=marlow.clock.now)
        break_promises_past_due(made.due_at + timedelta(days=9))
        assert not Rung.objects.filter(clock=f"promise:{made.pk}").exists()


class TestRenegotiating:
    def told(self, marlow, made):
        return marlow.answers(made.case, "It takes until Friday.", kind=MessageKind.SIGN_OF_LIFE)

    def test_a_new_hour_stands_in_the_place_of_the_old_one_and_both_can_be_seen(self, case, made, marlow):
        told = self.told(marlow, made)
        later = made.due_at + timedelta(days=2)
        new = renegotiate(made, due_at=later, by=marlow.priya, now=marlow.clock.now, told_in=told)
        made.refresh_from_db()
        assert (made.state, new.state, new.due_at, new.what) == ("renegotiated", "open", later, "the refund")
        assert made.replaced_by == new
        assert happened("renegotiated", made).facts["due_at"] == later.isoformat()

    def test_once_its_hour_has_passed_there_is_nothing_to_renegotiate(self, made, marlow):
        told = self.told(marlow, made)
        with pytest.raises(Refusal):
            renegotiate(made, due_at=made.due_at + timedelta(days=5), by=marlow.priya, now=made.due_at, told_in=told)

    def test_a_new_hour_that_nobody_told_the_customer_changes_nothing(self, made, marlow):
        with pytest.raises(Refusal):
            renegotiate(made, due_at=made.due_at + timedelta(days=1), by=marlow.priya, now=marlow.clock.now, told_in=None)
        made.refresh_from_db()
        assert made.state == "open"

    def test_a_renegotiated_promise_is_never_broken(self, made, marlow):
        told = self.told(marlow, made)
        new = renegotiate(made, due_at=made.due_at + timedelta(days=2), by=marlow.priya, now=marlow.clock.now, told_in=told)
        break_promises_past_due(made.due_at)
        made.refresh_from_db()
        new.refresh_from_db()
        assert (made.state, new.state) == ("renegotiated", "open")


class TestWaitingForTheCustomer:
    def test_their_receipt_makes_it_firm_and_due(self, case, marlow):
        now = marlow.clock.now
        made = promise(case, "a refund", by=marlow.priya, due_at=None, now=now, kind=PromiseKind.CONDITIONAL)
        firm_up(made, due_at=now + timedelta(days=1), by=marlow.priya, now=now)
        made.refresh_from_db()
        assert (made.kind, made.state) == (PromiseKind.FIRM, "open")
        assert made.rung_due_at is not None
        assert made in Promise.objects.owed()
        assert happened("firmed", made)

    def test_a_firm_promise_is_firm_already(self, made, marlow):
        with pytest.raises(Refusal):
            firm_up(made, due_at=made.due_at, by=marlow.priya, now=marlow.clock.now)

    def test_it_cannot_become_due_in_the_past(self, case, marlow):
        now = marlow.clock.now
        made = promise(case, "a refund", by=marlow.priya, due_at=None, now=now, kind=PromiseKind.CONDITIONAL)
        with pytest.raises(Refusal):
            firm_up(made, due_at=now, by=marlow.priya, now=now)


class TestTheNextWord:
    def word(self, case: Case) -> Promise:
        return Promise.objects.filter(case=case, is_next_word=True).order_by("-id")[0]

    def test_you_hear_from_me_by_is_kept_by_an_answer(self, case, marlow):
        marlow.answers(case, "Your refund is on its way.")
        assert self.word(case).state == "kept"

    def test_a_sign_of_life_moves_the_next_word_and_neither_the_clock_nor_its_ladder(self, case, marlow):
        since, due_at, rung_at = case.silent_since, case.answer_due_at, case.rung_due_at
        marlow.answers(case, "I am looking into it.", kind=MessageKind.SIGN_OF_LIFE)
        case.refresh_from_db()
        first, second = Promise.objects.filter(case=case, is_next_word=True).order_by("id")
        assert (first.state, second.state) == ("renegotiated", "open")
        assert second.due_at > first.due_at
        assert second.rung_due_at is not None
        assert (case.silent_since, case.answer_due_at, case.rung_due_at) == (since, due_at, rung_at)

    def test_a_sign_of_life_after_the_hour_keeps_the_word_late_and_gives_a_new_one(self, case, marlow):
        first = self.word(case)
        marlow.clock.now = first.due_at + timedelta(hours=1)
        marlow.works()
        marlow.answers(case, "Sorry, this takes longer.", kind=MessageKind.SIGN_OF_LIFE)
        first.refresh_from_db()
        assert first.state == "kept_late"
        assert self.word(case).state == "open"

    def test_a_call_that_nobody_answered_moves_nothing(self, case, marlow):
        first = self.word(case)
        marlow.answers(case, "Rang, nobody there.", kind=MessageKind.SIGN_OF_LIFE, medium="phone")
        first.refresh_from_db()
        assert first.state == "open"
        assert self.word(case) == first

    def test_words_put_to_rest_need_no_next_word_and_nobody_is_blamed_for_it(self, case, marlow):
        rest(last_word_of(case), by=marlow.priya, because="thanks only", now=marlow.clock.now)
        word = self.word(case)
        break_promises_past_due(word.due_at)
        word.refresh_from_db()
        case.refresh_from_db()
        assert word.state == "taken_back"
        assert not case.went_wrong
        assert case.promise_due_at is None

    def test_a_sign_of_life_that_arrives_after_their_yes_promises_nothing_more(self, case, marlow):
        from kept.outcomes.hearing import hear

        said = Reply("Still on it.", MessageKind.SIGN_OF_LIFE, last_word_of(case))
        message = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
        hear(case, "yes", now=marlow.clock.now)
        marlow.clock.forward(seconds=21)
        marlow.works()
        message.refresh_from_db()
        assert message.delivered_at is not None
        assert len([mail for mail in marlow.post if mail.message_id == message.external_id]) == 1
        assert not Promise.objects.open().filter(case=case).exists()
