"""A question asked often is worked out once, and answers as if it were asked anew."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from kept.lib.ready import ready
from kept.people.models import Customer, Identity

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@ready
def addresses(value: str, seen_until: datetime) -> QuerySet[Identity]:
    """Addresses that begin so, seen by then, with whose they are."""
    return Identity.objects.filter(value=value, first_seen_at__lte=seen_until).select_related("customer").order_by("id")


@ready
def by_public_id(key: UUID) -> QuerySet[Customer]:
    """One customer."""
    return Customer.objects.filter(public_id=key)


@pytest.fixture
def mary(db: object) -> Identity:
    """Mary, known since noon."""
    customer = Customer.objects.create(name="Mary", first_seen_at=NOON)
    return Identity.objects.create(customer=customer, kind="email", value="mary@whitcombe.example", first_seen_at=NOON)


def test_the_second_time_it_finds_what_is_there_then(mary: Identity) -> None:
    assert addresses.all(value="mary@whitcombe.example", seen_until=NOON) == [mary]
    assert addresses.all(value="john@adeyemi.example", seen_until=NOON) == []
    john = Identity.objects.create(customer=mary.customer, kind="email", value="john@adeyemi.example", first_seen_at=NOON)
    assert addresses.first(value="john@adeyemi.example", seen_until=NOON) == john
    assert addresses.first(value="john@adeyemi.example", seen_until=NOON - timedelta(seconds=1)) is None


def test_whose_address_it_is_comes_with_it(mary: Identity) -> None:
    addresses.first(value=mary.value, seen_until=NOON)
    with CaptureQueriesContext(connection) as asked:
        found = addresses.first(value=mary.value, seen_until=NOON)
        assert found is not None
        assert found.customer.name == "Mary"
    assert len(asked) == 1


def test_a_key_that_is_no_number_is_told_as_the_database_has_it(mary: Identity) -> None:
    assert by_public_id.one(key=mary.customer.public_id) == mary.customer


def test_nobody_there_is_said_as_django_says_it(mary: Identity) -> None:
    with pytest.raises(Customer.DoesNotExist):
        by_public_id.one(key=UUID(int=0))


def test_what_it_found_can_be_changed_and_saved(mary: Identity) -> None:
    found = by_public_id.one(key=mary.customer.public_id)
    found.name = "Mary Whitcombe"
    found.save(update_fields=["name"])
    assert by_public_id.one(key=mary.customer.public_id).name == "Mary Whitcombe"


@pytest.mark.django_db(transaction=True)
def test_two_threads_do_not_share_an_answer() -> None:
    for name in ("one", "two"):
        customer = Customer.objects.create(name=name, first_seen_at=NOON)
        Identity.objects.create(customer=customer, kind="email", value=name, first_seen_at=NOON)
    wrong: list[str] = []

    def ask(name: str) -> None:
        for _time in range(200):
            found = addresses.first(value=name, seen_until=NOON)
            if found is None or found.customer.name != name:
                wrong.append(name)
        connection.close()

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
