"""You said, we did: who says "me too" is told once, when it is done, and only where they have shown that it is theirs."""

from __future__ import annotations

import pytest

from kept.lib.refusal import Refusal
from kept.people.identifying import prove
from kept.people.models import Identity
from kept.replies.delivering import deliver_what_waits
from kept.stories.asking_consent import write_down_what_they_said
from kept.stories.hearing import hear_it, join, say_what_we_did, show_to_everybody, shown_to_everybody, take_down, tell_who_joined
from kept.stories.models import Heard, MeToo
from kept.stories.redacting import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(marlow) -> Heard:
    heard = hear_it("The boxes tear.", by=marlow.ines, now=marlow.clock.now)
    show_to_everybody(heard, by=marlow.ines, now=marlow.clock.now)
    return heard


@pytest.fixture
def john(marlow) -> Identity:
    marlow.john.fills_in_the_form("My box was torn, too.")
    return Identity.objects.get(value=marlow.john.address)


def mails_to_john(marlow) -> list[str]:
    deliver_what_waits(marlow.clock.now)
    return [mail.text for mail in marlow.post if mail.to.value == marlow.john.address and "This is what we did" in mail.text]


def test_nothing_stands_there_before_somebody_shows_it(marlow):
    heard = hear_it("The boxes tear.", by=marlow.ines, now=marlow.clock.now)
    assert not shown_to_everybody().exists()
    show_to_everybody(heard, by=marlow.ines, now=marlow.clock.now)
    assert shown_to_everybody().get() == heard
    take_down(heard, by=marlow.ines, now=marlow.clock.now)
    assert not shown_to_everybody().exists()


def test_an_entry_without_words_is_refused(marlow, heard):
    with pytest.raises(Refusal):
        hear_it("  ", by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Refusal):
        say_what_we_did(heard, " ", by=marlow.ines, now=marlow.clock.now)


def test_who_joins_is_told_once_when_it_is_done(marlow, heard, john):
    prove(john, at=marlow.clock.now)
    join(heard, address=marlow.john.address.upper(), name="", now=marlow.clock.now)
    join(heard, address=marlow.john.address, name="", now=marlow.clock.now)
    assert MeToo.objects.get().identity == john
    assert tell_who_joined(marlow.clock.now) == 0
    say_what_we_did(heard, "Thicker tape since Monday.", by=marlow.ines, now=marlow.clock.now)
    assert tell_who_joined(marlow.clock.now) == 1
    assert tell_who_joined(marlow.clock.now) == 0
    [mail] = mails_to_john(marlow)
    assert "The boxes tear." in mail and "Thicker tape since Monday." in mail


def test_an_address_that_nobody_has_proven_is_told_nothing(marlow, heard, john):
    join(heard, address=marlow.john.address, name="", now=marlow.clock.now)
    say_what_we_did(heard, "Thicker tape.", by=marlow.ines, now=marlow.clock.now)
    assert tell_who_joined(marlow.clock.now) == 0
    prove(john, at=marlow.clock.now)
    assert tell_who_joined(marlow.clock.now) == 1


def test_what_began_with_a_story_is_gone_with_it_from_the_page_and_from_every_mail_to_come(marlow, story, john):
    now = marlow.clock.now
    see(story, story.words, by=marlow.priya, now=now)
    write_down_what_they_said(story, scope="public", with_name=False, said="Yes.", by=marlow.priya, now=now)
    heard = hear_it(story.words, story=story, did="Thicker tape.", by=marlow.ines, now=now)
    show_to_everybody(heard, by=marlow.ines, now=now)
    prove(john, at=now)
    join(heard, address=marlow.john.address, name="", now=now)
    assert shown_to_everybody().exists()
    write_down_what_they_said(story, scope="", with_name=False, said="No longer.", by=marlow.priya, now=now)
    assert not shown_to_everybody().exists()
    assert tell_who_joined(now) == 0
    assert mails_to_john(marlow) == []
