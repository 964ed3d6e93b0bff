"""The customer's page: all of it for the right person, a receipt for others, no page without a link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kept.cases.models import Duty, Message
from kept.cases.page_reads import PageRead
from kept.intake.models import Arrival
from kept.lib.links import page_token
from kept.outcomes.hearing import hear
from kept.outcomes.models import Verdict
from kept.people.models import Identity
from kept.promises.holding import hold
from kept.promises.making import promise
from kept.promises.standing import Terms, add_standing
from kept.web.customer.tests.conftest import link_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)
COLD = "Cold again. I would quite like somebody to tell me why."


@pytest.fixture
def johns(marlow):
    """John's matter, answered, and the link in the answer to his proven address."""
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.works()
    marlow.clock.forward(hours=2)
    marlow.answers(case, "Hello John,\n\nthe zip on the bag was broken. It is mended.\n\nPriya Nair", by=marlow.priya)
    case.refresh_from_db()
    return case


@pytest.fixture
def link(johns, marlow):
    return link_in(marlow.post[-1])


def rows() -> tuple[object, ...]:
    return (
        Message.objects.count(),
        Arrival.objects.count(),
        Verdict.objects.count(),
        list(Identity.objects.order_by("pk").values_list("proven_at", flat=True)),
    )


def test_the_page_shows_who_has_it_what_was_said_and_what_was_promised(marlow, johns, link, visitor):
    friday = marlow.clock.now + timedelta(days=4)
    promise(johns, "a hot pizza on the house", by=marlow.priya, due_at=friday, now=marlow.clock.now)
    page = visitor.reads(link)
    assert "Priya Nair is looking after you." in page
    assert COLD in page
    assert "the zip on the bag was broken" in page
    assert "A hot pizza on the house, by Friday 5 June, 11:00" in page
    assert "Is it solved, John?" in page
    assert "For John Adeyemi" in page


def test_a_promise_kept_early_says_by_how_much(link, visitor):
    assert "Kept, 5 hours and 59 minutes before the hour we gave." in visitor.reads(link)


def test_without_an_answer_in_time_the_page_says_so_and_who_was_told(marlow, visitor):
    marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.works()
    mailed = link_in(marlow.post[0])
    assert "You hear from Priya Nair by Monday 1 June, 17:00." in visitor.reads(mailed)
    marlow.clock.forward(days=1)
    assert "was told that minute" not in visitor.reads(mailed), "nobody was told while the house itself stood still"
    marlow.works()
    page = visitor.reads(mailed)
    assert "You should have heard from Priya Nair by Monday 1 June, 17:00, and you have not." in page
    assert "Ines Duarte was told that minute." in page
    assert "Not kept so far. We owe you this." in page


def test_in_a_house_of_one_the_page_itself_says_that_the_word_is_broken(marlow, visitor):
    marlow.house.__class__.objects.update(duty_manager=marlow.priya, head=marlow.priya)
    type(marlow.priya).objects.update(manager=None)
    marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.works()
    mailed = link_in(marlow.post[0])
    assert "If not, this page will say so." in visitor.reads(mailed)
    marlow.clock.forward(days=1)
    assert "We broke our word." in visitor.reads(mailed)


def test_opening_the_page_changes_nothing(link, visitor):
    before = rows()
    for _time in range(3):
        visitor.opens(link)
        visitor.at(lambda: visitor.client.head(link))
    assert rows() == before
    for act in ("add", "show", "link", "forget"):
        assert visitor.opens(f"{link}/{act}").status_code == 405


def test_yes_ends_it_white_and_the_page_says_so(johns, link, visitor):
    done = visitor.presses(link, solved="yes", say="Thank you.")
    assert (done.status_code, done["Location"]) == (303, link)
    johns.refresh_from_db()
    assert (johns.outcome, johns.outcome_reason, johns.is_open) == ("white", "said", False)
    page = visitor.reads(link)
    assert "You said that it is solved." in page
    assert "Is it solved" not in page
    assert "It goes on: write to us" in page


def test_pressing_yes_twice_is_one_verdict(johns, link, visitor):
    assert [visitor.presses(link, solved="yes").status_code for _time in range(2)] == [303, 303]
    assert Verdict.objects.count() == 1


def test_no_not_yet_goes_on_with_their_words_and_the_manager_is_told(marlow, johns, link, visitor):
    assert visitor.presses(link, solved="no", say="It still leaks.").status_code == 303
    johns.refresh_from_db()
    assert (johns.is_open, johns.noes) == (True, 1)
    assert Message.objects.filter(case=johns, is_theirs=True, text="It still leaks.").exists()
    assert marlow.ines.notices.filter(kind="not_yet").exists()
    assert "It still leaks." in visitor.reads(link)


@pytest.mark.parametrize(("said", "reason"), [("unsolved", "said"), ("leave", "left")])
def test_over_unsolved_and_leaving_end_it_black(johns, link, visitor, said, reason):
    assert visitor.presses(link, solved=said).status_code == 303
    johns.refresh_from_db()
    assert (johns.outcome, johns.outcome_reason) == ("black", reason)
    assert ("You said that you leave us." if said == "leave" else "You said that it is over, and not solved.") in visitor.reads(
        link
    )


def test_a_verdict_nobody_knows_is_refused_with_their_words_still_there(johns, link, visitor):
    page = visitor.presses(link, solved="maybe", say="I am not sure yet")
    assert page.status_code == 409
    assert "<title>Mistake:" in text_of(page)
    assert "I am not sure yet" in text_of(page)
    assert Verdict.objects.count() == 0


def test_adding_something_is_a_contact_on_the_same_matter(johns, link, visitor):
    assert visitor.presses(f"{link}/add", text="It was the large one.").status_code == 303
    johns.refresh_from_db()
    assert johns.silent_since is not None
    assert "It was the large one." in visitor.reads(link)


def test_adding_the_same_twice_by_a_double_press_is_one_contact(johns, link, visitor):
    token = visitor.opens(link).content.decode().split('name="form_token" value="')[1].split('"')[0]
    for _time in range(2):
        visitor.presses(f"{link}/add", text="It was the large one.", form_token=token)
    visitor.presses(f"{link}/add", text="With olives.", form_token=token)
    texts = Message.objects.filter(case=johns, is_theirs=True, medium="form").order_by("id").values_list("text", flat=True)
    assert list(texts) == ["It was the large one.", "With olives."]


def test_adding_nothing_says_what_to_do(link, visitor):
    page = visitor.presses(f"{link}/add", text="  ")
    assert page.status_code == 422
    assert "<title>Mistake:" in text_of(page)
    assert '<a href="#text">Write what you want to add.</a>' in text_of(page)


def test_a_word_after_the_end_takes_it_up_again(johns, link, visitor):
    visitor.presses(link, solved="yes")
    visitor.presses(f"{link}/add", text="It broke again.")
    johns.refresh_from_db()
    assert johns.is_open
    assert "Is it solved, John?" in visitor.reads(link)


def test_asking_to_be_deleted_is_a_duty_of_the_owner(johns, link, visitor):
    page = visitor.presses(f"{link}/forget")
    assert "A person sees to it within four weeks" in text_of(page)
    assert Duty.objects.get(case=johns, kind="erase").due_at > visitor.house.clock.now


def test_a_mailed_link_to_an_unproven_address_shows_nothing_until_a_button_is_pressed(marlow, visitor):
    marlow.john.mails(COLD, subject="Cold pizza")
    marlow.works()
    mailed = link_in(marlow.post[0])
    page = visitor.reads(mailed)
    assert COLD not in page
    assert "Is it solved" not in page.replace("“is it solved?”", "")
    assert visitor.presses(f"{mailed}/show").status_code == 303
    assert COLD in visitor.reads(mailed)
    assert Identity.objects.get(value="john@adeyemi.example").proven_at == marlow.clock.now


def test_what_we_wrote_down_about_a_call_is_no_reading_for_the_customer(marlow, johns, link, visitor):
    marlow.answers(johns, "Grumpy, wants money.", by=marlow.priya, medium="phone")
    page = visitor.reads(link)
    assert "Priya Nair rang and you spoke" in page
    assert "Grumpy" not in page


def test_a_note_never_reaches_the_page(marlow, johns, link, visitor):
    from kept.cases.minding import note

    note(johns, "He is a nuisance.", by=marlow.priya, now=marlow.clock.now)
    assert "nuisance" not in visitor.reads(link)


def test_a_revoked_version_opens_nothing(johns, link, visitor):
    type(johns).objects.update(page_version=2)
    assert visitor.opens(link).status_code == 404


@pytest.mark.parametrize("act", ["", "/add", "/show", "/link", "/forget"])
def test_a_made_up_link_opens_nothing(johns, link, visitor, act):
    forged = link[:-1] + ("a" if link[-1] != "a" else "q")
    assert visitor.opens(forged).status_code == 404
    assert visitor.presses(f"{forged}{act}", solved="yes", text="hello").status_code == 404
    assert visitor.opens("/c/" + page_token("reply", johns.public_id)).status_code == 404


def test_another_customers_link_opens_only_their_own(marlow, johns, link, visitor):
    marlow.mary.mails("Where are my boxes?", subject="Boxes", is_proven=True)
    marlow.works()
    marys = next(link_in(mail) for mail in marlow.post if mail.to.value == marlow.mary.address)
    page = visitor.reads(marys)
    assert "Where are my boxes?" in page
    assert COLD not in page
    visitor.presses(marys, solved="yes")
    johns.refresh_from_db()
    assert johns.is_open


def test_nobody_else_learns_of_the_link(link, visitor):
    page = visitor.opens(link)
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert visitor.opens("/c/nothing").status_code == 404


def test_the_page_speaks_the_language_of_its_reader(link, visitor):
    assert visitor.opens(link, **{"Accept-Language": "de-AT,de;q=0.9"})["Content-Language"] == "de"
    assert visitor.opens(link, **{"Accept-Language": "fr"})["Content-Language"] == "en"
    assert visitor.opens(link)["Content-Language"] == "en"


def test_a_reminder_of_our_question_stands_on_the_page_as_ours(marlow, johns, link, visitor):
    marlow.john.answers_our_mail("It was cold again.")
    marlow.answers(johns, "Which order was it?", by=marlow.priya, kind="asks_back")
    marlow.clock.forward(days=4)
    marlow.works()
    marlow.works()
    page = visitor.reads(link)
    assert "Priya Nair reminded you of the question" in page
    assert "cannot go on without your answer" in page


def test_a_yes_that_somebody_else_said_for_them_is_taken_back_on_the_page(marlow, johns, link, visitor):
    hear(johns, "yes", now=marlow.clock.now, confirmed_by=marlow.priya, words="“All fine.”")
    assert "You said that it is solved." in visitor.reads(link)
    assert 'name="solved" value="no"' in visitor.reads(link)
    form_token = re.findall(r'name="form_token" value="([^"]+)"', visitor.reads(link))[0]
    visitor.presses(link, solved="no", form_token=form_token)
    johns.refresh_from_db()
    assert (johns.is_open, johns.noes) == (True, 1)


class TestTheThirdTime:
    def test_his_page_owns_up_to_it_once_it_shows_his_words_and_a_receipt_never_does(self, marlow, visitor):
        for subject in ("One", "Two", "Three"):
            marlow.clock.forward(days=20)
            case = marlow.john.mails("My pizza was cold.", subject=subject, is_proven=True)
        marlow.works()
        mails = [mail for mail in marlow.post if mail.to.value == marlow.john.address]
        third = next(link_in(mail) for mail in mails if "third" in mail.text)
        says = "This is the third time this has happened to you."
        assert f"<b>{says}" in visitor.reads(third)
        assert all(says not in visitor.reads(link_in(mail)) for mail in mails if "third" not in mail.text)
        assert says not in visitor.reads(f"/c/{page_token('case', case.public_id, case.page_version)}")


class TestWhetherThePageIsRead:
    def test_opening_it_counts_nothing_and_the_open_page_says_so_itself(self, link, visitor):
        visitor.reads(link)
        assert not PageRead.objects.exists()
        assert visitor.presses(f"{link}/read").status_code == 204
        assert list(PageRead.objects.values_list("is_enough", flat=True)) == [False]

    def test_the_button_says_that_it_was_found_and_ends_nothing(self, johns, link, visitor):
        page = text_of(visitor.presses(f"{link}/read", found="yes"))
        assert "Good that it stood here." in page and "I found it here" in page
        johns.refresh_from_db()
        assert johns.is_open and PageRead.objects.get().is_enough


def test_what_everybody_is_promised_without_an_hour_names_none_on_their_page(marlow, johns, link, visitor):
    advert = add_standing(Terms("A hot pizza", johns.opened_at.date()), by=marlow.ines, now=marlow.clock.now)
    hold(johns, advert, became="broken", by=marlow.priya, now=marlow.clock.now)
    page = visitor.reads(link)
    assert re.search(r"<b>A hot pizza</b>\s*<p>Not kept so far. We owe you this.</p>", page)
