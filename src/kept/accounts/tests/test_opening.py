"""Ways in and out: how they begin, how they are found, what is shown of them and what never is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.accounts.describing import description
from kept.accounts.models import Calendar, ChannelAccount, SlaPolicy
from kept.accounts.opening import (
    account_behind,
    account_for_address,
    account_named,
    account_of_kind,
    add_account,
    change_account,
    clean_settings,
    close_account,
    open_account,
)
from kept.accounts.policies import BY_MEDIUM, default_calendar, machine_zone, policy_for
from kept.accounts.settling_in import settle_in
from kept.accounts.translating import channel_named, channel_of, secret_names
from kept.lib.hours import BusinessHours, add_working, is_open
from kept.lib.refusal import Refusal
from kept.places.models import Brand, Place
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
MAILBOX = {"address": "Help@Marlow.example"}


class TestAdding:
    def test_a_form_is_open_at_once(self):
        account = add_account("form", name="Contact us", now=NOW).account
        assert account.is_open
        assert (account.kind, account.slug) == ("webform", "contact-us")
        assert account.start_line_at == NOW

    def test_mail_that_is_brought_to_us_is_open_at_once(self):
        assert add_account("email", name="Help", now=NOW, settings=MAILBOX).account.is_open

    def test_a_mailbox_we_read_begins_by_listening_only(self):
        settings = {**MAILBOX, "imap": "imaps://mail.marlow.example", "imap_user": "help", "imap_password": "secret"}
        known = channel_named("email").Settings.base_fields
        account = add_account("email", name="Help", now=NOW, settings={k: v for k, v in settings.items() if k in known}).account
        assert not account.is_open
        assert account.opened_at is None

    def test_unless_a_person_opens_it_with_the_same_word(self):
        account = add_account(
            "email", name="Help", now=NOW, settings={**MAILBOX, "imap": "imaps://m.example"}, is_open=True
        ).account
        assert account.is_open

    def test_its_door_is_shown_once_and_only_its_hash_is_kept(self):
        added = add_account("form", name="Contact", now=NOW)
        assert account_behind(added.door) == added.account
        assert added.door not in str(ChannelAccount.objects.values().get())

    def test_two_of_one_name_have_slugs_of_their_own(self):
        slugs = [add_account("form", name="Contact", now=NOW).account.slug for _number in range(3)]
        assert slugs == ["contact", "contact-2", "contact-3"]

    def test_a_name_without_letters_still_has_a_slug(self):
        assert add_account("form", name="?!", now=NOW).account.slug == "form"

    def test_an_unknown_kind_is_refused_with_those_there_are(self):
        with pytest.raises(Refusal, match="form"):
            add_account("pigeon", name="Coo", now=NOW)

    def test_an_unknown_setting_is_refused_by_name(self):
        with pytest.raises(Refusal, match="colour"):
            add_account("form", name="Contact", now=NOW, settings={"colour": "red"})

    def test_a_wrong_setting_is_refused_by_name(self):
        with pytest.raises(Refusal, match="address"):
            clean_settings("email", {"address": "nobody"})

    def test_it_is_written_down_without_its_secrets(self):
        settings = {**MAILBOX, "smtp": "smtp://u:pw@mail.example"}
        known = channel_named("email").Settings.base_fields
        add_account("email", name="Help", now=NOW, settings={k: v for k, v in settings.items() if k in known})
        facts = Event.objects.get(kind="account_added").facts
        assert facts == {"name": "Help", "account_kind": "email"}


class TestSecrets:
    def test_what_a_form_hides_is_sealed_at_rest_and_readable_for_the_channel(self, marlow):
        channel = channel_named("email")
        secrets = sorted(secret_names(channel))
        assert secrets, "the mail channel has passwords"
        settings = {**MAILBOX, secrets[0]: "a-secret"}
        account = add_account("email", name="More", now=NOW, settings=settings).account
        assert "a-secret" not in str(ChannelAccount.objects.filter(pk=account.pk).values().get())
        assert channel_of(account).settings[secrets[0]] == "a-secret"

    def test_a_secret_left_empty_stays_as_it_was(self, marlow):
        secret = sorted(secret_names(channel_named("email")))[0]
        account = add_account("email", name="More", now=NOW, settings={**MAILBOX, secret: "a-secret"}).account
        change_account(account, name="", settings={"address": "new@marlow.example"}, by=marlow.ines, now=NOW)
        account.refresh_from_db()
        assert (account.name, account.address) == ("More", "new@marlow.example")
        assert channel_of(account).settings[secret] == "a-secret"

    def test_a_change_clears_the_trouble_it_may_have_mended(self, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(trouble="wrong password")
        account = ChannelAccount.objects.get(pk=marlow.mailbox.pk)
        change_account(account, name="Help", settings=MAILBOX, by=marlow.ines, now=NOW)
        assert ChannelAccount.objects.get(pk=account.pk).trouble == ""


class TestFinding:
    def test_an_address_is_found_in_any_case_and_with_anything_after_a_plus(self, marlow):
        for address in ("help@marlow.example", " HELP@Marlow.Example ", "help+abc123@marlow.example"):
            assert account_for_address(address) == marlow.mailbox

    @pytest.mark.parametrize("address", ["", "help", "help@other.example", "@marlow.example", "+x@marlow.example"])
    def test_another_address_is_not_ours(self, marlow, address):
        assert account_for_address(address) is None

    def test_by_slug_name_or_address_on_the_command_line(self, marlow):
        for name in (marlow.mailbox.slug, "Help", "help@marlow.example"):
            assert account_named(name) == marlow.mailbox
        assert account_named("nothing") is None

    def test_a_closed_one_is_not_found(self, marlow):
        added = add_account("form", name="Old", now=NOW)
        close_account(added.account, by=marlow.ines, now=NOW)
        close_account(marlow.mailbox, by=marlow.ines, now=NOW)
        assert account_behind(added.door) is None
        assert account_named("old") is None
        assert account_for_address("help@marlow.example") is None

    def test_a_guessed_door_leads_nowhere(self, marlow):
        assert account_behind("") is None
        assert account_behind("guess") is None

    def test_what_is_written_down_by_hand_has_one_account_made_when_first_needed(self, marlow):
        assert account_of_kind("by_hand", now=NOW) == account_of_kind("by_hand", now=NOW)


class TestOpeningAndClosing:
    def test_opening_is_written_down_once(self, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        account = ChannelAccount.objects.get(pk=marlow.mailbox.pk)
        open_account(account, by=marlow.ines, now=NOW)
        open_account(account, by=marlow.ines, now=NOW + timedelta(days=1))
        assert account.opened_at == NOW
        assert Event.objects.filter(kind="account_opened").count() == 1

    def test_a_closed_account_may_not_send(self, marlow):
        close_account(marlow.mailbox, by=marlow.ines, now=NOW)
        assert not marlow.mailbox.is_open


class TestWhatTheOutsideIsTold:
    def test_a_form_has_a_page_and_a_door(self):
        added = add_account("form", name="Contact", now=NOW)
        told = description(added)
        assert told == {
            "id": str(added.account.public_id),
            "kind": "form",
            "slug": "contact",
            "page": "/to/contact",
            "door": f"/in/{added.door}",
        }

    def test_a_mailbox_has_an_address_and_a_door(self):
        told = description(add_account("email", name="Help", now=NOW, settings=MAILBOX))
        assert told["address"] == "help@marlow.example"
        assert told["kind"] == "email"
        assert "page" not in told


class TestANewHouse:
    def test_it_has_a_form_policies_and_hours(self):
        form = settle_in(NOW)
        assert form.is_open
        assert set(SlaPolicy.objects.values_list("name", flat=True)) == {"office", "call", "letter", "chat", "post"}
        assert Brand.objects.count() == 1

    def test_settling_in_again_changes_nothing(self):
        first = settle_in(NOW)
        calendar = Calendar.objects.values().get()
        assert settle_in(NOW) == first
        assert ChannelAccount.objects.count() == 2
        assert Calendar.objects.values().get() == calendar

    def test_what_a_person_set_stays_set(self):
        settle_in(NOW)
        SlaPolicy.objects.filter(name="office").update(first_answer_minutes=60)
        settle_in(NOW)
        assert policy_for("email").first_answer_minutes == 60

    @pytest.mark.parametrize(
        ("medium", "hours"),
        [("form", 8), ("email", 8), ("api", 8), ("visit", 8), ("phone", 2), ("sms", 1), ("post", 1), ("letter", 40)],
    )
    def test_the_times_out_of_the_box(self, medium, hours):
        assert policy_for(medium).answer_within(is_first=True) == timedelta(hours=hours)

    def test_every_medium_but_the_office_ones_is_named(self):
        assert {policy_for(medium).name for medium in BY_MEDIUM} == {"call", "letter", "chat", "post"}

    def test_the_week_is_monday_to_friday_nine_to_five(self):
        hours = default_calendar().hours
        monday = datetime(2026, 6, 1, 9, tzinfo=hours.tz)
        assert is_open(hours, monday)
        assert not is_open(hours, monday - timedelta(minutes=1))
        assert not is_open(hours, monday + timedelta(hours=8))
        assert not is_open(hours, monday + timedelta(days=5))

    def test_the_machines_zone_is_one_that_exists(self):
        BusinessHours.of(machine_zone(), {})


class TestCalendars:
    def test_a_closed_day_is_closed(self):
        calendar = Calendar(name="x", zone="Europe/London", week=default_calendar().week, closed_on=["2026-06-01"])
        assert not is_open(calendar.hours, NOW + timedelta(hours=1))
        assert is_open(calendar.hours, NOW + timedelta(days=1, hours=1))

    def test_no_week_at_all_is_round_the_clock(self):
        calendar = Calendar(name="x", zone="UTC", week={})
        assert add_working(calendar.hours, NOW, timedelta(hours=30)) == NOW + timedelta(hours=30)

    def test_the_next_answer_may_have_a_time_of_its_own(self):
        policy = SlaPolicy(first_answer_minutes=480, next_answer_minutes=60, update_every_minutes=2400)
        assert policy.answer_within(is_first=False) == timedelta(hours=1)
        assert policy.update_within == timedelta(hours=40)


def test_things_are_called_by_their_name():
    for thing in (
        Place(name="Quay Street"),
        Brand(name="Quay Street"),
        Calendar(name="Quay Street"),
        SlaPolicy(name="Quay Street"),
    ):
        assert str(thing) == "Quay Street"
