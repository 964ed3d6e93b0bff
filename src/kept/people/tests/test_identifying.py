"""Who is speaking: one person behind many addresses, however many of their words come at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kept.channels.base import Handle
from kept.people.identifying import _add, _newcomer, identify, prove
from kept.people.models import Customer, Identity
from kept.timeline.models import Event

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
MAIL, PHONE = Handle("email", "john@adeyemi.example"), Handle("phone", "+447700900461")
AT_ONCE = 8


@pytest.mark.django_db
class TestOnePerson:
    def test_somebody_new_is_a_customer_with_that_address(self):
        customer, used = identify([MAIL], name="John Adeyemi", at=NOW)
        assert customer.name == "John Adeyemi"
        assert (used.customer, used.value, used.first_seen_at) == (customer, MAIL.value, NOW)

    def test_the_same_address_is_the_same_person(self):
        first, _used = identify([MAIL], name="John Adeyemi", at=NOW)
        again, _used = identify([MAIL], name="J. Adeyemi", at=NOW)
        assert again == first
        assert again.name == "John Adeyemi"

    def test_a_handle_that_changed_is_learned_and_the_number_behind_it_stays_who_they_are(self):
        was, is_now = "@mary.example", "@mary-in-malmo.example"
        mary, before = identify([Handle("bluesky", "did:plc:mary", shown=was)], name=was, at=NOW)
        again, after = identify([Handle("bluesky", "did:plc:mary", shown=is_now)], name=is_now, at=NOW)
        assert (again.pk, after.pk) == (mary.pk, before.pk)
        after.refresh_from_db()
        assert (str(after), after.value, again.name) == (is_now, "did:plc:mary", is_now)

    def test_a_name_learned_later_is_kept(self):
        identify([MAIL], name="", at=NOW)
        customer, _used = identify([MAIL], name="John Adeyemi", at=NOW)
        assert Customer.objects.get().name == customer.name == "John Adeyemi"

    def test_a_further_address_is_theirs_from_now_on(self):
        first, _used = identify([MAIL], name="John", at=NOW)
        both, used = identify([PHONE, MAIL], name="John", at=NOW)
        assert both == first
        assert used.kind == "phone"
        assert identify([PHONE], name="", at=NOW)[0] == first

    def test_whoever_types_the_telephone_of_somebody_else_beside_a_new_mailbox_is_somebody_new(self):
        mary, _used = identify([Handle("email", "mary@example.org"), PHONE], name="Mary", at=NOW)
        eve, used = identify([PHONE, Handle("email", "eve@example.org")], name="Mary", at=NOW)
        assert eve != mary and used.value == "eve@example.org"
        assert not mary.identities.filter(value="eve@example.org").exists()
        assert identify([PHONE], name="", at=NOW)[0] == mary, "it stays hers, and only suggests from now on"
        assert Identity.objects.get(kind="phone").is_shared

    def test_an_address_of_somebody_else_stays_theirs(self):
        john, _used = identify([MAIL], name="John", at=NOW)
        mary, _used = identify([PHONE], name="Mary", at=NOW)
        again, used = identify([MAIL, PHONE], name="John", at=NOW)
        assert again == john
        assert used.value == MAIL.value
        assert Identity.objects.get(kind="phone").customer == mary

    def test_the_first_address_says_who_it_is_and_a_mailbox_before_any_telephone(self):
        john, _used = identify([MAIL], name="John", at=NOW)
        mary, _used = identify([Handle("email", "mary@example.org")], name="Mary", at=NOW)
        identify([PHONE], name="Mary", at=NOW)
        assert identify([Handle("email", "mary@example.org"), MAIL], name="?", at=NOW)[0] == mary
        assert identify([PHONE, MAIL], name="?", at=NOW)[0] == john

    def test_a_shared_address_says_less_than_one_of_their_own(self):
        family, _used = identify([PHONE], name="The Adeyemis", at=NOW)
        Identity.objects.update(is_shared=True)
        john, _used = identify([MAIL], name="John", at=NOW)
        assert identify([PHONE, MAIL], name="", at=NOW)[0] == john != family

    def test_the_same_value_of_another_kind_is_another_address(self):
        one, _used = identify([Handle("handle", "john")], name="", at=NOW)
        other, _used = identify([Handle("external", "john")], name="", at=NOW)
        assert one != other

    def test_somebody_without_any_address_is_a_customer_too(self):
        customer, used = identify([], name="Harold Finch", at=NOW)
        assert used is None
        assert customer.known_as == "Harold Finch"

    def test_two_without_an_address_are_not_taken_for_one(self):
        assert identify([], name="Harold", at=NOW)[0] != identify([], name="Harold", at=NOW)[0]

    def test_an_empty_or_endless_address_is_none(self):
        customer, used = identify([Handle("email", ""), Handle("email", "x" * 321)], name="", at=NOW)
        assert used is None
        assert not customer.identities.exists()
        assert customer.known_as == "Somebody without a name"


@pytest.mark.django_db
class TestProving:
    def test_only_the_address_that_the_item_proves_is_proven(self):
        identify([Handle("email", "a@b.example", proven=True), PHONE], name="", at=NOW)
        assert Identity.objects.get(kind="email").proven_at == NOW
        assert Identity.objects.get(kind="phone").proven_at is None

    def test_a_known_address_proven_later_is_written_down(self):
        customer, _used = identify([MAIL], name="", at=NOW)
        identify([Handle(MAIL.kind, MAIL.value, proven=True)], name="", at=NOW + timedelta(days=1))
        event = Event.objects.get(kind="proven", about=f"customer:{customer.pk}")
        assert event.facts["address"] == MAIL.value

    def test_the_first_proof_counts(self):
        _customer, used = identify([Handle(MAIL.kind, MAIL.value, proven=True)], name="", at=NOW)
        prove(used, at=NOW + timedelta(days=1))
        assert Identity.objects.get().proven_at == NOW

    def test_an_unproven_item_takes_no_proof_away(self):
        identify([Handle(MAIL.kind, MAIL.value, proven=True)], name="", at=NOW)
        identify([MAIL], name="", at=NOW + timedelta(days=1))
        assert Identity.objects.get().proven_at == NOW


@pytest.mark.django_db
def test_a_forged_sender_with_an_answer_address_of_their_own_adds_it_to_nobody(marlow):
    marlow.john.mails("Cold pizza", subject="Cold")
    marlow.john.mails("Answer me here", subject="Cold", headers="Reply-To: thief@evil.example\n")
    assert not Identity.objects.filter(value="thief@evil.example").exists()


@pytest.mark.django_db
def test_a_proven_sender_may_name_another_address(marlow):
    case = marlow.john.mails("Answer me here", subject="Cold", headers="Reply-To: john@work.example\n", is_proven=True)
    assert Identity.objects.get(value="john@work.example").customer == case.customer


def all_at_once(*handles: Handle) -> list[object]:
    """Eight words of one new person reach eight workers at the same instant."""
    start, said = Barrier(AT_ONCE), []

    def one() -> None:
        try:
            start.wait()
            with transaction.atomic():
                said.append(identify(handles, name="John", at=NOW)[0].pk)
        except Exception as trouble:
            said.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=one) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("handles", [(MAIL,), (MAIL, PHONE), (PHONE, MAIL)], ids=["mail", "mail and phone", "phone and mail"])
def test_eight_first_contacts_at_once_are_one_customer(handles):
    said = all_at_once(*handles)
    assert len(said) == AT_ONCE
    assert set(said) == {Customer.objects.get().pk}
    assert Identity.objects.count() == len(handles)


@pytest.mark.django_db
def test_the_loser_of_the_race_leaves_no_customer_behind():
    """Their look came too early, their insert too late: what another worker wrote in between counts."""
    winner, _used = identify([MAIL], name="John", at=NOW)
    loser, theirs = _newcomer([MAIL, PHONE], name="John", at=NOW)
    assert loser == winner
    assert [identity.value for identity in theirs] == [MAIL.value]
    assert Customer.objects.get() == winner


@pytest.mark.django_db
def test_the_loser_of_the_race_for_a_further_address_reads_whose_it_is():
    mary, _used = identify([PHONE], name="Mary", at=NOW)
    john, _used = identify([MAIL], name="John", at=NOW)
    assert _add(john, PHONE, at=NOW).customer == mary


handles = st.lists(st.builds(Handle, st.sampled_from(["email", "phone"]), st.sampled_from(["a", "b", "c"])), max_size=3)


class WhateverComesInWhateverOrder(TestCase):
    @given(st.lists(handles, max_size=6))
    def test_an_address_belongs_to_one_person_for_good(self, contacts):
        owners: dict[tuple[str, str], int] = {}
        for contact in contacts:
            customer, used = identify(contact, name="", at=NOW)
            assert (used is None) == (not contact)
            for identity in Identity.objects.all():
                assert owners.setdefault((identity.kind, identity.value), identity.customer_id) == identity.customer_id
            known = {owners[handle.kind, handle.value] for handle in contact}
            assert not contact or customer.pk in known
