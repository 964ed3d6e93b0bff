"""Maps and ways as programs read them."""

from __future__ import annotations

from kept.cases.models import Case
from kept.journeys.keeping import draw, retire
from kept.journeys.mining import mine_ways
from kept.journeys.models import JourneyMap
from kept.journeys.starting import start_from
from kept.lib import clock
from kept.places.models import Touchpoint
from kept.timeline.sealing import seal


def a_map(marlow) -> JourneyMap:
    name, said = start_from("pizza")
    said["stages"][0]["steps"][0]["touchpoint"] = Touchpoint.objects.create(key="menu", name="The menu").key
    return draw(name, said, by=marlow.ines, now=clock.now())


def test_a_map_is_told_with_what_was_walked_beside_it(marlow, program):
    found, case = a_map(marlow), marlow.has_a_case()
    Case.objects.filter(pk=case.pk).update(touchpoint=Touchpoint.objects.create(key="van", name="Van"))
    seal()
    mine_ways(clock.now())
    told = program.get(f"/journeys/{found.public_id}").json()
    assert (told["name"], told["version"], told["owner"]["name"]) == ("A pizza, delivered", 1, "Ines Duarte")
    assert told["drawn"]["stages"][0]["steps"][0]["touchpoint"] == "menu"
    assert told["never_walked"] == ["Looks at the menu"]
    assert [(one["touchpoint"], one["people"]) for one in told["never_drawn"]] == [("van", 1)]


def test_the_list_leaves_out_what_was_put_away(marlow, program):
    found = a_map(marlow)
    assert [one["id"] for one in program.get("/journeys").json()["items"]] == [str(found.public_id)]
    retire(found, by=marlow.ines, now=clock.now())
    assert program.get("/journeys").json()["items"] == []
    assert program.get(f"/journeys/{marlow.has_a_case().public_id}").status_code == 404


def test_the_ways_count_everybody_once(marlow, program):
    marlow.has_a_case()
    seal()
    mine_ways(clock.now())
    ways = program.get("/journeys/ways").json()
    assert ways["people"] == sum(one["people"] for one in ways["firsts"]) == sum(one["people"] for one in ways["lasts"]) == 1
    assert ways["variants"][0]["people"] == 1
