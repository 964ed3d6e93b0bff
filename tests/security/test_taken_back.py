"""A story taken back is gone from every address of the house within the same request: whatever page is added is walked, too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kept.accounts.models import SlaPolicy
from kept.causes.models import Cause
from kept.journeys.models import JourneyMap
from kept.lib.ids import new_id
from kept.lib.links import page_token
from kept.numbers.catalogue import CATALOGUE
from kept.people.identifying import prove
from kept.people.models import Employee, Identity, Team
from kept.people.tokens import make_token
from kept.promises.models import StandingPromise
from kept.remedies.models import Remedy
from kept.replies.delivering import deliver_what_waits
from kept.stories.asking_consent import answer
from kept.stories.choosing import choose, name_it, tell_our_side
from kept.stories.hearing import hear_it, join, say_what_we_did, show_to_everybody, tell_who_joined
from kept.stories.mailing import mail_stories, send_the_weeks_stories
from kept.stories.models import Consent, Story
from kept.stories.redacting import see
from kept.stories.theories import say, weigh
from tests.security.matrix import rows
from tests.security.world import World

pytestmark = pytest.mark.django_db
WORDS = "I am Mary Whitcombe, and your kestrel carried my box away."
SHOWN = "and your kestrel carried my box away"
TITLE = "The thieving falcon"
OURS = "Our nesting season began"
ASKED_MORE = {"stories": "?q=kestrel", "theory": "?q=kestrel", "api:list_stories": "?q=kestrel", "customer": "?q=kestrel"}
"""Where something can be looked for, it is looked for as well."""
SHOW_IT = {
    *("stories", "story", "story_card", "story_picture", "theory", "what_we_heard", "journey", "cause", "remedies"),
    *("heard", "told_stories", "me_too", "story_consent", "page", "house"),
    *("api:list_stories", "api:show_story", "api:list_heard"),
}
"""All that has something of a public story while it is one; kept so that the walk below cannot pass by walking past them."""
THEIR_OWN_MATTER = {"case", "message_original", "inbox", "page", "pulse", "figure", "figure_csv", "api:list_metric_stories"}
"""Here their words stand as what they wrote to us, for whoever answers them: taking back a story takes back no matter."""


@pytest.fixture
def told(world: World) -> Story:
    """Mary's story, told wherever a story can be told."""
    now, house = world.house.clock.now, world.house
    case = house.mary.mails(WORDS, subject="Kestrel", is_proven=True)
    word = case.messages.get(is_theirs=True)
    story = choose(word, title="Kestrel", by=house.ines, now=now, outcome="black")
    name_it(story, TITLE, by=house.ines, now=now)
    tell_our_side(story, ours=OURS, different="Nobody feeds it.", by=house.ines, now=now)
    see(story, story.words, by=house.ines, now=now)
    asked = Consent.objects.create(story=story, asked_at=now, asked_by=house.ines, words_shown=story.words)
    answer(asked, scope="public", with_name=True, now=now)
    story.refresh_from_db()
    world.asked = asked
    world.theory = say("The bird is hungry", by=house.ines, now=now)
    weigh(world.theory, story, speaks_for=True, by=house.ines, now=now)
    world.heard = hear_it(story.words, story=story, by=house.ines, now=now)
    show_to_everybody(world.heard, by=house.ines, now=now)
    for model in (Cause, Remedy, SlaPolicy, JourneyMap, StandingPromise):
        model.objects.update(began_with=story.about)
    return story


def addresses(world: World) -> list[tuple[str, str]]:
    """Every address that can be opened, with each number's name where it opens a number, and what may be looked for there."""
    found = []
    for row in rows():
        if row.method != "GET" or row.name in {"sign_in_link", "account_logout"}:
            continue
        path = world.path(row.name, "right")
        found += [(row.name, path), *([(row.name, path + ASKED_MORE[row.name])] if row.name in ASKED_MORE else [])]
        if row.name in {"figure", "figure_csv", "api:show_metric", "api:list_metric_stories"}:
            found += [(row.name, path.replace("first_answer", metric.name)) for metric in CATALOGUE]
        if row.name == "story_picture":
            found.append((row.name, path.replace("card.svg", "card.png")))
    return found


def holding(world: World, needles: tuple[str, ...]) -> set[str]:
    """The names of the addresses where a stranger, an employee, whoever leads, or a program reads one of these."""
    house, found = world.house, set()
    now = house.clock.now
    secret = make_token(f"for Ines {new_id()}", scopes=("read",), now=now, employee=house.ines)
    speaks_for_nobody = make_token(f"for nobody {new_id()}", scopes=("read",), now=now)
    browsers = [(Client(), {})]
    for who in (house.ben, house.ines):
        client = Client()
        client.force_login(who)
        browsers.append((client, {}))
    programs = [(Client(), {"Authorization": f"Bearer {one}"}) for one in (secret, speaks_for_nobody)]
    for name, path in addresses(world):
        for client, headers in programs if name.startswith("api:") else browsers:
            response = client.get(path, headers=headers)
            assert response.status_code < 500, (name, path)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            text = " ".join(content.decode(errors="replace").split())
            if any(needle in text for needle in needles) or (path.endswith("card.png") and content.startswith(b"\x89PNG")):
                found.add(name)
    return found


def test_what_is_taken_back_is_nowhere_from_that_moment(world, told):
    before = holding(world, (TITLE, SHOWN, OURS))
    assert before >= SHOW_IT, SHOW_IT - before
    answer(world.asked, scope="", with_name=False, now=world.house.clock.now)
    after = holding(world, (TITLE, SHOWN, OURS))
    assert after <= THEIR_OWN_MATTER, after - THEIR_OWN_MATTER
    assert holding(world, (TITLE, OURS)) == set(), "a story's name and our side of it are no words of their matter"


def test_no_mail_to_come_holds_it(world, told):
    now, house = world.house.clock.now, world.house
    Employee.objects.filter(pk__in=[house.priya.pk, house.ines.pk]).update(team=Team.objects.create(name="Care"))
    john = Identity.objects.get(value=house.john.address)
    prove(john, at=now)
    join(world.heard, address=house.john.address, name="", now=now)
    assert send_the_weeks_stories(now) == 1
    say_what_we_did(world.heard, "We put up a net.", by=house.ines, now=now)
    answer(world.asked, scope="", with_name=False, now=now)
    sent = len(house.post)
    mail_stories(now)
    tell_who_joined(now)
    send_the_weeks_stories(now + timedelta(days=7))
    mail_stories(now + timedelta(days=7))
    house.works()
    deliver_what_waits(now + timedelta(days=7))
    to_others = [mail for mail in house.post[sent:] if mail.to.value != house.mary.address]
    letters = [f"{mail.subject} {mail.text} {mail.html}" for mail in to_others]
    assert letters, "the walk through the mail met none"
    assert not [letter for letter in letters if SHOWN in " ".join(letter.split()) or TITLE in letter]


def test_the_same_letters_hold_it_while_it_may_be_read(world, told):
    now, house = world.house.clock.now, world.house
    Employee.objects.filter(pk=house.ines.pk).update(team=Team.objects.create(name="Care"))
    send_the_weeks_stories(now)
    mail_stories(now)
    assert any(TITLE in mail.text for mail in house.post)


def test_who_opens_the_page_of_the_asking_reads_that_it_is_gone(world, told):
    page = f"/story/{page_token('consent', world.asked.public_id)}"
    Client().post(page, {"far": "no"})
    assert SHOWN not in Client().get(page).content.decode()
