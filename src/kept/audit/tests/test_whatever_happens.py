"""Whatever happens, in whatever order: after each step the audit adds up and every invariant holds."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import open_account
from kept.audit.counting import count
from kept.audit.invariants import INVARIANTS
from kept.cases.assigning import assign
from kept.cases.escalating import escalate_the_overdue
from kept.cases.minding import classify
from kept.cases.models import Case, Message, MessageKind
from kept.cases.resting import rest, wake
from kept.demo.cast import Marlow, last_word_of
from kept.demo.post import RecordedPost
from kept.intake.bringing_back import bring_back
from kept.intake.models import Fate, Filed
from kept.intake.setting_aside import set_aside
from kept.letters.posting import day_at, say_posted
from kept.letters.unposting import take_back_posting
from kept.lib.refusal import Refusal
from kept.outcomes.asking import ask
from kept.outcomes.hearing import give_up_reaching, hear, hear_not_yet, pass_on
from kept.promises.keeping import break_promises_past_due, keep, renegotiate
from kept.promises.making import promise
from kept.promises.models import Promise
from kept.replies.bouncing import bounce
from kept.replies.models import Letter
from kept.replies.sending import Reply, reply
from kept.replies.taking_back import take_back
from kept.surveys.models import Invitation, Response, ScoreCount
from kept.surveys.tests.posting import asks, how_likely, posts

WHO = st.sampled_from(["john", "mary", "samir"])
SUBJECTS = st.sampled_from(["", "Cold pizza", "Toner"])
KINDS = st.sampled_from([MessageKind.ANSWER, MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK])
PICK = st.integers(0, 7)
ROBOT = "Auto-Submitted: auto-generated\n"


class Life(RuleBasedStateMachine):
    """A house and its customers; each example happens in a transaction of its own that is then forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.all = transaction.atomic()
        self.all.__enter__()
        RecordedPost.empty()
        self.house = Marlow()
        self.house.hires_the_others()
        self.house.john.postal = "2 Quay Street, Marlow"
        self.survey = how_likely(self.house, occasion="link")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.all.__exit__(None, None, None)

    @property
    def now(self):
        return self.house.clock.now

    def any_of(self, rows, pick: int):
        found = list(rows.order_by("id"))
        return found[pick % len(found)] if found else None

    def case(self, pick: int) -> Case | None:
        return self.any_of(Case.objects.all(), pick)

    def try_to(self, what, *args, **also):
        """A refusal is an answer like any other: nothing may have changed by it."""
        try:
            with transaction.atomic():
                return what(*args, **also)
        except Refusal:
            return None

    # what customers do

    @rule(who=WHO, subject=SUBJECTS)
    def somebody_mails(self, who, subject):
        getattr(self.house, who).mails("My pizza was cold. Where is my refund?", subject=subject)

    @rule(who=WHO, nonce=st.sampled_from(["", "a", "b"]))
    def somebody_fills_in_the_form_perhaps_twice(self, who, nonce):
        getattr(self.house, who).fills_in_the_form("Where is my refund?", nonce=nonce)

    @rule(who=WHO, medium=st.sampled_from(["phone", "letter", "visit"]))
    def somebody_rings_writes_or_comes_by(self, who, medium):
        getattr(self.house, who).is_written_down(medium, "Where is my refund?", by=self.house.priya)

    @rule(who=WHO)
    def somebody_answers_our_mail(self, who):
        person = getattr(self.house, who)
        if any(mail.to.value == person.address for mail in self.house.post):
            person.answers_our_mail("And the drinks?")

    @rule(
        who=WHO,
        score=st.integers(0, 10),
        words=st.sampled_from(["", "Cold again.", "Where is my refund?"]),
        contact=st.sampled_from(["", "email", "no"]),
        is_touched=st.booleans(),
        nonce=st.sampled_from(["", "s"]),
    )
    def somebody_answers_a_survey_in_pieces(self, who, score, words, contact, is_touched, nonce):
        said = {"score": str(score), "touched": "1"} if is_touched else {"score": str(score), "why": words, "contact": contact}
        posts(self.house, self.asked(who), nonce=nonce, **said)

    @rule(who=WHO, text=st.sampled_from(["7", "2, cold again.", "Lovely."]))
    def somebody_answers_the_mail_that_asks(self, who, text):
        with suppress(LookupError):
            getattr(self.house, who).mails(text, headers=f"In-Reply-To: <{self.asked(who).message_id}>\n")

    def asked(self, who: str) -> Invitation:
        person = getattr(self.house, who)
        known = Invitation.objects.filter(survey=self.survey, identity__value=person.address)
        return known.first() or asks(self.survey, person)

    @rule()
    def a_robot_mails(self):
        with pytest.raises(LookupError):
            self.house.grace.mails("Thank you for your purchase.", headers=ROBOT)

    @rule(pick=PICK, said=st.sampled_from(["yes", "unsolved", "leave"]), spoken=st.booleans())
    def they_say_how_it_ended(self, pick, said, spoken):
        if case := self.case(pick):
            by = {"confirmed_by": self.house.priya, "words": "They said so."} if spoken else {}
            self.try_to(hear, case, said, now=self.now, **by)

    @rule(pick=PICK)
    def they_say_not_yet(self, pick):
        if case := self.case(pick):
            self.try_to(hear_not_yet, case, now=self.now, confirmed_by=self.house.priya, words="Not yet.")

    # what we do

    @rule(pick=PICK, kind=KINDS, medium=st.sampled_from(["", "", "phone", "letter"]), stale=st.booleans())
    def somebody_of_ours_writes(self, pick, kind, medium, stale):
        if case := self.case(pick):
            words = Message.objects.filter(case=case, is_theirs=True).order_by("id")
            last = words.first() if stale else last_word_of(case)
            said = Reply("It comes tomorrow.", kind, last, medium=medium, address="14 Weir Lane" if medium == "letter" else "")
            self.try_to(reply, case, said, by=case.owner, now=self.now, despite=frozenset({"all"}))

    @rule(pick=PICK)
    def and_takes_it_back(self, pick):
        if held := self.any_of(Message.objects.filter(is_held=True), pick):
            self.try_to(take_back, held, by=held.author, now=self.now)

    @rule(pick=PICK, days=st.integers(0, 3))
    def a_letter_is_posted(self, pick, days):
        if letter := self.any_of(Letter.objects.filter(is_waiting=True), pick):
            case, was_silent = letter.message.case, Case.objects.get(pk=letter.message.case_id).silent_since
            on = day_at(case, self.now) - timedelta(days=days)
            self.try_to(say_posted, letter, on=on, by=self.house.priya, now=self.now, despite=frozenset({"all"}))
            assert Letter.objects.get(pk=letter.pk).posted_on or Case.objects.get(pk=case.pk).silent_since == was_silent

    @rule(pick=PICK)
    def and_it_was_not(self, pick):
        if letter := self.any_of(Letter.objects.filter(posted_on__isnull=False), pick):
            self.try_to(take_back_posting, letter, by=self.house.priya, now=self.now)

    @invariant()
    def no_letter_that_lies_there_has_stopped_a_clock(self):
        assert not Letter.objects.filter(is_waiting=True, message__delivered_at__isnull=False).exists()
        assert not Letter.objects.filter(posted_on__isnull=True, message__is_held=False, message__taken_back_at=None).exists()

    @rule(pick=PICK)
    def something_of_ours_comes_back(self, pick):
        sent = Message.objects.filter(is_theirs=False, delivered_at__isnull=False).exclude(external_id="")
        if message := self.any_of(sent, pick):
            bounce(message.external_id, why="no such user", is_final=pick % 2 == 0, now=self.now)

    @rule(pick=PICK)
    def words_are_put_to_rest_or_woken(self, pick):
        if word := self.any_of(Message.objects.filter(is_theirs=True), pick):
            if Filed.objects.filter(message=word, fate=Fate.SET_ASIDE).exists():
                return
            if word.rested_at:
                wake(word, by=self.house.priya, now=self.now)
            else:
                self.try_to(rest, word, by=self.house.priya, because="thanks", now=self.now)

    @rule(pick=PICK)
    def words_are_set_aside(self, pick):
        if word := self.any_of(Message.objects.filter(is_theirs=True), pick):
            self.try_to(set_aside, word, by=self.house.priya, because="spam", now=self.now)

    @rule(pick=PICK)
    def something_is_brought_back(self, pick):
        if filed := self.any_of(Filed.objects.filter(fate=Fate.SET_ASIDE), pick):
            bring_back(filed, by=self.house.priya, now=self.now)

    @rule(pick=PICK, days=st.integers(1, 4))
    def something_is_promised(self, pick, days):
        if case := self.case(pick):
            due_at = self.now + timedelta(days=days)
            self.try_to(promise, case, "a voucher", by=self.house.priya, due_at=due_at, now=self.now)

    @rule(pick=PICK)
    def a_promise_is_kept(self, pick):
        if made := self.any_of(Promise.objects.filter(is_next_word=False), pick):
            self.try_to(keep, made, by=self.house.priya, now=self.now)

    @rule(pick=PICK)
    def a_promise_is_renegotiated(self, pick):
        if made := self.any_of(Promise.objects.open(), pick):
            told = Message.objects.filter(case=made.case_id, is_theirs=False).order_by("-id").first()
            due_at = self.now + timedelta(days=9)
            self.try_to(renegotiate, made, due_at=due_at, by=self.house.priya, now=self.now, told_in=told)

    @rule(pick=PICK)
    def they_are_asked(self, pick):
        if case := self.case(pick):
            self.try_to(ask, case, by=case.owner, now=self.now)

    @rule(pick=PICK)
    def praise_is_passed_on(self, pick):
        if (case := self.case(pick)) and case.is_open:
            classify(case, "praise", by=self.house.priya, now=self.now)
            self.try_to(pass_on, case, by=self.house.priya, now=self.now)

    @rule(pick=PICK)
    def a_manager_gives_up_reaching_them(self, pick):
        if case := self.case(pick):
            self.try_to(give_up_reaching, case, by=self.house.ines, now=self.now)

    @rule(pick=PICK, to=st.sampled_from(["priya", "dana", "tom"]))
    def somebody_else_has_it(self, pick, to):
        if case := self.case(pick):
            self.try_to(assign, case, to=getattr(self.house, to), by=self.house.ines, now=self.now)

    # what happens outside

    @rule(is_down=st.booleans())
    def the_mail_server_goes_down_or_comes_up(self, is_down):
        RecordedPost.is_down = is_down

    @rule(who=WHO)
    def a_mailbox_is_full_or_has_room_again(self, who):
        address = getattr(self.house, who).address
        if RecordedPost.refuses.pop(address, None) is None:
            RecordedPost.refuses[address] = "550 mailbox full"

    @rule()
    def the_mailbox_listens_only_or_is_opened(self):
        box = ChannelAccount.objects.get(pk=self.house.mailbox.pk)
        if box.opened_at:
            ChannelAccount.objects.filter(pk=box.pk).update(opened_at=None)
        else:
            open_account(box, by=self.house.ines, now=self.now)

    @rule(span=st.sampled_from([{"seconds": 21}, {"hours": 3}, {"days": 1}, {"days": 4}, {"days": 16}]))
    @precondition(lambda self: Case.objects.exists())
    def time_goes_by(self, span):
        self.house.clock.forward(**span)
        self.house.works()

    @invariant()
    def everything_adds_up(self):
        """After the sweep that comes every five seconds: an old clock that runs on again may be due for a rung at once."""
        escalate_the_overdue(self.now)
        break_promises_past_due(self.now)
        wrong = [says for check in INVARIANTS for says in check(self.now)]
        assert not wrong, wrong
        assert count(self.now).unaccounted == 0

    @invariant()
    def nobody_who_asked_for_somebody_has_nobody(self):
        """Please contact me, or a low score with words, is on a case; and the rollup is what the answers say."""
        for answer in Response.objects.filter(case=None):
            assert answer.contact in {"", "no"}
            assert not (answer.words and answer.score is not None and answer.score <= self.survey.line)
        scores = Counter(Response.objects.exclude(score=None).values_list("score", flat=True))
        counted = ScoreCount.objects.filter(survey=self.survey, dimension="", count__gt=0).values_list("score", "count")
        assert Counter(dict(counted)) == scores or Response.objects.filter(after_case__isnull=False).exists()


QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def live(*, lives: int, steps: int, **also) -> None:
    how = settings(
        max_examples=lives, stateful_step_count=steps, deadline=None, suppress_health_check=QUIET, database=None, **also
    )
    run_state_machine_as_test(Life, settings=how)


@pytest.mark.django_db
def test_whatever_happens_in_whatever_order_nobody_is_unaccounted_for():
    live(lives=12, steps=14, derandomize=True)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_happens_in_many_longer_lives_too():
    live(lives=300, steps=40)
