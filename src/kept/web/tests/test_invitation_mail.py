"""The mail that asks: one question and its numbers, both forms alike, nothing loaded from anywhere, and no link that acts."""

from __future__ import annotations

import re

import pytest

from kept.channels.base import Outgoing
from kept.lib.links import page_token
from kept.people.models import Customer, Employee
from kept.surveys.inviting import send_invitations
from kept.surveys.measures import scale_of
from kept.surveys.models import Invitation, InvitationState, Occasion
from kept.surveys.tests.eligible import asks, known, lined_up
from kept.web.tests.test_mails import Letter


@pytest.fixture
def house(marlow):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=9)
    return marlow


def asked(
    marlow, measure: str = "nps", *, reminds: bool = False, language: str = "", key: str = "event:1", **more: object
) -> Outgoing:
    """The last mail to John about this survey."""
    john = Customer.objects.filter(name=marlow.john.name).first() or known(marlow.john, language=language)
    row = lined_up(asks(marlow, Occasion.TOUCHPOINT, measure=measure), john, key=key, **more)
    Invitation.objects.filter(pk=row.pk).update(state=InvitationState.RELEASED, next_try_at=marlow.clock.now)
    send_invitations(marlow.clock.now)
    if reminds:
        send_invitations(marlow.clock.forward(days=5))
    sent: Outgoing = marlow.post[-1]
    return sent


@pytest.mark.parametrize(("measure", "numbers"), [("nps", range(11)), ("csat", range(1, 6)), ("ces", range(1, 8))])
def test_each_number_of_the_scale_is_a_link_that_only_chooses_it(house, client, measure, numbers):
    sent = asked(house, measure)
    page = f"http://testserver/s/{page_token('survey', Invitation.objects.get().public_id)}"
    assert list(scale_of(measure).scores) == list(numbers)
    assert Letter(sent.html).targets == [*(f"{page}?score={number}" for number in numbers), f"{page}/stop"]
    before = Invitation.objects.values().get()
    for target in Letter(sent.html).targets:
        assert client.get(target.removeprefix("http://testserver")).status_code == 200
    assert Invitation.objects.values().get() == before
    assert page in sent.text and f"{page}/stop" in sent.text


def test_nothing_in_it_is_loaded_from_anywhere(house):
    sent = asked(house)
    assert not {"img", "script", "link", "iframe", "form", "input", "svg"} & set(Letter(sent.html).names)
    assert "url(" not in sent.html


@pytest.mark.parametrize("reminds", [False, True])
def test_its_plain_twin_says_the_same_and_reads_as_well(house, reminds):
    sent = asked(house, reminds=reminds)
    text = " ".join(sent.text.split())
    preheader = "One number is the whole question. If you want to be contacted, somebody is free to do it."
    words = Letter(sent.html).words.removeprefix(preheader)
    for sentence in re.split(r"(?<=[.?!:]) ", words):
        spoken = [word for word in sentence.strip(" .:·").split() if not word.isdecimal()]
        missing = [word for word in spoken if word.strip("·,") not in text]
        assert not missing, (sentence, missing)
    assert max(len(line) for line in sent.text.splitlines() if "http" not in line) <= 76
    assert not re.search(r"\n\n\n", sent.text)
    assert "&" not in sent.text.replace("Marlow & Co", "")


def test_it_is_signed_by_a_person_who_can_be_answered_and_begins_with_whom_it_asks(house):
    sent = asked(house)
    assert sent.subject == "John, one question: your order on Sunday"
    assert sent.author == "Priya Nair"
    assert sent.text.startswith("Hello John,\n\nthis is about your order on Sunday.\n")
    assert "Priya Nair\ncustomer care, Marlow & Co" in sent.text
    assert sent.reply_to.startswith("help+")
    assert sent.automatic


def test_somebody_whose_name_we_do_not_know_is_asked_without_one(house):
    known(house.john)
    Customer.objects.update(name="")
    row = lined_up(asks(house), Customer.objects.get(), about="")
    Invitation.objects.filter(pk=row.pk).update(state=InvitationState.RELEASED, next_try_at=house.clock.now)
    send_invitations(house.clock.now)
    sent = house.post[-1]
    assert sent.subject == "One question: Marlow & Co"
    assert sent.text.startswith("Hello,\n\nHow likely are you")


def test_what_a_program_says_of_the_occasion_stays_words(house):
    sent = asked(house, about="<script>alert(1)</script>\r\nBcc: all@example.org")
    assert "<script>" not in sent.html
    assert "&lt;script&gt;" in sent.html


def test_it_asks_in_the_language_of_whoever_reads_it(house):
    survey_in_german = {"de": {"question": "Würden Sie uns empfehlen?", "low": "nie", "high": "gewiss", "why": "Warum?"}}
    john = known(house.john, language="de")
    survey = asks(house)
    survey.versions.update(wording=survey_in_german)
    row = lined_up(survey, john)
    Invitation.objects.filter(pk=row.pk).update(state=InvitationState.RELEASED, next_try_at=house.clock.now)
    send_invitations(house.clock.now)
    assert "Würden Sie uns empfehlen?" in house.post[-1].text
    assert '<html lang="de">' in house.post[-1].html


def test_its_foot_says_why_they_get_it_and_where_from(house):
    sent = asked(house)
    foot = " ".join(sent.text.partition("\n-- \n")[2].split())
    assert foot.startswith("You get this because you are a customer of Marlow & Co. We ask at most once in 90 days.")
    assert foot.endswith("Marlow & Co, 8 Quay Street, Marlow")


def test_whoever_is_asked_again_after_a_matter_is_told_why(house):
    case = house.john.mails("Cold.", subject="Cold pizza", is_proven=True)
    type(case).objects.filter(pk=case.pk).update(is_open=False)
    sent = asked(house, key=f"again:{case.pk}", case=case)
    assert "You get this because you told us how it was" in " ".join(sent.text.split())
    assert "at most once" not in sent.text


def test_the_numbers_stay_wide_enough_for_a_thumb_on_a_small_screen(house):
    sent = asked(house)
    beside, between, edge = 2 * 16, 10 * 4, 11 * 2
    assert (360 - beside - between - edge) / 11 >= 24
    assert sent.html.count("padding:11px 0;") == 11
