"""Mary lets others read what she said, as far as she says; when she takes it back it is gone from everywhere at once."""

from __future__ import annotations

import re

import time_machine
from django.test import Client

from kept.people.models import Employee, Team


def test_a_story_is_given_read_and_taken_back(story):
    house = story.house
    team = Team.objects.create(name="Customer care")
    Employee.objects.filter(pk__in=[house.priya.pk, house.ines.pk]).update(team=team)
    house.mary.mails(
        "I am Mary Whitcombe. The box for order MC-20391 was torn, and Priya was kind.", subject="Box", is_proven=True
    )
    story.goes_by(minutes=5)

    # Priya chooses her words; what is known of everybody is covered, and Priya reads them as they will be shown.
    def at(who: Employee | None, path: str, fields: dict[str, str] | None = None) -> str:
        client = Client()
        with time_machine.travel(house.clock.now, tick=False):
            if who is not None:
                client.force_login(who)
            answer = client.get(path) if fields is None else client.post(path, fields, follow=True)
        assert answer.status_code in (200, 404)
        return " ".join(answer.content.decode().split()) if answer.status_code == 200 else "404"

    chosen = at(house.priya, f"/desk/cases/{story.case['id']}")
    choose = re.search(r"/desk/stories/choose/message/[0-9a-f-]+", chosen)
    assert choose is not None
    prepared = at(house.priya, choose[0], {"title": "The torn box", "outcome": "black"})
    page = re.search(r"(/desk/stories/[0-9a-f-]{36})/seen", prepared)
    assert page is not None
    shown = "I am [name]. The box for order [number] was torn, and [name] was kind."
    assert shown in prepared
    at(house.priya, f"{page[1]}/seen", {"words": shown})

    # She is asked in plain words with the very words shown; until she says yes nobody else reads them.
    at(house.priya, f"{page[1]}/ask", {})
    story.goes_by(minutes=1)
    asked = story.mails_to(house.mary.address)[-1]
    assert "[number] was torn" in asked and "MC-20391" not in asked
    link = re.search(r"/story/[a-z2-7]+", asked)
    assert link is not None
    assert shown not in at(house.ines, "/desk/stories")
    at(None, link[0], {"far": "public", "named": "1"})
    assert shown in at(house.ines, "/desk/stories")
    assert "Mary" in at(house.ines, f"{page[1]}/card")
    assert [one["words"] for one in story.api("/stories")["items"]] == [shown]

    # On Monday her team reads it.
    story.goes_by(days=7)
    assert any("Stories of this week" in mail.subject and "[number] was torn" in mail.text for mail in house.post)

    # She takes it back: gone from every page, from mail to come, from the API and from print, within the same minute.
    at(None, link[0], {"far": "no"})
    assert shown not in at(house.ines, "/desk/stories")
    assert at(house.ines, page[1]) == at(house.ines, f"{page[1]}/card") == "404"
    assert story.api("/stories")["items"] == []
    assert shown not in at(None, link[0])
    sent = len(house.post)
    story.goes_by(days=14)
    assert not any("[number] was torn" in mail.text for mail in house.post[sent:])
