"""Where it happened: a tree whose branches cannot vanish under a case."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case
from kept.places.models import Brand, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def kitchen(marlow) -> Place:
    town = Place.objects.create(name="Marlow", manager=marlow.ines)
    return Place.objects.create(name="Quay Street kitchen", parent=town)


def test_a_matter_happened_where_its_account_belongs(marlow, kitchen):
    ChannelAccount.objects.filter(pk=marlow.form.pk).update(place=kitchen)
    marlow.form.refresh_from_db()
    assert marlow.john.fills_in_the_form("Cold").place == kitchen


def test_without_a_place_it_happened_nowhere_in_particular(marlow):
    assert marlow.john.fills_in_the_form("Cold").place is None


def test_a_place_with_a_case_cannot_be_deleted(marlow, kitchen):
    Case.objects.filter(pk=marlow.john.fills_in_the_form("Cold").pk).update(place=kitchen)
    with pytest.raises(ProtectedError):
        kitchen.delete()


def test_a_place_with_parts_cannot_be_deleted(kitchen):
    with pytest.raises(ProtectedError):
        kitchen.parent.delete()


def test_a_brand_with_accounts_cannot_be_deleted(marlow):
    with pytest.raises(ProtectedError):
        Brand.objects.get().delete()
