"""Two customers who are one person: all that is known of either stands in one place, and goes back when it was a mistake."""

import pytest

from kept.cases.models import Case, Message, Participant
from kept.lib.refusal import Refusal
from kept.people.joining import join, joined_into, part
from kept.people.models import Customer, Identity, Joining
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(marlow):
    """Mary by mail, and somebody by a handle."""
    marlow.mary.mails("Where are my chairs?", subject="Chairs", is_proven=True)
    mary = Customer.objects.get()
    marlow.mary.address, marlow.mary.handle, marlow.mary.name = "", "@mary", ""
    case = marlow.mary.is_written_down("post", "Does anybody read this?", by=marlow.priya)
    return mary, case.customer


def test_every_address_and_every_matter_of_hers_stands_at_one_customer(marlow, two):
    mary, handle = two
    join(handle, into=mary, by=marlow.priya, now=marlow.clock.now)
    assert set(mary.identities.values_list("value", flat=True)) == {"mary.whitcombe@brightdental.example", "@mary"}
    assert Case.objects.filter(customer=mary).count() == 2
    assert not Message.objects.filter(customer=handle).exists()
    assert not Participant.objects.filter(customer=handle).exists()
    told = Event.objects.get(kind="customers_joined")
    assert (told.about, told.by, told.facts["known"]) == (f"customer:{mary.pk}", f"employee:{marlow.priya.pk}", "@mary")


def test_what_she_writes_next_by_either_way_is_hers(marlow, two):
    mary, handle = two
    join(handle, into=mary, by=marlow.priya, now=marlow.clock.now)
    assert marlow.mary.is_written_down("post", "Still nothing.", by=marlow.priya).customer == mary
    assert Customer.objects.count() == 2 and handle.identities.count() == 0


def test_undone_each_has_exactly_what_was_theirs_and_what_came_since_stays(marlow, two):
    mary, handle = two
    before = {model: dict(model.objects.values_list("pk", "customer")) for model in (Identity, Case, Message, Participant)}
    joining = join(handle, into=mary, by=marlow.priya, now=marlow.clock.now)
    since = Identity.objects.create(customer=mary, kind="phone", value="+447700900812", first_seen_at=marlow.clock.now)
    part(joining, by=marlow.ines, now=marlow.clock.now)
    since.delete()
    assert {model: dict(model.objects.values_list("pk", "customer")) for model in before} == before
    assert joined_into(mary) == []
    assert Event.objects.filter(kind="customers_parted", by=f"employee:{marlow.ines.pk}").exists()
    with pytest.raises(Refusal):
        part(joining, by=marlow.ines, now=marlow.clock.now)


def test_what_she_may_have_only_once_stays_where_it_is_and_nothing_breaks(marlow, two):
    mary, handle = two
    case = Case.objects.get(customer=mary)
    second = Participant.objects.create(case=case, customer=handle, is_confirmed=False)
    joining = join(handle, into=mary, by=marlow.priya, now=marlow.clock.now)
    second.refresh_from_db()
    assert second.customer == handle and second.pk not in joining.moved["kept.participant.customer"]
    assert Participant.objects.filter(case=case, customer=mary).count() == 1


def test_nobody_is_joined_with_themselves_nor_twice(marlow, two):
    mary, handle = two
    for gone, into in ((mary, mary), (handle, mary), (handle, mary)):
        if gone == handle and not Joining.objects.exists():
            join(gone, into=into, by=marlow.priya, now=marlow.clock.now)
            continue
        with pytest.raises(Refusal):
            join(gone, into=into, by=marlow.priya, now=marlow.clock.now)
