"""The ways in and out: added, tried, opened, closed; secrets never shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_behind
from kept.cases.models import Case
from kept.demo.post import RecordedPost
from kept.lib.clock import now
from kept.people.models import Employee
from kept.web.desk.tests.conftest import text_of


@pytest.fixture
def ines(marlow, seat):
    return seat(marlow.ines)


def test_every_way_in_stands_there_with_how_it_stands(marlow, ines):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    page = ines.sees("/desk/accounts")
    assert "help@marlow.example" in page and "listens only" in page
    assert "/desk/accounts/new/by_hand" not in page and "/desk/accounts/new/email" in page


def test_a_mailbox_begins_by_listening_and_shows_its_door_once(ines):
    typed = {
        "account_name": "Shop",
        "address": "shop@marlow.example",
        "imap": "imaps://shop@mail.example/INBOX",
        "imap_password": "hush",
    }
    page = text_of(ines.posts("/desk/accounts/new/email", typed))
    account = ChannelAccount.objects.get(name="Shop")
    assert not account.is_open and "It listens only" in page
    door = re.search(r'<p class="secret">http://testserver/in/(\w+)</p>', page)
    assert door is not None and account_behind(door[1]) == account
    again = ines.sees(f"/desk/accounts/{account.public_id}")
    assert door[1] not in again and "hush" not in again and "hush" not in str(account.settings)


def test_a_place_of_public_posts_says_how_it_is_proven_and_keeps_the_names_it_listens_for(ines):
    assert "Proven against Bluesky’s own server" in ines.sees("/desk/accounts/new/bluesky")
    typed = {"account_name": "Sky", "address": "marlow.test", "names": "Marlow\r\nGreen Glasses", "stream": ""}
    ines.posts("/desk/accounts/new/bluesky", typed)
    account = ChannelAccount.objects.get(name="Sky")
    assert (account.settings["names"], account.settings["stream"]) == ("Marlow\nGreen Glasses", "off")
    assert "Marlow Green Glasses</textarea>" in ines.sees(f"/desk/accounts/{account.public_id}")


def test_a_mistake_in_the_settings_comes_back_with_everything_typed(ines):
    answer = ines.posts("/desk/accounts/new/email", {"account_name": "Shop", "address": "nonsense", "smtp": "smtps://user@host"})
    page = text_of(answer)
    assert (
        answer.status_code == 422
        and 'value="nonsense"' in page
        and 'value="Shop"' in page
        and 'value="smtps://user@host"' in page
    )
    assert 'href="#id_address"' in page
    assert not ChannelAccount.objects.filter(name="Shop").exists()


def test_a_secret_left_empty_stays_as_it_was(marlow, ines):
    path = f"/desk/accounts/{marlow.mailbox.public_id}"
    settings = {"account_name": "Help", "address": "help@marlow.example", "smtp": "smtps://help@mail.example"}
    ines.posts(path, {**settings, "smtp_password": "hush"})
    marlow.mailbox.refresh_from_db()
    sealed = marlow.mailbox.settings["smtp_password"]
    ines.posts(path, {**settings, "account_name": "Help desk"})
    marlow.mailbox.refresh_from_db()
    assert marlow.mailbox.name == "Help desk" and marlow.mailbox.settings["smtp_password"] == sealed


def test_a_wrong_change_is_refused_and_changes_nothing(marlow, ines):
    answer = ines.posts(f"/desk/accounts/{marlow.mailbox.public_id}", {"account_name": "New", "address": "nonsense"})
    assert answer.status_code == 422 and 'value="nonsense"' in text_of(answer)
    marlow.mailbox.refresh_from_db()
    assert marlow.mailbox.name == "Help"


def test_trying_it_says_in_plain_words_what_is_wrong(marlow, ines, monkeypatch):
    path = f"/desk/accounts/{marlow.mailbox.public_id}/try"
    assert "It works." in text_of(ines.posts(path))
    monkeypatch.setattr(RecordedPost, "problems", lambda self: ["The mailbox does not take this password."])
    page = text_of(ines.posts(path))
    assert "It does not work yet." in page and "The mailbox does not take this password." in page


def test_what_is_known_already_and_found_again_stands_once(marlow, ines, monkeypatch):
    says = "The mailbox does not take this password."
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(trouble=says)
    path = f"/desk/accounts/{marlow.mailbox.public_id}"
    assert ines.sees(path).count(says) == 1
    monkeypatch.setattr(RecordedPost, "problems", lambda self: [says])
    assert text_of(ines.posts(f"{path}/try")).count(says) == 1


def test_it_is_opened_by_a_person_and_closed_with_what_came_kept(marlow, ines):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    path = f"/desk/accounts/{marlow.mailbox.public_id}"
    assert "Open it: it may send" in ines.sees(path)
    ines.posts(f"{path}/open")
    marlow.mailbox.refresh_from_db()
    assert marlow.mailbox.is_open
    ines.posts(f"{path}/close")
    marlow.mailbox.refresh_from_db()
    assert marlow.mailbox.closed_at is not None and "Closed: nothing comes in" in ines.sees(path)


@pytest.mark.parametrize("path", ["", "/try", "/open", "/close"])
def test_only_admins_touch_them(marlow, seat, path):
    answer = seat(marlow.priya).posts(f"/desk/accounts/{marlow.mailbox.public_id}{path}", {"address": "x@y.example"})
    assert answer.status_code == 403


def test_a_form_says_where_customers_find_it(marlow, ines):
    assert 'href="/to/contact"' in ines.sees(f"/desk/accounts/{marlow.form.public_id}")


def test_a_mailbox_that_would_bring_more_than_we_can_answer_says_so_before_it_is_opened(marlow, ines):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=5)
    for number in range(12):
        marlow.mary.mails("Where are my boxes?", subject=f"Order {number}")
    Case.objects.update(opened_at=now() - timedelta(days=1))
    ChannelAccount.objects.update(start_line_at=now() - timedelta(days=7))
    page = ines.sees(f"/desk/accounts/{marlow.mailbox.public_id}")
    assert "You give 12 people a week a way to reach you, and have room to answer 5." in page


def test_a_way_in_that_is_answered_in_time_says_nothing_of_it(marlow, ines):
    assert "have room to answer" not in ines.sees(f"/desk/accounts/{marlow.form.public_id}")


def test_a_survey_is_set_up_with_its_question_and_not_as_a_bare_way_in(marlow, seat):
    page = seat(marlow.ines).sees("/desk/accounts")
    assert "/desk/accounts/new/webform" in page and "/desk/accounts/new/survey" not in page
