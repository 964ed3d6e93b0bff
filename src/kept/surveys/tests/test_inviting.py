"""The mail that asks: once, by a named person, never to whom it may not go, and with a way to be left in peace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from kept.accounts.models import ChannelAccount
from kept.audit.counting import count
from kept.cases.models import Case
from kept.channels.base import MaybeSent, NotSetUp
from kept.channels.email.writing import write
from kept.demo.post import RecordedPost
from kept.due.claiming import claim
from kept.intake.models import Filed
from kept.lib.links import page_token, read_reply_token
from kept.people.models import Customer, Employee, Identity
from kept.replies.delivering import UNDER_WAY
from kept.replies.tests.test_bouncing import BOUNCE
from kept.surveys.coming_back import come_back
from kept.surveys.inviting import send_invitations
from kept.surveys.models import Invitation, InvitationState
from kept.surveys.opting_out import opt_out
from kept.surveys.tests.asking import a_version
from kept.surveys.tests.eligible import asks, has_room, known, lined_up
from kept.surveys.writing import compose
from kept.timeline.models import Event


@pytest.fixture
def survey(marlow):
    has_room(marlow)
    return asks(marlow)


@pytest.fixture
def invitation(marlow, survey):
    return release(lined_up(survey, known(marlow.john)), marlow)


def release(invitation: Invitation, marlow) -> Invitation:
    """There is room: it may go."""
    invitation.state, invitation.next_try_at = InvitationState.RELEASED, marlow.clock.now
    invitation.save(update_fields=["state", "next_try_at"])
    return invitation


def sent(marlow, invitation: Invitation) -> int:
    """What goes at this moment."""
    count = send_invitations(marlow.clock.now)
    invitation.refresh_from_db()
    return count


def test_john_is_asked_by_name_and_the_house_remembers_that_it_asked(marlow, invitation):
    assert sent(marlow, invitation) == 1
    (mail,) = marlow.post
    assert (mail.to.value, mail.subject) == (marlow.john.address, "John, one question: your order on Sunday")
    assert mail.author in {"Priya Nair", "Ines Duarte"}
    assert mail.from_address == marlow.mailbox.address
    assert (invitation.state, invitation.sent_at, invitation.message_id) == ("sent", marlow.clock.now, mail.message_id)
    assert invitation.version == invitation.survey.versions.get()
    assert Customer.objects.get().last_asked_at == marlow.clock.now
    told = Event.objects.get(kind="invited")
    assert (told.about, told.facts["survey"]) == (f"customer:{invitation.customer_id}", invitation.survey.name)


def test_what_waits_for_room_does_not_go(marlow, survey):
    waiting = lined_up(survey, known(marlow.john))
    assert sent(marlow, waiting) == 0
    assert waiting.state == "waiting"


def test_it_goes_once_and_a_second_worker_finds_nothing(marlow, invitation):
    assert [send_invitations(marlow.clock.now) for _time in range(3)] == [1, 0, 0]
    assert len(marlow.post) == 1


def test_what_another_worker_has_in_hand_is_left_to_it(marlow, invitation):
    claim(Invitation.objects.all(), now=marlow.clock.now)
    assert sent(marlow, invitation) == 0
    assert invitation.state == "released"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"not_asked_why": "bereaved"}, "bereaved"),
        ({"not_asked_why": "opt_out"}, "opt_out"),
        ({"last_asked_at": timedelta(days=1)}, "asked_lately"),
    ],
)
def test_the_last_look_is_just_before_it_goes(marlow, invitation, change, why):
    now = marlow.clock.now
    told = {name: now - value if isinstance(value, timedelta) else value for name, value in change.items()}
    since = {} if "last_asked_at" in told else {"not_asked_since": now}
    Customer.objects.update(**told, **since)
    assert sent(marlow, invitation) == 0
    assert (invitation.state, invitation.why, invitation.next_try_at) == ("not_asked", why, None)
    assert not marlow.post


def test_whoever_complains_between_release_and_sending_is_not_asked(marlow, invitation):
    marlow.john.mails("It came cold.", subject="Cold", is_proven=True)
    sent(marlow, invitation)
    assert (invitation.state, invitation.why) == ("not_asked", "open_complaint")


def test_a_survey_closed_meanwhile_asks_nobody(marlow, invitation, survey):
    survey.closed_at = marlow.clock.now
    survey.save()
    sent(marlow, invitation)
    assert invitation.why == "closed"


def test_two_questions_to_one_person_are_one(marlow, invitation):
    other = release(lined_up(asks(marlow, measure="csat"), invitation.customer), marlow)
    send_invitations(marlow.clock.now)
    send_invitations(marlow.clock.forward(minutes=2))
    assert len(marlow.post) == 1
    states = sorted((one.state, one.why) for one in Invitation.objects.all())
    assert states == [("not_asked", "asked_lately"), ("sent", "")]
    assert other.customer_id == invitation.customer_id


def test_a_question_waits_while_another_to_the_same_person_is_on_its_way(marlow, invitation):
    other = release(lined_up(asks(marlow, measure="csat"), invitation.customer), marlow)
    claim(Invitation.objects.filter(pk=other.pk), now=marlow.clock.now)
    Invitation.objects.filter(pk=other.pk).update(trouble=UNDER_WAY)
    assert sent(marlow, invitation) == 0
    assert (invitation.state, invitation.next_try_at) == ("released", marlow.clock.now + timedelta(minutes=1))


def test_what_a_dead_server_kept_too_long_is_not_asked_any_more(marlow, invitation):
    RecordedPost.is_down = True
    sent(marlow, invitation)
    assert (invitation.state, invitation.attempts) == ("released", 1)
    RecordedPost.is_down = False
    marlow.clock.forward(days=8)
    sent(marlow, invitation)
    assert (invitation.state, invitation.why) == ("not_asked", "too_late")


def test_a_server_that_is_down_for_a_moment_makes_it_wait_with_the_same_message_id(marlow, invitation):
    RecordedPost.is_down = True
    assert sent(marlow, invitation) == 0
    first = invitation.message_id
    assert first
    RecordedPost.is_down = False
    marlow.clock.forward(minutes=1)
    assert sent(marlow, invitation) == 1
    assert (invitation.state, marlow.post[0].message_id) == ("sent", first)


@pytest.mark.parametrize("trouble", [NotSetUp("no server"), MaybeSent("the line broke")])
def test_trouble_of_ours_never_loses_a_question(marlow, invitation, monkeypatch, trouble):
    def breaks(_self, _outgoing):
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(RecordedPost, "send", breaks)
        assert sent(marlow, invitation) == 0
    assert invitation.state == "released"
    marlow.clock.forward(minutes=2)
    assert sent(marlow, invitation) == 1


def test_a_fault_of_ours_in_one_mail_keeps_nobody_else_from_being_asked(marlow, invitation, monkeypatch):
    grace = release(lined_up(invitation.survey, known(marlow.grace), key="event:2"), marlow)

    def breaks(row, *rest, **more):
        return 1 / 0 if row.pk == invitation.pk else compose(row, *rest, **more)

    monkeypatch.setattr("kept.surveys.inviting.compose", breaks)
    assert sent(marlow, invitation) == 1
    grace.refresh_from_db()
    assert (grace.state, invitation.state, invitation.attempts) == ("sent", "released", 1)


def test_an_address_that_is_refused_for_good_is_told_and_counts_as_not_asked(marlow, invitation):
    RecordedPost.refuses[marlow.john.address] = "no such person"
    assert sent(marlow, invitation) == 0
    assert (invitation.state, invitation.why, invitation.next_try_at) == ("failed", "undeliverable", None)
    assert Customer.objects.get().last_asked_at is None
    assert Event.objects.get(kind="invitation_came_back").facts["why"] == "no such person"


def test_an_address_that_died_meanwhile_is_replaced_by_another_of_theirs(marlow, invitation):
    now = marlow.clock.now
    Identity.objects.update(dead_at=now)
    Identity.objects.create(customer=invitation.customer, kind="email", value="new@adeyemi.example", first_seen_at=now)
    sent(marlow, invitation)
    assert marlow.post[0].to.value == "new@adeyemi.example"
    assert invitation.identity.value == "new@adeyemi.example"


def test_without_any_living_address_nobody_is_asked(marlow, invitation):
    Identity.objects.update(dead_at=marlow.clock.now)
    sent(marlow, invitation)
    assert (invitation.state, invitation.why) == ("not_asked", "no_address")


def test_nothing_goes_while_our_only_mailbox_just_listens(marlow, invitation):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    assert sent(marlow, invitation) == 0
    assert (invitation.state, invitation.attempts) == ("released", 0)
    assert "can send" in invitation.trouble


def test_nobody_is_asked_while_nobody_is_here_who_could_answer(marlow, invitation):
    Employee.objects.update(away_from=marlow.clock.now)
    assert sent(marlow, invitation) == 0
    assert invitation.state == "released"
    Employee.objects.update(away_from=None)
    marlow.clock.forward(hours=1)
    assert sent(marlow, invitation) == 1


def test_whoever_signs_is_here_and_takes_follow_ups(marlow, survey):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=0)
    Employee.objects.filter(pk=marlow.ines.pk).update(follow_ups_a_week=9)
    for number in range(6):
        person = Customer.objects.create(name=f"Customer {number}", first_seen_at=marlow.clock.now)
        Identity.objects.create(customer=person, kind="email", value=f"{number}@c.example", first_seen_at=marlow.clock.now)
        release(lined_up(survey, person, key=f"event:{number}"), marlow)
    send_invitations(marlow.clock.now)
    assert {mail.author for mail in marlow.post} == {"Ines Duarte"}


def test_they_are_asked_in_the_newest_words_and_the_row_remembers_which(marlow, survey, invitation):
    newest = a_version(survey, question="Would you send us a friend?")
    sent(marlow, invitation)
    assert "Would you send us a friend?" in marlow.post[0].text
    assert invitation.version == newest


# The reminder


def test_whoever_says_nothing_is_reminded_once_and_never_again(marlow, invitation):
    sent(marlow, invitation)
    assert invitation.next_try_at == marlow.clock.now + timedelta(days=5)
    marlow.clock.forward(days=5)
    assert sent(marlow, invitation) == 1
    first, second = marlow.post
    assert "I remind you this once, and not again." in second.text
    assert second.references == (first.message_id,)
    assert second.message_id != first.message_id
    assert (invitation.state, invitation.reminded_at, invitation.next_try_at) == ("sent", marlow.clock.now, None)
    for _time in range(3):
        marlow.clock.forward(days=5)
        assert sent(marlow, invitation) == 0
    assert Event.objects.filter(kind="invited_once_more").count() == 1
    Invitation.objects.update(next_try_at=marlow.clock.now, sent_at=marlow.clock.now)
    assert sent(marlow, invitation) == 0


def test_nobody_is_reminded_while_nobody_has_room_for_their_answer(marlow, invitation):
    sent(marlow, invitation)
    has_room(marlow, 0)
    marlow.clock.forward(days=5)
    assert sent(marlow, invitation) == 0
    assert invitation.next_try_at == marlow.clock.now + timedelta(days=1)
    has_room(marlow)
    marlow.clock.forward(days=1)
    assert sent(marlow, invitation) == 1


def test_whoever_answered_is_not_reminded(marlow, invitation):
    sent(marlow, invitation)
    Invitation.objects.update(state=InvitationState.ANSWERED)
    marlow.clock.forward(days=5)
    assert sent(marlow, invitation) == 0


@pytest.mark.parametrize("happens", ["opts_out", "complains", "closes", "long_ago"])
def test_a_reminder_is_dropped_when_it_may_not_go(marlow, survey, invitation, happens):
    sent(marlow, invitation)
    marlow.clock.forward(days=5)
    if happens == "opts_out":
        opt_out(invitation.customer, at=marlow.clock.now, through="page")
        Invitation.objects.update(next_try_at=marlow.clock.now)
    elif happens == "complains":
        marlow.john.mails("It came cold.", subject="Cold", is_proven=True)
    elif happens == "closes":
        survey.closed_at = marlow.clock.now
        survey.save()
    else:
        marlow.clock.forward(days=6)
    assert sent(marlow, invitation) == 0
    assert (invitation.state, invitation.why, invitation.next_try_at) == ("sent", "", None)


def test_an_answer_given_while_the_mail_was_leaving_stands(marlow, invitation, monkeypatch):
    def is_quick(_self, outgoing):
        Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.ANSWERED)
        return outgoing.message_id

    monkeypatch.setattr(RecordedPost, "send", is_quick)
    assert sent(marlow, invitation) == 1
    assert (invitation.state, invitation.sent_at, invitation.next_try_at) == ("answered", marlow.clock.now, None)


# What comes back


def test_a_bounce_means_that_they_were_never_asked(marlow, invitation):
    sent(marlow, invitation)
    earlier = marlow.clock.now - timedelta(days=200)
    asked = lined_up(asks(marlow, measure="csat"), invitation.customer)
    Invitation.objects.filter(pk=asked.pk).update(state=InvitationState.SENT, sent_at=earlier)
    come_back(invitation.message_id, why="mailbox unknown", is_final=True, now=marlow.clock.forward(minutes=5))
    invitation.refresh_from_db()
    assert (invitation.state, invitation.why, invitation.next_try_at) == ("failed", "came_back", None)
    assert Identity.objects.get().dead_at == marlow.clock.now
    assert Customer.objects.get().last_asked_at == earlier
    come_back(invitation.message_id, why="mailbox unknown", is_final=True, now=marlow.clock.now)
    assert Event.objects.filter(kind="invitation_came_back").count() == 1


def test_the_notice_that_it_came_back_is_read_by_our_own_mailbox_and_is_nobodys_word(marlow, invitation):
    sent(marlow, invitation)
    told = {"message_id": invitation.message_id, "address": marlow.john.address, "action": "failed", "status": "5.1.1"}
    with pytest.raises(LookupError):
        marlow.receives(marlow.mailbox, BOUNCE.format(**told).encode(), {"mail_from": "", "rcpt_to": "help@marlow.example"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.why) == ("failed", "came_back")
    assert Filed.objects.get().fate == "status"
    assert not Case.objects.exists()
    assert count(marlow.clock.now).unaccounted == 0


def test_the_bounce_of_a_reminder_finds_its_question_too(marlow, invitation):
    sent(marlow, invitation)
    marlow.clock.forward(days=5)
    sent(marlow, invitation)
    found = come_back(marlow.post[-1].message_id, why="gone", is_final=True, now=marlow.clock.now)
    assert found is not None
    assert found.state == "failed"


def test_a_server_that_only_delays_it_changes_nothing(marlow, invitation):
    sent(marlow, invitation)
    come_back(invitation.message_id, why="greylisted", is_final=False, now=marlow.clock.now)
    invitation.refresh_from_db()
    assert invitation.state == "sent"
    assert come_back("made-up@marlow.example", why="gone", is_final=True, now=marlow.clock.now) is None
    assert come_back("", why="gone", is_final=True, now=marlow.clock.now) is None


# The ways out and back


@override_settings(BASE_URL="https://care.marlow.example")
def test_one_click_in_the_mail_program_leads_out_and_each_header_stands_on_one_line(marlow, invitation):
    sent(marlow, invitation)
    (mail,) = marlow.post
    stop = f"https://care.marlow.example/s/{page_token('survey', invitation.public_id)}/stop"
    raw = write(mail, now=marlow.clock.now).decode("ascii")
    head = raw.partition("\r\n\r\n")[0].split("\r\n")
    assert f"List-Unsubscribe: <{stop}>, <mailto:{mail.reply_to}?subject=unsubscribe>" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


def test_one_click_is_promised_only_where_it_is_safe(marlow, invitation):
    sent(marlow, invitation)
    assert "List-Unsubscribe-Post" not in marlow.post[0].headers
    assert "/stop>" in marlow.post[0].headers["List-Unsubscribe"]


def test_an_answer_comes_to_a_mailbox_of_ours_and_names_the_invitation(marlow, invitation):
    sent(marlow, invitation)
    local, _at, domain = marlow.post[0].reply_to.partition("@")
    assert (local.partition("+")[0], domain) == ("help", "marlow.example")
    assert read_reply_token(local.partition("+")[2]) == invitation.public_id


def test_the_mail_that_a_mail_program_writes_for_them_stops_us_and_is_nobodys_word(marlow, invitation):
    sent(marlow, invitation)
    (mail,) = marlow.post
    with pytest.raises(LookupError):
        marlow.john.mails("", subject="unsubscribe", to=mail.reply_to)
    assert Customer.objects.get().not_asked_why == "opt_out"
    assert (Filed.objects.get().fate, Filed.objects.get().why) == ("set_aside", "opt_out")
    assert not Case.objects.exists()
