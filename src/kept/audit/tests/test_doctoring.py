"""`./kept doctor` says in plain words what is wrong with this house, and nothing where nothing is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kept.accounts.models import ChannelAccount
from kept.audit.doctoring import examine
from kept.demo.post import RecordedPost
from kept.intake.accepting import accept_here
from kept.people.models import Employee


@pytest.fixture
def healthy(marlow, settings):
    settings.SMTP_URL = "smtp://mx.marlow.example:25"
    marlow.works()
    return marlow


def codes(marlow) -> list[str]:
    """What it finds, apart from how a test database is set up to be fast."""
    found = [finding.code for finding in examine(marlow.clock.now)]
    return [code for code in found if code != "durability"] if connection.vendor == "postgresql" else found


def test_a_healthy_house_has_nothing_to_mend(healthy):
    healthy.john.mails("My pizza was cold.")
    healthy.works()
    assert codes(healthy) == []


def test_a_house_without_anybody(healthy):
    Employee.objects.update(is_active=False)
    assert "nobody_here" in codes(healthy)


def test_a_duty_owner_who_is_away_with_nobody_standing_in(healthy):
    Employee.objects.filter(pk=healthy.house.duty_owner.pk).update(away_from=healthy.clock.now - timedelta(days=1))
    assert codes(healthy) == ["duty_owner_away"]


def test_no_mailbox_and_no_server(healthy, settings):
    settings.SMTP_URL = ""
    assert codes(healthy) == ["no_smtp"]
    ChannelAccount.objects.update(address="")
    assert codes(healthy) == ["no_mailbox", "no_smtp"]


def test_a_mailbox_that_only_listens_is_named(healthy):
    ChannelAccount.objects.filter(pk=healthy.mailbox.pk).update(opened_at=None)
    (finding,) = [finding for finding in examine(healthy.clock.now) if finding.code == "listens_only"]
    assert "Help" in finding.says


def test_a_mailbox_in_trouble_says_why(healthy):
    ChannelAccount.objects.filter(pk=healthy.mailbox.pk).update(trouble="the password is refused")
    (finding,) = [finding for finding in examine(healthy.clock.now) if finding.code == "account_trouble"]
    assert finding.says == "Help: the password is refused"


def test_what_its_channel_finds_wrong_is_said_unless_nobody_wants_to_connect(healthy, monkeypatch):
    monkeypatch.setattr(RecordedPost, "problems", lambda self: ["the server does not answer"])
    assert "Help: the server does not answer" in [finding.says for finding in examine(healthy.clock.now)]
    assert not [one for one in examine(healthy.clock.now, try_connections=False) if one.code == "account_trouble"]


def test_a_trouble_that_is_known_and_found_again_is_said_once(healthy, monkeypatch):
    known, new = "Mailbox: the password is refused.", "Outgoing server: it does not answer."
    ChannelAccount.objects.filter(pk=healthy.mailbox.pk).update(trouble=known)
    monkeypatch.setattr(RecordedPost, "problems", lambda self: [known, new])
    assert [finding.says for finding in examine(healthy.clock.now)] == [f"Help: {known}", f"Help: {new}"]


def test_a_known_trouble_that_trying_does_not_find_is_still_said(healthy, monkeypatch):
    ChannelAccount.objects.filter(pk=healthy.mailbox.pk).update(trouble="The folder Kept cannot be made.")
    monkeypatch.setattr(RecordedPost, "problems", lambda self: ["Outgoing server: it does not answer."])
    assert [finding.says for finding in examine(healthy.clock.now)] == [
        "Help: The folder Kept cannot be made.",
        "Help: Outgoing server: it does not answer.",
    ]


def test_an_arrival_that_nobody_files(healthy):
    accept_here(healthy.form, b"message=Hello", {}, key="", reached_us_at=healthy.clock.now)
    healthy.clock.forward(minutes=6)
    assert codes(healthy) == ["arrivals_wait"]


def test_words_of_ours_that_do_not_go_out(healthy):
    RecordedPost.is_down = True
    healthy.john.mails("My pizza was cold.")
    healthy.works()
    healthy.clock.forward(minutes=6)
    (finding,) = [finding for finding in examine(healthy.clock.now) if finding.code == "deliveries_wait"]
    assert "the next hop does not answer" in finding.says


def test_a_broken_invariant_is_a_finding_under_its_own_name(healthy):
    case = healthy.john.mails("My pizza was cold.")
    healthy.works()
    type(case).objects.filter(pk=case.pk).update(silent_since=None)
    assert "the_clock_is_what_the_messages_say" in codes(healthy)


def test_a_house_with_a_way_in_for_paper_is_told_what_is_missing_to_read_it(healthy, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    healthy.gets_paper(b"\x89PNG\r\n\x1a\n a page")
    healthy.works()
    healthy.clock.forward(minutes=6)
    found = {finding.code: finding.says for finding in examine(healthy.clock.now)}
    assert "install tesseract-ocr" in found["account_trouble"] or "install poppler-utils" in found["account_trouble"]
    assert "letters_wait" not in found, "a damaged picture waits for nothing"


def test_a_scan_is_kept_and_waits_until_tesseract_is_there(healthy, monkeypatch):
    from kept.letters import reading
    from kept.letters.recognising import NotInstalled

    def without(*_content, **_options):
        raise NotInstalled("Install tesseract-ocr.")

    monkeypatch.setattr(reading, "recognise", without)
    healthy.gets_paper(b"\x89PNG\r\n\x1a\n a page")
    healthy.works()
    healthy.clock.forward(minutes=6)
    found = {finding.code: finding.says for finding in examine(healthy.clock.now)}
    assert "Install tesseract-ocr." in found["letters_wait"]
