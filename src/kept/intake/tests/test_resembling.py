"""A telephone number is no proof: whoever types Mary's beside a mailbox of their own learns nothing of hers."""

import pytest

from kept.cases.models import Case, Duty
from kept.demo.cast import CustomerOfMarlow

pytestmark = pytest.mark.django_db


def test_a_stranger_who_types_marys_number_in_the_form_is_a_customer_of_their_own_and_her_owner_is_asked(marlow):
    marys = marlow.mary.fills_in_the_form("Where are my chairs?")
    stranger = CustomerOfMarlow(marlow, "Mary Whitcombe", "eve@elsewhere.example", marlow.mary.phone)
    theirs = stranger.fills_in_the_form("Any news?")
    assert theirs.pk != marys.pk and theirs.customer_id != marys.customer_id
    assert not marys.customer.identities.filter(value=stranger.address).exists()
    duty = Duty.objects.get(case=theirs, kind="same_matter")
    assert marlow.mary.phone in duty.says and "If they are one person, say so" in duty.says


def test_who_rings_from_a_number_we_know_is_known_by_it(marlow):
    marys = marlow.mary.fills_in_the_form("Where are my chairs?")
    marlow.mary.address = ""
    assert marlow.mary.is_written_down("phone", "She asks again.", by=marlow.priya).customer == marys.customer
    assert not Duty.objects.filter(kind="same_matter").exists()


def test_nobody_is_asked_about_a_number_whose_owner_has_nothing_open(marlow):
    marys = marlow.mary.fills_in_the_form("Where are my chairs?")
    Case.objects.filter(pk=marys.pk).update(is_open=False)
    CustomerOfMarlow(marlow, "Ed", "ed@elsewhere.example", marlow.mary.phone).fills_in_the_form("A desk?")
    assert not Duty.objects.filter(kind="same_matter").exists()
