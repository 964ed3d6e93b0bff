"""Mary by form, in public, by mail, by phone and by letter: one person, one matter, one clock, and no way to say nothing."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kept.accounts.opening import add_account, open_account
from kept.accounts.translating import channel_of
from kept.channels.mastodon.tests.counterpart import a_mastodon_server
from kept.doors.feed import collect
from kept.intake.accepting import rest

pytestmark = pytest.mark.django_db(transaction=True)
HANDLE = "mary@tooter.example"


@pytest.fixture
def there(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with a_mastodon_server() as server:
        yield server
    rest()


@pytest.fixture
def account(marlow, there):
    added = add_account("mastodon", name="Mastodon", now=marlow.clock.now, settings=there.settings).account
    open_account(added, by=marlow.ines, now=marlow.clock.now)
    return added


class Told:
    """Mary's browser, Priya's desk and the place where everybody reads along; nothing here looks into the house."""

    def __init__(self, story, there, account) -> None:
        self.story, self.there, self.account = story, there, account

    def she_posts(self, text: str, *, answers: str = "") -> str:
        """In public; Kept asks the place a moment later."""
        house = self.story.house
        id = self.there.says(HANDLE, text, at=house.clock.now.isoformat(), name="Mary W.", answers=answers)
        self.account.refresh_from_db()
        with time_machine.travel(house.clock.now, tick=False):
            collect(self.account, channel_of(self.account), threading.Event())
        self.story.goes_by(minutes=1)
        return id

    def she_presses(self, path: str, **fields: str):
        """A button on a page behind a link."""
        with time_machine.travel(self.story.house.clock.now, tick=False):
            answer = Client().post(path, fields)
        assert answer.status_code < 400, answer.content.decode()
        return answer

    def she_reads(self, path: str) -> str:
        with time_machine.travel(self.story.house.clock.now, tick=False):
            answer = Client().get(path)
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())

    def we_press(self, who, path: str, **fields: str) -> str:
        """At the desk; where it leads to."""
        client = Client()
        with time_machine.travel(self.story.house.clock.now, tick=False):
            client.force_login(who)
            answer = client.post(path, fields)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    def we_read(self, who, path: str) -> str:
        client = Client()
        with time_machine.travel(self.story.house.clock.now, tick=False):
            client.force_login(who)
            return client.get(path).content.decode()

    def write_down(self, who, medium: str, text: str, **more: str) -> None:
        """By the page for it."""
        self.we_press(who, "/desk/write-down", medium=medium, text=text, **more)

    @property
    def open_cases(self) -> list[dict]:
        return self.story.api("/cases?state=open&sort=opened")["items"]

    def whole(self, case: dict) -> dict:
        return self.story.api(f"/cases/{case['id']}")


@pytest.fixture
def told(story, there, account) -> Told:
    return Told(story, there, account)


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written.replace("Z", "+00:00"))


def test_mary_by_form_in_public_by_mail_by_phone_and_by_letter(marlow, story, told, there):
    mary, priya = marlow.mary, marlow.priya

    # By form. She hears who has it and by when, and nobody answers.
    mary.fills_in_the_form("Two weeks ago I ordered six chairs. Where are they?", wish="The chairs by Friday")
    story.goes_by(minutes=1)
    [form] = told.open_cases
    began = form["silent_since"]
    assert "this is Priya" in story.mails_to(mary.address)[0]
    assert f"If not, {marlow.ines.name} is told that minute." in story.mails_to(mary.address)[0]
    story.goes_by(days=1, step=timedelta(minutes=30))
    assert any("chairs" in mail for mail in story.mails_to(marlow.ines.email)), "silence is no longer between the two of them"
    assert "and you have not" in told.she_reads(re.search(r"/c/[a-z0-9]+", marlow.post[0].text)[0])

    # In public, under a name that nobody here knows.
    asked = told.she_posts("does anybody at Marlow read what their customers write?")
    post = next(case for case in told.open_cases if case["media"] == ["post"])
    assert post["customer"]["identities"] == [["mastodon", HANDLE]]
    assert moment(post["answer_due_at"]) - marlow.clock.now <= timedelta(hours=1, minutes=15), "public words have an hour"
    assert "does anybody at Marlow read" in told.we_read(priya, "/desk/said-in-public")

    # "By mail, please": a word under her post, and the way to her own page by a private message.
    reply = {"answers": False, "despite": ["all"], "promises": []}
    story.api(f"/cases/{post['id']}/replies", {**reply, "text": "Mary, I read it. I write to you in private.", "medium": "post"})
    story.api(f"/cases/{post['id']}/replies", {**reply, "text": "By mail, please: name your address.", "medium": "chat"})
    story.goes_by(minutes=1)
    ours = [one for one in there.posts.values() if one["account"]["acct"] == "marlow"]
    in_public, in_private = (next(one["content"] for one in ours if one["visibility"] == how) for how in ("public", "direct"))
    assert "/c/" not in in_public and mary.address not in in_public
    assert told.whole(post)["silent_since"] is not None, "neither of these is an answer"
    link = re.search(r"/c/[a-z0-9]+", in_private)[0]
    assert "chairs" not in told.she_reads(link), "her handle does not open what she wrote by form"

    # She names her address there, and says in her mailbox that it is she.
    told.she_presses(f"{link}/by-mail", email=mary.address)
    story.goes_by(minutes=1)
    assert len(told.open_cases) == 2 and told.whole(post)["customer"]["id"] != form["customer"]["id"]
    question = re.search(r"/same/[a-z0-9]+", marlow.post[-1].text)[0]
    assert f"Are you {HANDLE}?" in told.she_reads(question)
    told.she_presses(question)
    assert {case["customer"]["id"] for case in told.open_cases} == {form["customer"]["id"]}
    known = dict(map(reversed, told.whole(form)["customer"]["identities"]))
    assert {known[HANDLE], known[mary.address]} == {"mastodon", "email"}

    # Whether it is the same matter, a person says, and sees first what becomes of it.
    assert "Two weeks ago I ordered six chairs" in told.we_read(priya, f"/desk/cases/{post['id']}/belonging")
    told.we_press(priya, f"/desk/cases/{post['id']}/belonging/join", other=form["id"])
    [one] = told.open_cases
    assert (one["id"], one["media"], one["silent_since"]) == (form["id"], ["form", "post"], began)

    # By mail, by phone, by letter. The clock does not care.
    mary.mails("As you asked: my order has the number 4471.", subject="", is_proven=True)
    story.goes_by(minutes=1)
    told.write_down(priya, "phone", "She asks whether Friday is possible.", phone=mary.phone, case=one["id"])
    told.write_down(marlow.ines, "letter", "Please find a copy of my order enclosed.", name=mary.name, case=one["id"])
    story.goes_by(minutes=1)
    told.she_posts("I wrote, I rang, I sent a letter.", answers=asked)
    [one] = told.open_cases
    assert one["media"] == ["form", "post", "email", "phone", "letter"]
    assert one["silent_since"] == began, "seven words by five ways, one silence"
    assert story.audit["waiting_late"] == 6

    # One answer ends the silence, and her page has the whole of it.
    text = "Dear Mary, the six chairs come on Friday at ten, and I ring you when they are on the van."
    story.api(f"/cases/{one['id']}/replies", {"text": text, "answers": True, "despite": ["all"], "promises": []})
    story.goes_by(minutes=1)
    [one] = told.open_cases
    assert one["silent_since"] is None and story.audit["answered"] == 6 and story.audit["waiting_late"] == 0
    assert "six chairs come on Friday" in story.mails_to(mary.address)[-1]
    page = story.reads_their_page(mary)
    for words in ("I ordered six chairs", "does anybody at Marlow read", "number 4471", "whether Friday", "copy of my order"):
        assert words in page or words.capitalize() in page
    story.presses(mary, solved="yes")
    ended = told.whole(form)
    assert (ended["state"], ended["outcome"], ended["reach"]) == ("ended", "white", ended["reach"])
    assert story.happened("cases_joined") and story.happened("customers_joined")


def test_a_stranger_who_follows_the_public_link_is_not_mary_and_reads_nothing(marlow, story, told, there):
    told.she_posts("does anybody at Marlow read what their customers write?")
    [post] = told.open_cases
    link = re.search(r"/go-on/[a-z0-9]+", told.we_read(marlow.priya, f"/desk/cases/{post['id']}"))[0]
    said = f"Mary, please write to us here: {link}"
    story.api(f"/cases/{post['id']}/replies", {"text": said, "answers": False, "despite": ["all"], "medium": "post"})
    story.goes_by(minutes=1)
    assert "does anybody" not in told.she_reads(link)
    receipt = told.she_presses(link, message="Give me her order number.", email="nosy@example.org")["Location"]
    story.goes_by(minutes=1)
    assert "does anybody" not in told.she_reads(receipt)
    [case] = told.open_cases
    assert case["customer"]["identities"] == [["mastodon", HANDLE]] and case["silent_since"] == post["silent_since"]
    mails = story.mails_to("nosy@example.org")
    assert len(mails) == 1 and "does anybody" not in mails[0]
    assert any("belong to this" in event["says"] for event in story.happened("duty_given"))
