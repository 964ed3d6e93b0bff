"""Places and touchpoints: named once, found by a short name, never part of themselves."""

from __future__ import annotations

import pytest

from kept.lib.refusal import Refusal
from kept.places.models import Brand, Place
from kept.places.naming import name_public_pages
from kept.places.placing import add_place, add_touchpoint, change_place, change_touchpoint
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


def place(marlow, name: str, **more) -> Place:
    return add_place(name, by=marlow.ines, now=marlow.clock.now, **more)


def changed(marlow, one: Place, **to) -> Place:
    known = {"name": one.name, "slug": one.slug, "parent": one.parent, "manager": one.manager}
    change_place(one, **{**known, **to}, by=marlow.ines, now=marlow.clock.now)
    one.refresh_from_db()
    return one


def test_a_place_is_found_by_the_short_name_made_from_its_own(marlow):
    assert place(marlow, "Quay Street kitchen").slug == "quay-street-kitchen"
    assert place(marlow, "Mill Lane", slug="Mill").slug == "mill"
    assert Event.objects.filter(kind="place_added").count() == 2


@pytest.mark.parametrize(
    ("name", "says"), [("", "what it is called"), ("  ", "what it is called"), ("厨房", "letters and digits")]
)
def test_a_place_that_cannot_be_called_is_refused(marlow, name, says):
    with pytest.raises(Refusal, match=says):
        place(marlow, name)


def test_two_places_never_share_a_card(marlow):
    place(marlow, "Mill Lane")
    with pytest.raises(Refusal, match="mill-lane is taken"):
        place(marlow, "Mill lane")
    other = place(marlow, "Quay Street")
    with pytest.raises(Refusal, match="is taken"):
        changed(marlow, other, slug="mill-lane")


def test_a_region_cannot_be_part_of_its_own_kitchen(marlow):
    north = place(marlow, "North")
    quay = place(marlow, "Quay Street", parent=north)
    with pytest.raises(Refusal, match="cannot be part of itself"):
        changed(marlow, north, parent=quay)
    with pytest.raises(Refusal, match="cannot be part of itself"):
        changed(marlow, quay, parent=quay)


def test_saying_the_same_again_is_no_change(marlow):
    quay = changed(marlow, place(marlow, "Quay Street"), manager=marlow.ines)
    before = Event.objects.count()
    changed(marlow, quay)
    assert Event.objects.count() == before


def test_a_touchpoint_keeps_its_key_when_it_is_renamed(marlow):
    point = add_touchpoint("Delivery", key="delivered", by=marlow.ines, now=marlow.clock.now)
    change_touchpoint(
        point, name="At the door", key="delivered", place=None, manager=marlow.ines, by=marlow.ines, now=marlow.clock.now
    )
    point.refresh_from_db()
    assert (point.name, point.key, point.manager) == ("At the door", "delivered", marlow.ines)
    assert Event.objects.get(kind="touchpoint_changed").facts["what"] == "name, manager"


@pytest.mark.parametrize("url", ["guide.example", "javascript:alert(1)", "ftp://guide.example", "https://", "http://[::1"])
def test_only_a_web_address_is_offered_to_customers(marlow, url):
    with pytest.raises(Refusal, match="begins with https"):
        name_public_pages(Brand.objects.get(), [("Town guide", url)], by=marlow.ines, now=marlow.clock.now)
    assert Brand.objects.get().public_pages == []
