"""A house with something of everything, the people who might open it, and every address there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kept.accounts.opening import account_of_kind
from kept.cases.minding import give_duty
from kept.cases.models import Attached, Case, Message
from kept.cases.receiving import take_part
from kept.causes.gathering import gather
from kept.causes.opening import open_cause
from kept.demo.cast import Marlow
from kept.due.heartbeats import CLOCK, WORK, beat
from kept.files import keeping
from kept.intake.accepting import accept_here
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.journeys.keeping import draw
from kept.journeys.starting import start_from
from kept.letters.models import LetterReading
from kept.lib.letter_codes import letter_code
from kept.lib.links import page_token
from kept.observations.photos import keep_photo
from kept.observations.reporting import report
from kept.people.models import House
from kept.places.placing import add_place, add_touchpoint
from kept.promises.making import promise
from kept.promises.standing import Terms as Standing
from kept.promises.standing import add_standing
from kept.recognition.giving import write_down_praise
from kept.recognition.models import Recognition
from kept.remedies.giving import give
from kept.remedies.setting_up import Terms, add_remedy
from kept.replies.models import Letter
from kept.replies.whose_address import ask_whose_address
from kept.stories.asking_consent import ask, write_down_what_they_said
from kept.stories.choosing import choose
from kept.stories.hearing import hear_it, show_to_everybody
from kept.stories.models import Consent
from kept.stories.redacting import see
from kept.stories.theories import say
from kept.surveys.admitting import admit
from kept.surveys.models import Invitation, InvitationState, Survey
from kept.surveys.setting_up import set_up, usual_plan
from kept.web.public.survey_link import NOBODYS

PEOPLE = ("stranger", "other", "right", "colleague", "owner", "manager", "admin")
MADE_UP = "x" * 60
WITH_A_FILE = """Content-Type: multipart/mixed; boundary=cut

--cut
Content-Type: text/plain

The corner of the box is torn.
--cut
Content-Type: text/html; name="corner.html"
Content-Disposition: attachment; filename="corner.html"

<script>alert(1)</script>
--cut--
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001"
    "48afa471"
    "0000000049454e44ae426082"
)
"""One grey dot, as PNG."""
ROBOT = "Auto-Submitted: auto-generated\n"


class World:
    """Mary's matter, with John as another customer, and Ben as a colleague who has nothing to do with it."""

    def __init__(self, house: Marlow) -> None:
        self.house = house
        house.hires_the_others()
        with self.at_its_time():
            self.case = house.mary.mails("The corner of the box is torn.", subject="Box", is_proven=True)
            house.john.mails("My pizza came cold.", subject="Pizza", is_proven=True)
            self._file()
            house.works()
            self.promise = promise(
                self.case, "a new box", by=house.priya, due_at=house.clock.now + timedelta(days=2), now=house.clock.now
            )
            self.duty = give_duty(self.case, "ring", "Ring her", due_at=house.clock.now + timedelta(days=1), now=house.clock.now)
            self.cause = open_cause("The boxes tear", owner=house.priya, by=house.priya, now=house.clock.now)
            self.gathered = gather(self.cause, self.case, by=house.priya, now=house.clock.now)
            terms = Terms("your money back", house.ines, "GBP", limit_per_case=Decimal(20))
            self.remedy = add_remedy(terms, by=house.ines, now=house.clock.now)
            advert = Standing("A box that does not tear", house.clock.now.date() - timedelta(days=30))
            self.standing = add_standing(advert, by=house.ines, now=house.clock.now)
            name, drawn = start_from("pizza")
            self.map = draw(name, drawn, by=house.ines, now=house.clock.now)
            self.gift = give(self.case, self.remedy, amount=Decimal(5), by=house.priya, now=house.clock.now)
            self.read = self._letter()
            self._robot()
            self.forged = self._forged()
            for role in (WORK, CLOCK):
                beat(role, at=house.clock.now)
            house.harold.postal = "14 Weir Lane, Marlow"
            house.harold.is_written_down("letter", "There is nowhere to sit.", by=house.ben)
            self.letter = Letter.objects.get()
            self.form_case = house.grace.fills_in_the_form("Thank Amira for me.")
            self.survey = self._survey()
            self.place = add_place("Mill Lane counter", by=house.ines, now=house.clock.now)
            self.touchpoint = add_touchpoint("Delivery", customers_report=True, by=house.ines, now=house.clock.now)
            self.seen = report(
                "The hatch sticks.", by=house.ben, touchpoint=self.touchpoint, photo=keep_photo(DOT), now=house.clock.now
            )
            self.praise_case = house.grace.says_a_good_word("She waited for the light.", about=house.ben)
        self.looking = write_down_praise(
            "She walked me to the bus.", by=house.priya, employee=None, hint="green glasses", now=house.clock.now
        )
        self.praise = Recognition.objects.get(case=self.praise_case)
        self.participant = take_part(self.case, self.form_case.customer, is_confirmed=False)
        self.message = Message.objects.filter(case=self.case, is_theirs=True).earliest("id")

        self.asked = self._story()
        self.is_it_you = ask_whose_address(self.form_case, "grace@okoro.example", now=house.clock.now)

    def _story(self) -> Consent:
        """Priya chose Mary's words, read them, and asked her; she had said aloud that anybody may read them."""
        now, priya = self.house.clock.now, self.house.priya
        story = choose(self.message, title="The corner of the box", by=priya, now=now)
        see(story, story.words, by=priya, now=now)
        asked = ask(story, by=priya, now=now)
        write_down_what_they_said(story, scope="public", with_name=True, said="Yes, tell everybody.", by=priya, now=now)
        self.theory = say("The tape is too thin", by=priya, now=now)
        self.heard = hear_it("The boxes tear", by=priya, now=now)
        show_to_everybody(self.heard, by=priya, now=now)
        House.objects.update(heard_is_public=True, stories_are_public=True)
        self.house.grace.tells_a_story("Somebody walked me to the bus.", ending="well")
        return asked

    def _survey(self) -> Survey:
        """Mary and John were asked how it was."""
        now, people = self.house.clock.now, [self.house.priya]
        survey = set_up(usual_plan("nps", name="How was it?", people=people), by=self.house.ines, now=now)
        for case in (self.case, Case.objects.get(customer__name=self.house.john.name)):
            row = admit(survey, case.customer, occasion_key=f"world:{case.pk}", about="your order", at=now, now=now)
            Invitation.objects.filter(pk=row.pk).update(state=InvitationState.SENT, version=survey.versions.get(), sent_at=now)
        by_link = set_up(usual_plan("ces", name="How easy was it?", people=people), by=self.house.ines, now=now)
        Survey.objects.filter(pk=by_link.pk).update(slug="by-link", occasion="link", opened_at=now)
        return survey

    def _file(self) -> None:
        body = f"From: {self.house.mary.address}\nTo: help@marlow.example\nSubject: Box\nMessage-ID: <f@f>\n{WITH_A_FILE}"
        envelope = {"mail_from": self.house.mary.address, "rcpt_to": "help@marlow.example"}
        assert self.house.receives(self.house.mailbox, body.encode(), envelope) == self.case

    def _letter(self) -> LetterReading:
        """A page of Mary's, as it stands when a machine has read it."""
        self.house.gets_paper(DOT, case=self.case)
        drawn = keeping.keep(DOT)
        read = {"text": "The corner is torn.", "pictures": [drawn], "searchable": drawn, "next_try_at": None}
        LetterReading.objects.update(read_at=self.house.clock.now, **read)
        return LetterReading.objects.get()

    def _robot(self) -> None:
        try:
            self.house.samir.mails("I am away.", subject="Away", headers=ROBOT)
        except LookupError:
            return
        raise AssertionError("a robot is no customer")

    def _forged(self) -> Arrival:
        moment = self.house.clock.now
        door = account_of_kind("program", now=moment)
        receipt = accept_here(door, b"{}", {}, key="", reached_us_at=moment, state=ArrivalState.QUARANTINED)
        return Arrival.objects.get(pk=receipt.arrival_id)

    @contextmanager
    def at_its_time(self) -> Iterator[None]:
        with time_machine.travel(self.house.clock.now, tick=False):
            yield

    def client_of(self, who: str, *, checks_csrf: bool = False) -> Client:
        """Their browser. Customers and strangers have no account."""
        client = Client(enforce_csrf_checks=checks_csrf)
        house = self.house
        employees = {"colleague": house.ben, "owner": house.priya, "manager": house.dana, "admin": house.ines}
        if who in employees:
            client.force_login(employees[who])
        return client

    def path(self, name: str, who: str) -> str:
        """The address with real ids in it, and with the link that this person holds: a stranger made one up."""
        return reverse(name, kwargs={part: self._value(name, part, who) for part in parts_of(name)})

    def _value(self, name: str, part: str, who: str) -> object:
        house = self.house
        if part == "token":
            return self._token(name, who)
        if part == "code":
            return MADE_UP if who == "stranger" else letter_code(self.letter.pk)
        if part in {"case_id", "message_id"} and name.startswith("letter"):
            return (self.letter.message.case if part == "case_id" else self.letter.message).public_id
        return {
            "slug": "by-link" if name.startswith("survey_at") else house.form.slug,
            "kind": "message" if name == "story_choose" else "email",
            "key": "delivered",
            "pk": 1,
            "id": self._api_id(name),
            "case_id": self.case.public_id,
            "message_id": self.message.public_id,
            "promise_id": self.promise.public_id,
            "cause_id": self.cause.public_id,
            "gathered_id": self.gathered.pk,
            "participant_id": self.participant.pk,
            "receipt": self.forged.receipt,
            "duty_id": self.duty.pk,
            "remedy_id": self.remedy.pk,
            "standing_id": self.standing.public_id,
            "gift_id": self.gift.public_id,
            "file_id": Attached.objects.earliest("id").pk,
            "filed_id": Filed.objects.filter(fate=Fate.SET_ASIDE).earliest("id").pk,
            "person_id": house.ben.public_id,
            "account_id": house.mailbox.public_id,
            "token_id": 1,
            "praise_id": (self.looking if name in {"recognition_it_was", "recognition_no_praise"} else self.praise).public_id,
            "place_id": self.place.pk,
            "touchpoint_id": self.touchpoint.pk,
            "point": self.touchpoint.key,
            "thing": self.seen.about,
            "seen_id": self.seen.public_id,
            "survey_id": self.survey.public_id,
            "measure": "nps",
            "name": "first_answer",
            "theory_id": self.theory.public_id,
            "heard_id": self.heard.public_id,
            "reading_id": self.read.public_id,
            "page": 1,
            "story_id": self.asked.story.public_id,
            "said_id": self.message.public_id,
            "form": "svg" if name in {"journey_flow", "story_picture"} else "csv",
            "map_id": self.map.public_id,
        }[part]

    def _api_id(self, name: str) -> str:
        things = {
            "survey": self.survey,
            "message": self.message,
            "promise": self.promise,
            "customer": self.case.customer,
            "show_cause": self.cause,
            "observation": self.seen,
            "show_story": self.asked.story,
            "show_journey": self.map,
            "say_who_it_was": self.looking,
        }
        found = next((thing for word, thing in things.items() if word in name), self.case)
        return str(found.public_id)

    def _token(self, name: str, who: str) -> str:
        if who == "stranger" or name == "sign_in_link":
            return MADE_UP
        if name == "small_thing_thanks":
            return page_token("observation", self.seen.public_id)
        if name == "it_is_me":
            return page_token("same", self.is_it_you.public_id)
        if name == "go_on":
            return page_token("go-on", (self.form_case if who == "other" else self.case).public_id)
        if name == "story_consent":
            return page_token("consent", self.asked.public_id)
        if name == "about_one":
            return page_token("employee", self.house.ben.public_id)
        if name == "own_story_thanks":
            return page_token("receipt", Arrival.objects.filter(account__kind="own_story").latest("id").receipt)
        if name in {"thanks", "good_word_thanks"}:
            case = self.form_case if name == "thanks" else self.praise_case
            word = Message.objects.filter(case=case, is_theirs=True).earliest("id")
            return page_token("receipt", Arrival.objects.get(pk=word.arrival_id).receipt)
        address = self.house.john.address if who == "other" else self.house.mary.address
        if name == "survey_at_thanks":
            return page_token("answered", NOBODYS)
        if name.startswith("survey"):
            return page_token("survey", Invitation.objects.get(identity__value=address).public_id)
        return self.mailed_link(address)

    def mailed_link(self, address: str) -> str:
        """The link to the page as it stood in the last mail to this address."""
        ours = Message.objects.filter(identity__value=address, is_theirs=False).select_related("case").latest("id")
        return page_token("message", ours.public_id, ours.case.page_version)


def every_url() -> dict[str, str]:
    """name -> pattern, of everything that the URL conf answers."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(patterns: list[URLPattern | URLResolver], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, f"{before}{pattern.pattern}", inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", f"{before}{pattern.pattern}"


def parts_of(name: str) -> list[str]:
    """The names of the parts that change in this address."""
    pattern = every_url()[name]
    return [piece.partition(">")[0].rpartition(":")[2] for piece in pattern.split("<")[1:]]
