"""Managers keep what was said and what was done; everybody weighs theories by stories."""

from __future__ import annotations

import pytest

from kept.cases.models import Message
from kept.people.models import House
from kept.stories.choosing import choose
from kept.stories.models import Evidence, Heard, Theory

pytestmark = pytest.mark.django_db


def test_an_entry_is_written_shown_and_taken_down(marlow, seat):
    ines = seat(marlow.ines)
    House.objects.update(heard_is_public=True)
    assert ines.posts("/desk/what-we-heard", {"did": "Thicker tape."}).status_code == 409
    ines.posts("/desk/what-we-heard", {"said": "The boxes tear."})
    page = f"/desk/what-we-heard/{Heard.objects.get().public_id}"
    assert "The boxes tear." not in seat(None).sees("/heard")
    ines.posts(f"{page}/did", {"did": "Thicker tape."})
    ines.posts(f"{page}/show")
    assert "Thicker tape." in seat(None).sees("/heard")
    ines.posts(f"{page}/down")
    assert "The boxes tear." not in seat(None).sees("/heard")
    assert seat(marlow.priya).opens("/desk/what-we-heard").status_code == 403


def test_a_theory_is_said_weighed_and_given_up(marlow, seat):
    priya = seat(marlow.priya)
    case = marlow.mary.mails("The box was torn.", is_proven=True)
    word = Message.objects.get(case=case, is_theirs=True)
    story = choose(word, title="The torn box", by=marlow.priya, now=marlow.clock.now)
    assert priya.posts("/desk/theories", {"says": ""}).status_code == 409
    priya.posts("/desk/theories", {"says": "The tape is too thin"})
    page = f"/desk/theories/{Theory.objects.get().public_id}"
    assert priya.posts(f"{page}/weigh", {"story": "nonsense", "side": "for"}).status_code == 409
    story.state = "shared"
    story.scope = "inside"
    story.save()
    assert "The torn box" in priya.sees(f"{page}?q=torn")
    priya.posts(f"{page}/weigh", {"story": str(story.public_id), "side": "against"})
    assert Evidence.objects.get().speaks_for is False
    assert "1 story" in priya.sees("/desk/theories")
    priya.posts(f"{page}/give-up")
    assert "given up" in priya.sees("/desk/theories")
