"""Whatever happens to a case, in whatever order, its clock is what all its messages say together."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.models import Max

from kept.cases.messages import Message, MessageKind, Settled
from kept.cases.models import Case
from kept.cases.silence import Answered, Word, recount, settle, silent_since
from kept.demo.cast import Marlow

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
STEPS = 14


class Life:
    """One case and what chance does to it."""

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.chance, self.now = case, random.Random(seed), MONDAY

    def they_write(self) -> None:
        written = self.now - timedelta(minutes=self.chance.choice([0, 0, 0, 600]))
        Message.objects.create(case=self.case, is_theirs=True, medium="email", customer=self.case.customer, text="?", at=written)

    def we_answer(self) -> None:
        word = self._some(is_theirs=True)
        kind = self.chance.choice([MessageKind.ANSWER, MessageKind.ANSWER, MessageKind.ASKS_BACK, MessageKind.SIGN_OF_LIFE])
        reached = self.chance.choice([self.now, self.now, None])
        Message.objects.create(
            case=self.case, is_theirs=False, kind=kind, medium="email", at=self.now, delivered_at=reached, answers_up_to=word
        )

    def one_bounces(self) -> None:
        self._change(failed_at=self.now, is_theirs=False)

    def one_arrives_after_all(self) -> None:
        self._change(delivered_at=self.now, is_theirs=False)

    def one_is_put_to_rest(self) -> None:
        self._change(rested_at=self.now, is_theirs=True)

    def one_is_woken(self) -> None:
        self._change(rested_at=None, is_theirs=True)

    def they_say_yes(self) -> None:
        self._up_to("yes_up_to")

    def they_leave_and_come_back(self) -> None:
        self._up_to("ended_up_to")

    def goes_on(self) -> None:
        self.now += timedelta(minutes=self.chance.randint(1, 300))
        steps: list[Callable[[], None]] = [self.they_write, self.we_answer, self.one_bounces, self.one_is_put_to_rest]
        steps += [self.one_is_woken, self.one_arrives_after_all, self.they_write, self.we_answer]
        self.chance.choice([*steps, *steps, self.they_say_yes, self.they_leave_and_come_back])()
        recount(self.case, now=self.now)

    def _some(self, *, is_theirs: bool) -> Message | None:
        return self.chance.choice([None, *Message.objects.filter(case=self.case, is_theirs=is_theirs).order_by("id")])

    def _change(self, *, is_theirs: bool, **columns: object) -> None:
        message = self._some(is_theirs=is_theirs)
        if message is not None:
            Message.objects.filter(pk=message.pk).update(**columns)

    def _up_to(self, column: str) -> None:
        last = Message.objects.filter(case=self.case, is_theirs=True).aggregate(last=Max("id"))["last"] or 0
        Case.objects.filter(pk=self.case.pk).update(**{column: last})


def told_by_all_messages(case: Case) -> tuple[dict[int, Settled], datetime | None]:
    """The rule, over everything that was ever said."""
    messages = list(Message.objects.filter(case=case).order_by("id"))
    words = [Word(one.pk, one.at, one.rested_at is not None) for one in messages if one.is_theirs]
    answers = [
        Answered(one.answers_up_to_id, one.delivered_at, asks_back=one.kind == MessageKind.ASKS_BACK)
        for one in messages
        if one.kind in {"answer", "asks_back"} and one.delivered_at and not one.failed_at and one.answers_up_to_id
    ]
    case = Case.objects.get(pk=case.pk)
    fates = settle(words, answers, yes_up_to=case.yes_up_to, ended_up_to=case.ended_up_to)
    return fates, silent_since(words, fates)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(30))
def test_the_clock_is_always_what_the_messages_say(marlow, seed):
    case = marlow.john.mails("Where is my order?")
    life = Life(Case.objects.select_related("policy__calendar", "customer").get(pk=case.pk), seed)
    for _step in range(STEPS):
        life.goes_on()
        fates, since = told_by_all_messages(case)
        stands = dict(Message.objects.filter(case=case, is_theirs=True).values_list("id", "settled"))
        assert stands == fates
        now = Case.objects.get(pk=case.pk)
        assert now.silent_since == since
        assert (now.answer_due_at is None) == (now.rung_due_at is None) == (since is None)
        assert now.next_due_at is None or now.answer_due_at is None or now.next_due_at <= now.answer_due_at


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(100, 115))
def test_the_hour_they_were_told_only_moves_later_when_they_have_heard_from_us(marlow, seed):
    case = marlow.john.mails("Where is my order?")
    life = Life(Case.objects.select_related("policy__calendar", "customer").get(pk=case.pk), seed)
    for _step in range(STEPS):
        before = Case.objects.get(pk=case.pk)
        life.goes_on()
        after = Case.objects.get(pk=case.pk)
        heard = (before.last_answered_at, before.asked_back_at) != (after.last_answered_at, after.asked_back_at)
        was_told = before.answer_due_at is not None and after.answer_due_at is not None and not heard
        if was_told and after.silent_since < before.answer_due_at:
            assert after.answer_due_at <= before.answer_due_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_a_word_that_comes_while_an_answer_is_delivered_is_not_lost(transactional_db, round_):
    """Two workers, each with a copy of the case read before: neither may settle what it has not seen."""
    marlow = Marlow()
    case = marlow.john.mails("Where is my order?")
    seen = Message.objects.get(case=case, is_theirs=True)
    answer = Message.objects.create(
        case=case, is_theirs=False, kind=MessageKind.ANSWER, medium="email", at=MONDAY, answers_up_to=seen
    )
    start, troubles = Barrier(2), []

    def at_once(act: Callable[[], object]) -> None:
        try:
            mine = Case.objects.select_related("policy__calendar").get(pk=case.pk)
            start.wait()
            with transaction.atomic():
                act()
                recount(mine, now=MONDAY)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    def they_write() -> object:
        return Message.objects.create(case=case, is_theirs=True, medium="email", customer=case.customer, text="And?", at=MONDAY)

    def it_is_delivered() -> object:
        return Message.objects.filter(pk=answer.pk).update(delivered_at=MONDAY)

    workers = [Thread(target=at_once, args=[act]) for act in (they_write, it_is_delivered)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    fates, since = told_by_all_messages(case)
    assert sorted(fates.values()) == ["", "answered"]
    assert dict(Message.objects.filter(case=case, is_theirs=True).values_list("id", "settled")) == fates
    assert Case.objects.get(pk=case.pk).silent_since == since == MONDAY
