"""Whoever reads German is answered in German, from the form to the mail."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kept.places.models import Brand
from kept.replies.delivering import deliver_what_waits
from kept.timeline.models import Event
from kept.web.customer.tests.conftest import link_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/to/contact"


@pytest.fixture
def reader(visitor):
    """Somebody whose browser asks for German."""
    visitor.client = Client(headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.3"})
    return visitor


def test_the_form_asks_in_german(reader):
    page = reader.reads(FORM)
    assert '<html lang="de"' in page
    assert "Was ist passiert?" in page
    assert "Was würde es wiedergutmachen?" in page
    assert "(freiwillig)" in page
    assert "What happened?" not in page


def test_a_mistake_is_told_in_german_and_the_words_are_still_there(reader):
    sent = reader.presses(FORM, name="Mary", email="mary", message="Der Toner fehlt.")
    assert "Bitte die Adresse so schreiben: name@example.org" in text_of(sent)
    assert "Der Toner fehlt." in text_of(sent)


def test_the_thank_you_page_names_person_and_hour_in_german(reader):
    sent = reader.presses(FORM, name="Mary Whitcombe", email="mary@bright.example", message="Der Toner fehlt.")
    page = reader.reads(sent["Location"])
    assert "Ihre Worte sind bei uns, Mary." in page
    assert "Eingegangen: Montag, 1. Juni, 09:00 Uhr." in page
    assert "Sie hören von Priya Nair bis Montag, 1. Juni, 17:00 Uhr." in page
    assert "Wenn nicht, erfährt es Ines Duarte in derselben Minute." in page
    private = reader.reads(re.findall(r'href="(/c/[a-z0-9]+)"', page)[0])
    assert "Priya Nair" in private
    assert '<html lang="de"' in private


def test_what_their_german_browser_files_is_written_for_colleagues_in_the_language_of_the_house(reader):
    reader.presses(FORM, name="Mary Whitcombe", email="mary@bright.example", message="Der Toner fehlt.")
    assert Event.objects.get(kind="assigned").facts["why"] == "has the most room"


def test_the_acknowledgement_and_the_page_it_links_to_are_german_where_the_brand_is(reader, marlow):
    Brand.objects.update(language="de")
    marlow.mailbox.refresh_from_db()
    marlow.mary.mails("Der Toner fehlt.", subject="Toner", is_proven=True)
    deliver_what_waits(marlow.clock.now)
    [mail] = marlow.post
    assert "Hallo Mary," in mail.text
    assert "hier ist Priya. Ihre Worte sind bei mir, und ich antworte Ihnen:" in mail.text.replace("\n", " ")
    assert "Sie hören von mir bis Montag, 1. Juni, 17:00 Uhr." in mail.text.replace("\n", " ")
    assert "Der Toner fehlt." in mail.text
    assert not re.search(r"\b(You|your|the|hear)\b", mail.text.replace("Toner", ""))
    page = reader.reads(link_in(mail))
    assert "Was Sie uns geschrieben haben" in page or "Sie haben uns geschrieben" in page
    assert "Der Toner fehlt." in page
