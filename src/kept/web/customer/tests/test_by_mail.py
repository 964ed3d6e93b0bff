"""“By mail, please”: from a post that everybody reads to words that nobody else does, and nobody gets what is not theirs."""

import json
import re

import pytest

from kept.accounts.opening import add_account, open_account
from kept.cases.models import Case, Duty, Message, MessageKind, Participant
from kept.intake import accepting
from kept.lib.links import page_token
from kept.people.models import Customer, Identity
from kept.replies.delivering import deliver_what_waits
from kept.replies.posting import way_to_private
from kept.replies.sending import Reply, reply
from kept.timeline.models import Event
from kept.web.customer.tests.conftest import text_of
from kept.web.desk.tests import conftest as desk

pytestmark = pytest.mark.django_db(transaction=True)
seat = desk.seat
ADDRESS = "mary.whitcombe@brightdental.example"


@pytest.fixture(autouse=True)
def written_down():
    yield
    accepting.rest()


@pytest.fixture
def account(marlow):
    settings = {"server": "https://mastodon.example", "address": "@marlow@mastodon.example", "token": "secret"}
    added = add_account("mastodon", name="Mastodon", now=marlow.clock.now, settings=settings).account
    open_account(added, by=marlow.ines, now=marlow.clock.now)
    open_account(marlow.mailbox, by=marlow.ines, now=marlow.clock.now)
    return added


def posts(marlow, account, text, *, who="mary@tooter.example", number="7"):
    at = marlow.clock.now.isoformat()
    writer = {"acct": who, "display_name": "M.", "followers_count": 3}
    status = {
        "id": number,
        "uri": f"https://t/{number}",
        "created_at": at,
        "account": writer,
        "content": text,
        "visibility": "public",
    }
    told = {"id": number, "type": "mention", "created_at": at, "account": writer, "status": status}
    return marlow.receives(account, json.dumps(told).encode(), {"feed": "mentions"})


def whispered(marlow, case):
    """The link in the private message that went to the handle."""
    said = Reply("By mail, please.", kind=MessageKind.SIGN_OF_LIFE, medium="chat")
    sent = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    return f"/c/{page_token('message', sent.public_id, case.page_version)}"


def question(marlow):
    """The link of the last mail that asked whose mailbox it is."""
    deliver_what_waits(marlow.clock.now)
    return found(r"/same/[a-z0-9]+", marlow.post[-1].text)


def found(pattern, text):
    """What stands there."""
    match = re.search(pattern, text)
    assert match is not None, text
    return match[match.lastindex or 0]


@pytest.fixture
def case(marlow, account):
    return posts(marlow, account, "Does anybody read what your customers write?")


def test_her_handle_and_her_mailbox_are_one_customer_once_she_said_so_in_both(marlow, case, visitor):
    link = whispered(marlow, case)
    page = text_of(visitor.presses(f"{link}/by-mail", email=ADDRESS))
    assert "A mail is on its way there." in page and "Does anybody read" in page
    assert Customer.objects.count() == 2, "typed is not proven"
    answer = visitor.presses(question(marlow))
    assert answer.status_code == 303 and "Does anybody read" in visitor.reads(answer["Location"])
    case.refresh_from_db()
    known = dict(case.customer.identities.values_list("value", "proven_at"))
    assert set(known) == {"mary@tooter.example", ADDRESS} and all(known.values())
    marlow.mary.mails("My order is 4471.", subject="", is_proven=True)
    assert Case.objects.count() == 1 and Message.objects.filter(is_theirs=True).count() == 2
    case.refresh_from_db()
    assert case.silent_since == case.messages.earliest("id").at, "one clock, from her first word"
    assert visitor.presses(f"{link}/by-mail", email="x").status_code == 422
    assert Event.objects.get(kind="customers_joined").by == f"customer:{case.customer_id}"


def test_what_she_had_written_by_form_before_is_hers_too_and_a_person_says_that_it_is_one_matter(marlow, account, visitor, seat):
    form = marlow.mary.fills_in_the_form("Where are my chairs?")
    post = posts(marlow, account, "Does anybody read what your customers write?")
    assert form.pk != post.pk and form.customer_id != post.customer_id
    visitor.presses(f"{whispered(marlow, post)}/by-mail", email=ADDRESS)
    visitor.presses(question(marlow))
    assert Case.objects.filter(customer=form.customer_id).count() == 2
    post.refresh_from_db()
    assert Duty.objects.filter(case=post, kind="same_matter", done_at__isnull=True).exists()
    priya = seat(marlow.priya)
    page = f"/desk/cases/{post.public_id}/belonging"
    assert "Where are my chairs?" in priya.sees(page)
    assert priya.posts(f"{page}/join", {"other": str(form.public_id)})["Location"] == f"/desk/cases/{form.public_id}"
    post.refresh_from_db(), form.refresh_from_db()
    assert (post.joined_into, form.media) == (form, "form post")
    assert not Duty.objects.filter(kind="same_matter", done_at__isnull=True).exists()


def test_whoever_types_the_address_of_another_gets_nothing_of_theirs_now_or_later(marlow, account, visitor):
    marys = marlow.mary.mails("Where are my chairs?", subject="Chairs", is_proven=True)
    thief = posts(marlow, account, "hello", who="thief@tooter.example")
    link = whispered(marlow, thief)
    visitor.presses(f"{link}/by-mail", email=ADDRESS)
    asked = question(marlow)
    assert "thief@tooter.example" in marlow.post[-1].text and "chairs" not in marlow.post[-1].text.lower()
    assert "Are you thief@tooter.example?" in visitor.reads(asked)
    marlow.mary.mails("And my desk?", subject="Desk", is_proven=True)
    page = visitor.reads(link)
    assert "chairs" not in page and "desk" not in page
    assert Identity.objects.get(value=ADDRESS).customer == marys.customer
    assert thief.customer_id != marys.customer_id and not Participant.objects.filter(case=thief, customer=marys.customer).exists()


def test_an_unknown_address_that_was_only_typed_brings_its_owner_to_nobodys_page(marlow, account, visitor):
    thief = posts(marlow, account, "hello", who="thief@tooter.example")
    link = whispered(marlow, thief)
    visitor.presses(f"{link}/by-mail", email=ADDRESS)
    mail = marlow.mary.mails("My account number is 12345.", subject="", is_proven=True)
    assert mail.pk != thief.pk and "12345" not in visitor.reads(link)


def test_the_question_is_for_nobody_else_and_not_for_ever(marlow, case, visitor):
    link = whispered(marlow, case)
    assert visitor.presses(link.replace("/c/", "/same/")).status_code == 404
    visitor.presses(f"{link}/by-mail", email=ADDRESS)
    asked = question(marlow)
    assert visitor.opens(asked.replace("/same/", "/c/")).status_code == 404
    marlow.clock.forward(days=8)
    assert visitor.presses(asked).status_code == 409
    assert Customer.objects.count() == 2


def test_a_mailbox_that_several_people_read_is_joined_by_a_person_only(marlow, case, visitor):
    marlow.mary.mails("Hello", is_proven=True)
    Identity.objects.filter(value=ADDRESS).update(is_shared=True)
    visitor.presses(f"{whispered(marlow, case)}/by-mail", email=ADDRESS)
    assert visitor.presses(question(marlow)).status_code == 409 and Customer.objects.count() == 2
    assert Identity.objects.get(value=ADDRESS).customer != case.customer


def test_nobody_is_bombed_with_questions_and_what_was_typed_is_still_there(marlow, case, visitor):
    link = whispered(marlow, case)
    for _time in range(2):
        assert visitor.presses(f"{link}/by-mail", email=ADDRESS).status_code == 200
    third = visitor.presses(f"{link}/by-mail", email="other@example.org")
    assert third.status_code == 422 and 'value="other@example.org"' in text_of(third)
    assert visitor.presses(f"{link}/by-mail", email="nonsense").status_code == 422
    assert visitor.presses(f"{link}/by-mail", email="help@marlow.example").status_code == 422
    assert Message.objects.filter(kind=MessageKind.IS_IT_YOU).count() == 2


class TestTheLinkInPublic:
    """Anybody may follow it."""

    @pytest.fixture
    def link(self, case):
        return way_to_private(case).partition("testserver")[2] or way_to_private(case)[way_to_private(case).index("/go-on/") :]

    def write(self, visitor, link, **more):
        said = {"message": "I am the one who wrote. My order is 4471.", "email": "who@example.org", "name": "M."}
        return visitor.presses(link, **said | more)

    def test_it_shows_nothing_of_the_matter(self, link, visitor):
        page = visitor.reads(link)
        assert "Priya" in page and "Does anybody read" not in page and "mary@tooter.example" not in page

    def test_who_follows_it_is_somebody_whom_a_person_has_to_know_and_sees_no_words(self, marlow, case, link, visitor):
        answer = self.write(visitor, link)
        receipt = visitor.reads(answer["Location"])
        assert answer.status_code == 303 and "Does anybody read" not in receipt
        word = Message.objects.get(text__startswith="I am the one")
        assert word.case == case and word.customer != case.customer
        assert not Participant.objects.get(case=case, customer=word.customer).is_confirmed
        assert Duty.objects.filter(case=case, kind="confirm_participant").exists()
        deliver_what_waits(marlow.clock.now)
        [mail] = [one for one in marlow.post if one.to.value == "who@example.org"]
        assert "Does anybody read" not in mail.text and "4471" not in mail.text
        inside = visitor.reads(found(r"/c/[a-z0-9]+", mail.text))
        assert "Does anybody read" not in inside and "4471" not in inside

    def test_what_a_stranger_adds_by_their_receipt_or_mail_stays_theirs(self, marlow, case, link, visitor):
        receipt = self.write(visitor, link)["Location"]
        deliver_what_waits(marlow.clock.now)
        mailed = found(r"/c/[a-z0-9]+", marlow.post[-1].text)
        for page in (receipt, mailed):
            assert visitor.presses(f"{page}/add", text=f"And this by {page[:9]}").status_code == 303
        added = Message.objects.filter(text__startswith="And this")
        assert added.count() == 2 and {one.customer.identities.get().value for one in added} == {"who@example.org"}
        assert visitor.presses(mailed, solved="yes").status_code == 409, "a stranger ends nothing"

    def test_without_an_address_nobody_would_know_whose_words_they_are(self, case, link, visitor):
        page = self.write(visitor, link, email="")
        assert page.status_code == 422 and "My order is 4471." in text_of(page)
        assert Message.objects.filter(is_theirs=True).count() == 1

    def test_a_person_says_that_it_is_she_and_can_take_it_back(self, marlow, case, link, visitor, seat):
        self.write(visitor, link)
        stranger = Customer.objects.get(identities__value="who@example.org")
        priya, page = seat(marlow.priya), f"/desk/cases/{case.public_id}/belonging"
        assert "who@example.org" in priya.sees(page)
        assert priya.posts(f"{page}/same", {"customer": str(stranger.public_id)}).status_code == 302
        assert set(case.customer.identities.values_list("value", flat=True)) == {"mary@tooter.example", "who@example.org"}
        assert not Duty.objects.filter(kind="confirm_participant", done_at__isnull=True).exists()
        seen = priya.sees(page)
        joining = found(r'name="joining" value="(\d+)"', seen)
        assert priya.posts(f"{page}/part", {"joining": joining}).status_code == 302
        assert Identity.objects.get(value="who@example.org").customer == stranger
        assert not Participant.objects.get(case=case, customer=stranger).is_confirmed

    def test_nobody_is_joined_whom_nobody_looked_for(self, marlow, case, seat):
        johns = marlow.john.mails("Cold pizza", is_proven=True)
        priya, page = seat(marlow.priya), f"/desk/cases/{case.public_id}/belonging"
        assert priya.posts(f"{page}/same", {"customer": str(johns.customer.public_id)}).status_code == 409
        looked_up = {"customer": str(johns.customer.public_id), "address": marlow.john.address}
        assert marlow.john.address in priya.sees(f"{page}?address={marlow.john.address}")
        assert priya.posts(f"{page}/same", looked_up).status_code == 302
        assert case.customer.identities.filter(value=marlow.john.address).exists()

    def test_once_older_links_are_invalid_it_leads_nowhere(self, case, link, visitor):
        Case.objects.filter(pk=case.pk).update(page_version=2)
        assert visitor.opens(link).status_code == 404
