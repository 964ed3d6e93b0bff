"""`/say-a-good-word`: as easy as a complaint, kept before we say thank you, and true about what happens next."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.intake.models import Arrival, Fate, Filed
from kept.lib.links import page_token
from kept.people.models import Employee
from kept.places.models import Brand
from kept.places.placing import add_place
from kept.recognition.models import Recognition
from kept.web.customer.tests.conftest import link_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/say-a-good-word"


def token_in(page) -> str:
    return str(re.findall(r'name="form_token" value="([a-z0-9]+)"', page.content.decode())[0])


def joans(**more: str) -> dict[str, str]:
    return {"words": "She rode all the way back for our lemonade.", "name": "Joan Petrie", "email": "joan@petrie.example", **more}


@pytest.fixture
def quay(marlow):
    marlow.hires_the_others()
    place = add_place("Quay Street kitchen", slug="quay", by=marlow.ines, now=marlow.clock.now)
    Employee.objects.filter(pk__in=[marlow.amira.pk, marlow.dana.pk]).update(place=place)
    return place


def test_at_a_place_stand_its_people_and_nobody_elses(quay, visitor):
    page = visitor.reads(f"{PAGE}?at=quay")
    assert "Who did well by you at Quay Street kitchen?" in page
    assert "Amira Haddad" in page and "Dana Okafor" in page and "Ben Castillo" not in page
    assert "May we show it on our wall?" in page


def test_without_a_place_no_list_of_everybody_is_shown_but_the_places(quay, visitor):
    page = visitor.reads(PAGE)
    assert "Amira" not in page and 'href="/say-a-good-word?at=quay"' in page


def test_whoever_is_chosen_has_it_before_the_thank_you_page_says_so(marlow, quay, visitor):
    sent = visitor.presses(f"{PAGE}?at=quay", **joans(who=str(marlow.amira.public_id), show="name"))
    assert sent.status_code == 303
    page = visitor.reads(sent["Location"])
    assert "It is with Amira Haddad." in page and "And with Ines Duarte" in page
    praise = Recognition.objects.get()
    assert praise.employee == marlow.amira and praise.consent == "name" and praise.wants_reply
    assert praise.words == "She rode all the way back for our lemonade." and praise.writer_name == "Joan Petrie"


def test_a_description_waits_and_the_page_claims_no_more(marlow, quay, visitor):
    sent = visitor.presses(f"{PAGE}?at=quay", **joans(who="", hint="the rider on Sunday, it was raining"))
    page = visitor.reads(sent["Location"])
    assert "We have your words, and look who it was." in page and "It is with" not in page
    assert Recognition.objects.get().state == "looking"


def test_somebody_who_was_not_offered_is_not_told_by_a_made_up_form(marlow, quay, visitor):
    visitor.presses(f"{PAGE}?at=quay", **joans(who=str(marlow.ben.public_id)))
    visitor.presses(f"{PAGE}?at=quay", **joans(who="nobody"))
    assert [praise.state for praise in Recognition.objects.all()] == ["looking", "looking"]


def test_it_is_one_more_contact_in_the_audit_with_an_owner_and_an_hour(marlow, quay, visitor):
    sent = visitor.presses(PAGE, **joans())
    case = Case.objects.get()
    assert Filed.objects.get().fate == Fate.MESSAGE and case.kind == "praise" and case.answer_due_at is not None
    assert f"You hear from {case.owner.known_as} by" in visitor.reads(sent["Location"])


def test_pressing_twice_is_one_good_word_and_another_one_is_another(quay, visitor):
    token = token_in(visitor.opens(PAGE))
    for _press in range(2):
        visitor.presses(PAGE, **joans(form_token=token))
    visitor.presses(PAGE, **joans(form_token=token, words="And he waited."))
    assert Message.objects.filter(is_theirs=True).count() == 2 and Arrival.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"words": ""}, "Say what they did, in your own words"),
        ({"email": "joan at petrie"}, "Write the address as in name@example.org"),
        ({"hint": "x" * 301}, "Say it in fewer than 300 letters"),
    ],
)
def test_a_mistake_costs_nobody_their_words(marlow, quay, visitor, typed, says):
    typed = joans(who=str(marlow.amira.public_id), hint="the rider") | typed
    answer = visitor.presses(f"{PAGE}?at=quay", **typed)
    page = text_of(answer)
    assert answer.status_code == 422 and says in page and "<title>Mistake:" in page
    assert typed["words"] in page and f'value="{marlow.amira.public_id}" checked' in page and 'value="Joan Petrie"' in page
    assert not Arrival.objects.exists()


def test_a_robot_that_fills_in_what_nobody_sees_is_set_aside(quay, visitor):
    visitor.presses(PAGE, **joans(website="http://spam.example"))
    assert Filed.objects.get().why == "robot" and not Recognition.objects.exists()


def test_from_their_own_page_they_see_whom_they_met_and_need_no_address(marlow, quay, visitor):
    case = marlow.john.mails("My pizza was cold.", subject="Cold pizza", is_proven=True)
    marlow.works()
    marlow.answers(case, "The next one is on us.", by=marlow.priya)
    own = link_in(marlow.post[-1]).removeprefix("/c/")
    page = visitor.reads(f"{PAGE}?from={own}")
    assert "The people you met lately." in page and "Priya Nair" in page and "Your e-mail address" not in page
    visitor.presses(f"{PAGE}?from={own}", words="She meant it.", who=str(marlow.priya.public_id))
    praise = Recognition.objects.get()
    assert praise.employee == marlow.priya and praise.customer == case.customer and praise.case != case


@pytest.mark.parametrize("made_up", ["x" * 55, "..", "%00"])
def test_a_made_up_own_page_is_not_there(quay, visitor, made_up):
    assert visitor.opens(f"{PAGE}?from={quote(made_up)}").status_code == 404


def test_a_receipts_link_tells_nobody_whom_its_customer_met(marlow, quay, visitor):
    marlow.john.fills_in_the_form("My pizza was cold.")
    token = page_token("receipt", Arrival.objects.latest("id").receipt)
    assert "The people you met lately." not in visitor.reads(f"{PAGE}?from={token}")


def test_a_closed_way_in_is_closed_and_opens_no_second_one(marlow, quay, visitor):
    ChannelAccount.objects.filter(kind="good_word").update(closed_at=marlow.clock.now)
    assert visitor.opens(PAGE).status_code == 404 and visitor.presses(PAGE, **joans()).status_code == 404
    assert ChannelAccount.objects.filter(kind="good_word").count() == 1
    assert "good word" not in visitor.reads("/")


def test_the_page_sets_no_cookie_needs_no_script_and_may_stand_in_a_frame(quay, visitor):
    page = visitor.opens(f"{PAGE}?at=quay")
    assert not page.cookies and "<script" not in page.content.decode() and "X-Frame-Options" not in page
    assert "frame-ancestors *" in page["Content-Security-Policy"]


def test_another_contacts_receipt_opens_no_thanks_for_a_good_word(marlow, visitor):
    marlow.john.fills_in_the_form("My pizza was cold.")
    token = page_token("receipt", Arrival.objects.latest("id").receipt)
    assert visitor.opens(f"{PAGE}/thanks/{token}").status_code == 404


def test_whoever_praised_and_whoever_complained_is_offered_the_very_same(marlow, visitor):
    Brand.objects.update(public_pages=[{"name": "Town guide", "url": "https://guide.example/marlow"}])

    def offered(sent) -> str:
        page = visitor.reads(sent["Location"])
        return page[page.index("If you want to tell others") : page.index("</main>")]

    good = offered(visitor.presses(PAGE, **joans()))
    bad = offered(visitor.presses("/to/contact", message="Cold again.", name="John", email="john@adeyemi.example"))
    about = f"{PAGE}/about/{page_token('employee', marlow.priya.public_id)}"
    worse = offered(visitor.presses(about, went="badly", words="She hung up on me."))
    assert good == bad == worse and "Town guide" in good and "https://guide.example/marlow" in good


class TestAboutOne:
    """The page at the foot of every answer and on everybody's card."""

    def at(self, who: Employee) -> str:
        return f"{PAGE}/about/{page_token('employee', who.public_id)}"

    def test_a_good_word_reaches_her_and_her_manager(self, marlow, visitor):
        page = visitor.reads(self.at(marlow.priya))
        assert "Did Priya Nair do well, or not?" in page and "Ines Duarte reads it, who leads Priya." in page
        sent = visitor.presses(self.at(marlow.priya), went="well", words="She rang back when she said she would.")
        assert "It is with Priya Nair." in visitor.reads(sent["Location"])
        assert Recognition.objects.get().employee == marlow.priya

    def test_a_complaint_goes_to_her_manager_and_says_so(self, marlow, visitor):
        sent = visitor.presses(self.at(marlow.priya), went="badly", words="She hung up on me.", email="john@adeyemi.example")
        page = visitor.reads(sent["Location"])
        assert "You hear from Ines Duarte by" in page and "It is with Priya" not in page
        assert Case.objects.get().owner == marlow.ines

    def test_whether_it_was_good_must_be_said_and_the_words_stay(self, marlow, visitor):
        answer = visitor.presses(self.at(marlow.priya), words="She rang back.")
        page = text_of(answer)
        assert answer.status_code == 422 and "Say whether it was good or not" in page and "She rang back." in page
        assert not Arrival.objects.exists()

    def test_neither_word_is_chosen_for_them(self, marlow, visitor):
        page = visitor.reads(self.at(marlow.priya))
        boxes = re.findall(r'<input type="radio" name="went"[^>]*>', page)
        assert len(boxes) == 2 and not any("checked" in box for box in boxes)

    def test_nobody_makes_up_such_a_page_and_who_left_has_none(self, marlow, visitor):
        assert visitor.opens(self.at(marlow.priya)[:-1]).status_code == 404
        assert visitor.opens(f"{PAGE}/about/{page_token('case', marlow.priya.public_id)}").status_code == 404
        Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
        assert visitor.opens(self.at(marlow.priya)).status_code == 404
