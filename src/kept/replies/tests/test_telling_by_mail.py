"""What employees are told reaches them by mail too: one mail a person."""

from __future__ import annotations

from datetime import timedelta

from kept.accounts.models import ChannelAccount
from kept.channels.base import Outgoing
from kept.demo.post import RecordedPost
from kept.due.claiming import PARK_AFTER
from kept.people.models import Employee, Notice
from kept.people.telling import tell
from kept.replies.telling_by_mail import mail_what_employees_are_told


def to(employee: Employee) -> list[Outgoing]:
    return [mail for mail in RecordedPost.sent if mail.to.value == employee.email]


def test_one_thing_is_its_own_subject_and_leads_to_its_case(case, marlow):
    mail_what_employees_are_told(marlow.clock.now)
    (mail,) = to(marlow.priya)
    assert str(case) in mail.subject
    assert f"/desk/cases/{case.public_id}" in mail.text
    assert mail.automatic


def test_several_things_are_one_list(case, marlow):
    for number in range(3):
        tell(marlow.priya, f"Thing {number}", about=case.about, kind="rung", at=marlow.clock.now)
    assert mail_what_employees_are_told(marlow.clock.now) == 1
    (mail,) = to(marlow.priya)
    assert "4 things" in mail.subject
    assert all(f"Thing {number}" in mail.text for number in range(3))


def test_each_thing_is_told_once(case, marlow):
    for _time in range(3):
        mail_what_employees_are_told(marlow.clock.now)
    assert len(to(marlow.priya)) == 1
    assert not Notice.objects.filter(mailed_at__isnull=True).exists()


def test_whoever_has_no_address_sees_it_at_the_desk_only(case, marlow):
    Employee.objects.filter(pk=marlow.ines.pk).update(email=None)
    marlow.ines.refresh_from_db()
    told = tell(marlow.ines, "Look here", about=case.about, kind="rung", at=marlow.clock.now)
    assert told.next_try_at is None


def test_a_house_without_a_mailbox_tells_at_the_desk_and_mails_when_there_is_one(case, marlow):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    for _time in range(PARK_AFTER + 2):
        marlow.clock.forward(minutes=5)
        mail_what_employees_are_told(marlow.clock.now)
    assert not Notice.objects.filter(parked_at__isnull=False).exists()
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=marlow.clock.now)
    mail_what_employees_are_told(marlow.clock.forward(minutes=5))
    assert len(to(marlow.priya)) == 1


def test_a_server_that_is_down_makes_it_wait(case, marlow):
    RecordedPost.is_down = True
    mail_what_employees_are_told(marlow.clock.now)
    RecordedPost.is_down = False
    mail_what_employees_are_told(marlow.clock.now + timedelta(minutes=1))
    assert len(to(marlow.priya)) == 1


def test_one_broken_mail_keeps_nobody_else_from_being_told(case, marlow, monkeypatch):
    from kept.replies import telling_by_mail

    tell(marlow.ines, "Look here", about=case.about, kind="rung", at=marlow.clock.now)
    compose = telling_by_mail._compose
    monkeypatch.setattr(
        telling_by_mail, "_compose", lambda notices, *rest: 1 / 0 if notices[0].to == marlow.ines else compose(notices, *rest)
    )
    assert mail_what_employees_are_told(marlow.clock.now) == 1
    assert len(to(marlow.priya)) == 1
    assert Notice.objects.filter(to=marlow.ines, mailed_at=None, next_try_at__gt=marlow.clock.now).exists()


def test_what_is_no_case_has_its_own_link_too(marlow):
    tell(marlow.priya, "Nobody has seen to it yet.", about="observation:7", kind="small_thing", at=marlow.clock.now)
    mail_what_employees_are_told(marlow.clock.now)
    (mail,) = to(marlow.priya)
    assert "http://localhost:8000/desk/about/observation:7" in mail.text.replace("http://testserver", "http://localhost:8000")
