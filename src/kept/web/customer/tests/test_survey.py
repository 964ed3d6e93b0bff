"""The page behind an invitation: a link only chooses, a button keeps, and the next page names who has it and by when."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case, Message
from kept.intake.models import Arrival
from kept.lib.links import page_token
from kept.people.models import Identity
from kept.surveys.models import Invitation, Occasion, Response, ScoreCount, Survey
from kept.surveys.tests.posting import asks, how_likely
from kept.web.customer.tests.conftest import link_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)
COLD = "Cold again. Third time in five weeks."


@pytest.fixture
def johns(marlow) -> Invitation:
    return asks(how_likely(marlow), marlow.john)


def link(invitation: Invitation, *, score: str = "") -> str:
    path = f"/s/{page_token('survey', invitation.public_id)}"
    return f"{path}?score={score}" if score else path


def carried(page) -> dict[str, str]:
    """The hidden fields of the page, as its form sends them back."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


def answers(visitor, invitation: Invitation, **fields: str):
    return visitor.presses(link(invitation), **carried(visitor.opens(link(invitation))), **fields)


def test_the_link_chooses_the_number_and_says_what_it_was_about(visitor, johns):
    page = visitor.reads(link(johns, score="2"))
    assert "2 out of 10. Thank you for saying so, John." in page
    assert "It was about your order on Sunday 14 June." in page
    assert 'value="2" checked' in page
    assert page.count("checked") == 1


@pytest.mark.parametrize("score", ["", "11", "-1", "ten", "²", "7.5", "007"])
def test_a_number_that_is_none_chooses_nothing(visitor, johns, score):
    page = visitor.reads(link(johns, score=score))
    assert "How was it, John?" in page
    assert "checked" not in page


def test_opening_it_changes_nothing_whatever_the_number(visitor, johns):
    before = Invitation.objects.values().get()
    for score in map(str, range(11)):
        visitor.opens(link(johns, score=score))
        assert visitor.at(lambda score=score: visitor.client.head(link(johns, score=score))).status_code == 200
    assert Invitation.objects.values().get() == before
    assert (Response.objects.count(), Arrival.objects.count()) == (0, 0)


def test_they_see_who_would_ring_and_by_when_and_it_is_kept(marlow, visitor, johns):
    page = visitor.opens(link(johns, score="2"))
    assert "If you say yes, it is Dana Okafor (runs the Quay Street kitchen), by today, 17:00." in text_of(page)
    marlow.clock.forward(minutes=20)
    sent = visitor.presses(link(johns), **carried(page), score="2", why=COLD, contact="phone", phone="+44 7700 900461")
    assert sent.status_code == 303
    case = Case.objects.get()
    assert (case.owner, case.answer_due_at.hour) == (marlow.dana, 17)
    thanks = visitor.reads(sent["Location"])
    assert "We have your words, John." in thanks
    assert "Dana Okafor will ring you by Monday 1 June, 17:00." in thanks
    assert "Runs the Quay Street kitchen." in thanks
    assert "Then Ines Duarte is told that minute." in thanks


def test_an_hour_of_their_own_making_is_not_believed(marlow, visitor, johns):
    made_up = f"{johns.survey_id}|{marlow.priya.pk}:2030-01-01T00:00:00+00:00:forged"
    visitor.presses(link(johns), score="2", why=COLD, offered=made_up)
    assert Case.objects.get().owner == marlow.dana
    assert Case.objects.get().answer_due_at.year == 2026


def test_nor_the_hour_of_another_survey(marlow, visitor, johns):
    other = asks(how_likely(marlow, people=[marlow.tom]), marlow.john)
    visitor.presses(link(johns), score="2", why=COLD, offered=carried(visitor.opens(link(other)))["offered"])
    assert Case.objects.get().owner == marlow.dana


def test_a_page_whose_answer_was_sent_posts_nothing_by_itself(visitor, johns):
    assert "data-touch" in visitor.reads(link(johns, score="3"))
    answers(visitor, johns, score="8", why="Quick.")
    assert "data-touch" not in visitor.reads(link(johns, score="3"))


def test_the_mailed_page_opens_from_the_thanks(marlow, visitor, johns):
    sent = answers(visitor, johns, score="2", why=COLD, contact="email")
    page = re.findall(r'href="(/c/[a-z0-9]+)"', visitor.reads(sent["Location"]))[0]
    assert COLD in visitor.reads(page), "whoever posts through the link that we mailed reads that mailbox"


def test_a_lone_score_is_thanked_for_and_nobody_is_promised(visitor, johns):
    thanks = visitor.reads(answers(visitor, johns, score="9")["Location"])
    assert "We have your answer, John." in thanks
    assert "You hear from" not in thanks
    assert "Change it, or add something you forgot" in thanks


def test_the_same_is_offered_to_everybody_whatever_they_said(marlow, visitor, johns):
    marys = asks(johns.survey, marlow.mary)
    pages = [visitor.reads(answers(visitor, johns, score="0")["Location"])]
    pages.append(visitor.reads(answers(visitor, marys, score="10")["Location"]))
    assert all("/say-a-good-word" in page and "If you want to tell others" in page for page in pages)


def test_just_pass_it_on_names_who_has_it_and_promises_no_call(visitor, johns):
    thanks = visitor.reads(answers(visitor, johns, score="2", why=COLD, contact="no")["Location"])
    assert "Dana Okafor has your words." in thanks
    assert "Nobody contacts you about it, as you wish." in thanks


def test_what_they_said_stands_there_when_they_come_back_and_may_be_changed(visitor, johns):
    answers(visitor, johns, score="9", why="Quick.", who="Amira", consent="name")
    page = visitor.reads(link(johns))
    assert ">Quick.</textarea>" in page
    assert 'value="Amira"' in page
    assert 'value="9" checked' in page
    assert 'value="name" checked' in page
    answers(visitor, johns, score="10", why="Quick and kind.")
    assert (Response.objects.get().score, Response.objects.get().words) == (10, "Quick and kind.")


def test_once_answered_it_stands_and_more_words_go_to_the_same_person(marlow, visitor, johns):
    answers(visitor, johns, score="2", why=COLD)
    marlow.answers(Case.objects.get(), "Dear John, a hot one is on its way.")
    page = visitor.opens(link(johns, score="9"))
    assert "You have had our answer, John." in text_of(page)
    assert 'name="score"' not in text_of(page)
    visitor.presses(link(johns), **carried(page), why="It came, and was hot.")
    assert Message.objects.filter(is_theirs=True).latest("id").text == "It came, and was hot."
    assert Response.objects.get().score == 2


class TestMistakes:
    def test_nothing_at_all(self, visitor, johns):
        page = answers(visitor, johns, why=" ")
        assert page.status_code == 422
        assert '<a href="#score">Choose a number, or say what happened</a>' in text_of(page)
        assert Arrival.objects.count() == 0

    def test_ring_me_without_a_number_keeps_what_was_typed(self, visitor, johns):
        page = answers(visitor, johns, score="2", why=COLD, contact="phone", who="Amira", consent="one")
        said = text_of(page)
        assert page.status_code == 422
        assert "<title>Mistake: How was it, John?" in said
        assert '<a href="#phone">Write the number that we should ring</a>' in said
        for kept in (f">{COLD}</textarea>", 'value="2" checked', 'value="phone" checked', 'value="Amira"', 'value="one" checked'):
            assert kept in said

    def test_a_number_that_cannot_be_rung(self, visitor, johns):
        page = answers(visitor, johns, score="2", contact="phone", phone="ring me")
        assert "Write the number with its country in front" in text_of(page)
        assert 'value="ring me"' in text_of(page)

    def test_the_hour_shown_first_is_the_hour_shown_again(self, marlow, visitor, johns):
        first = visitor.opens(link(johns))
        marlow.clock.forward(hours=2)
        again = visitor.presses(link(johns), **carried(first), contact="phone")
        assert carried(again)["offered"] == carried(first)["offered"]
        assert "by today, 17:00." in text_of(again)

    def test_a_number_we_know_is_enough_and_is_not_shown_in_full(self, visitor, johns):
        Identity.objects.create(customer=johns.customer, kind="phone", value="+447700900461", first_seen_at=johns.eligible_at)
        page = visitor.reads(link(johns))
        assert "ring me on my number that ends in 461" in page
        assert "900461" not in page
        assert answers(visitor, johns, score="2", contact="phone").status_code == 303
        assert Response.objects.get().contact_to == "+447700900461"

    def test_when_the_disk_fails_nothing_is_claimed(self, visitor, johns, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.DATA = tmp_path / "file"
        page = answers(visitor, johns, score="2", why="x" * 49_000 + " " + "ä" * 300, who="y" * 299)
        assert page.status_code == 303, "small enough for a row: nothing of it lies in a file"
        huge = answers(visitor, johns, score="2", why=COLD, **{f"extra{n}": "z" * 60_000 for n in range(6)})
        assert huge.status_code == 503
        assert f">{COLD}</textarea>" in text_of(huge)


class TestThePageItself:
    def touches(self, marlow, visitor, invitation, score: str, *, after: float = 3):
        page = visitor.opens(link(invitation))
        marlow.clock.forward(seconds=after)
        token = carried(page)["form_token"]
        return visitor.presses(link(invitation), score=score, touched="1", form_token=token)

    def test_a_score_that_was_looked_at_is_kept_and_send_takes_its_place(self, marlow, visitor, johns):
        assert self.touches(marlow, visitor, johns, "2").status_code == 204
        assert Response.objects.get().score == 2
        answers(visitor, johns, score="3", why=COLD)
        assert Response.objects.get().score == 3
        assert dict(ScoreCount.objects.filter(dimension="", count__gt=0).values_list("score", "count")) == {3: 1}

    def test_one_that_nobody_can_have_looked_at_is_a_machines(self, marlow, visitor, johns):
        assert self.touches(marlow, visitor, johns, "2", after=1).status_code == 204
        assert not Response.objects.exists()
        johns.refresh_from_db()
        assert johns.machine_looks == 1

    def test_nor_one_without_the_token_of_a_page_of_ours(self, visitor, johns):
        visitor.presses(link(johns), score="7", touched="1")
        assert not Response.objects.exists()

    def test_its_script_is_a_file_of_ours_and_there_is_no_other(self, visitor, johns):
        page = visitor.opens(link(johns))
        assert re.findall(r"<script[^>]*>", page.content.decode()) == ['<script src="/static/survey.js" defer>']
        assert 'style="' not in page.content.decode()
        assert not page.cookies


def test_a_robot_that_fills_in_everything_is_set_aside(visitor, johns):
    answers(visitor, johns, score="2", why=COLD, website="https://buy.example")
    assert not Response.objects.exists()
    assert not Case.objects.exists()


def test_without_anybody_who_could_the_page_says_so_truthfully(marlow, visitor, johns):
    marlow.house.__class__.objects.update(duty_owner=None)
    Survey.objects.get().people.clear()
    page = visitor.reads(link(johns))
    assert "Just now none of us is free for it." in page


def test_a_link_that_we_did_not_make_opens_nothing(visitor, johns):
    token = link(johns).removeprefix("/s/")
    other = "b" if token.endswith("a") else "a"
    for path in (f"/s/{token[:-1]}{other}", f"/s/{page_token('case', johns.public_id)}", f"/s/{token[:-1]}/thanks", "/s/nothing"):
        assert visitor.opens(path).status_code == 404


def test_it_says_why_they_were_asked_and_how_to_stop_it(visitor, johns):
    page = visitor.reads(link(johns))
    assert "You were asked because of your order on Sunday 14 June." in page
    assert f'href="{link(johns)}/stop"' in page
    assert "We ask at most once in 90 days." in page


def test_before_it_is_filed_the_next_page_claims_no_more_than_that_it_is_kept(visitor, johns):
    assert "Your words are kept." in visitor.reads(f"{link(johns)}/thanks")


class TestAfterTheirYes:
    @pytest.fixture
    def marys_page(self, marlow) -> str:
        how_likely(marlow, measure="ces", occasion=Occasion.ENDING)
        case = marlow.mary.mails("Where are my boxes?", is_proven=True)
        marlow.answers(case, "Dear Mary, they are with you.")
        marlow.works()
        return link_in(next(mail for mail in reversed(marlow.post) if mail.to.value == marlow.mary.address))

    def test_the_page_where_they_said_yes_asks_how_easy_it_was(self, visitor, marys_page):
        assert "You made it easy" not in visitor.reads(marys_page)
        assert visitor.presses(marys_page, solved="yes").status_code == 303
        page = visitor.opens(marys_page)
        assert "How far do you agree: “You made it easy for me to handle my issue”?" in text_of(page)
        action, token = re.findall(r'action="(/s/[a-z0-9]+)".*?name="form_token" value="([a-z0-9]+)"', text_of(page))[0]
        thanks = visitor.presses(action, form_token=token, score="6", why="Quick, in the end.")
        assert "We have your words, Mary." in visitor.reads(thanks["Location"])
        assert (Response.objects.get().score, Response.objects.get().medium) == (6, "ending")
        assert "You made it easy" not in visitor.reads(marys_page)

    def test_whoever_was_asked_on_a_page_may_say_where_to_write(self, visitor, marys_page):
        visitor.presses(marys_page, solved="yes")
        invitation = Invitation.objects.get()
        assert 'name="email"' in visitor.reads(link(invitation))
        sent = answers(visitor, invitation, score="2", contact="email", email="mary@home.example")
        assert sent.status_code == 303
        assert Response.objects.get().contact_to == "mary@home.example"

    def test_opening_the_page_again_asks_nobody_anew(self, visitor, marys_page):
        visitor.presses(marys_page, solved="yes")
        for _time in range(3):
            visitor.reads(marys_page)
        assert Invitation.objects.count() == 1

    def test_a_yes_is_heard_whatever_becomes_of_the_question(self, visitor, marys_page):
        Survey.objects.get().versions.all().delete()
        assert visitor.presses(marys_page, solved="yes").status_code == 303
        assert Case.objects.get().outcome == "white"
        assert "You said that it is solved." in visitor.reads(marys_page)
