"""One in ten who told us their yes is asked back in writing; their "no, not yet" takes it up again (R8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.demo.post import RecordedPost
from kept.outcomes.hearing import hear
from kept.outcomes.models import Verdict
from kept.outcomes.tests.conftest import drawn
from kept.outcomes.tests.test_hearing import presses_no
from kept.people.models import Identity
from kept.timeline.models import Event


def tells_priya(case: Case, marlow, said: str = "yes") -> None:
    hear(case, said, now=marlow.clock.now, confirmed_by=marlow.priya, words="“Lovely, thank you.”")
    case.refresh_from_db()


def asked(case: Case) -> list[Message]:
    return list(Message.objects.filter(case=case, kind=MessageKind.IS_THAT_SO))


@pytest.fixture
def told(answered, marlow) -> Case:
    """John told Priya that it is solved, and is one of those who are asked."""
    tells_priya(drawn(answered), marlow)
    return answered


class TestWhoIsAsked:
    def test_one_who_is_drawn_is_asked_in_writing_whether_it_is_so(self, told, marlow):
        marlow.works()
        (message,) = asked(told)
        mail = next(mail for mail in marlow.post if mail.message_id == message.external_id)
        assert (mail.to.value, mail.automatic) == (marlow.john.address, True)
        assert "You told Priya Nair that it is solved. Is that so?" in mail.text
        assert Event.objects.get(about=told.about, kind="asked_in_writing").facts["message"] == message.pk

    def test_the_others_are_not(self, answered, marlow):
        tells_priya(drawn(answered, is_it=False), marlow)
        assert answered.outcome == "white"
        assert asked(answered) == []

    def test_nobody_is_asked_about_the_button_they_pressed_themselves(self, answered, marlow):
        hear(drawn(answered), "yes", now=marlow.clock.now)
        assert asked(answered) == []

    @pytest.mark.parametrize("said", ["unsolved", "leave"])
    def test_nobody_is_asked_about_a_bad_end(self, said, answered, marlow):
        tells_priya(drawn(answered), marlow, said)
        assert asked(answered) == []

    def test_nobody_without_an_address(self, answered, marlow):
        Identity.objects.update(dead_at=marlow.clock.now)
        tells_priya(drawn(answered), marlow)
        assert (answered.outcome, asked(answered)) == ("white", [])

    def test_nobody_from_a_mailbox_that_only_listens(self, answered, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        tells_priya(drawn(answered), marlow)
        assert (answered.outcome, asked(answered)) == ("white", [])


class TestWhatComesOfIt:
    def test_no_answer_leaves_it_white_and_it_is_never_asked_again(self, told, marlow):
        for _day in range(40):
            marlow.clock.forward(days=1)
            marlow.works()
        told.refresh_from_db()
        assert (told.outcome, told.is_open, told.silent_since) == ("white", False, None)
        assert len(asked(told)) == 1
        assert Verdict.objects.count() == 1
        assert not Duty.objects.filter(case=told).exists()

    def test_no_not_yet_takes_it_up_again_and_is_a_verdict_of_theirs(self, told, marlow):
        marlow.works()
        presses_no(told, marlow, "I never said that.")
        assert (told.is_open, told.outcome, told.noes) == (True, "", 1)
        spoken, theirs = Verdict.objects.order_by("id")
        assert (spoken.by_customer, theirs.by_customer, theirs.outcome) == (False, True, "")

    def test_a_second_spoken_yes_on_the_same_matter_is_not_asked_about_again(self, told, marlow):
        marlow.works()
        presses_no(told, marlow, "I never said that.")
        marlow.answers(told, "Sorry, now it is on its way.")
        tells_priya(drawn(told), marlow)
        assert told.outcome == "white"
        assert len(asked(told)) == 1

    def test_whoever_wrote_again_before_it_went_is_not_asked(self, told, marlow):
        RecordedPost.is_down = True
        marlow.works()
        marlow.john.mails("It is cold again.", subject="Cold pizza", headers=f"References: <{marlow.post[-1].message_id}>\n")
        told.refresh_from_db()
        assert told.is_open
        RecordedPost.is_down = False
        marlow.clock.now += timedelta(days=1)
        marlow.works()
        assert not [mail for mail in marlow.post if "really solved" in mail.subject]
