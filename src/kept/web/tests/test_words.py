"""The words of this work stand on one page, and lead there from where they first appear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from kept.web.words import TERMS, in_order, term

TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.mark.django_db
def test_every_word_has_an_address_of_its_own(marlow):
    client = Client()
    client.force_login(marlow.priya)
    page = client.get("/desk/words").content.decode()
    assert [key for key in TERMS if f'id="{key}"' not in page] == []
    assert "minus that of noughts to sixes" in page


def test_words_stand_in_the_order_of_the_alphabet():
    names = [str(one.name).casefold() for _key, one in in_order()]
    assert names == sorted(names) and len(names) == len(set(names))


def test_a_word_links_to_what_it_means_and_is_escaped():
    assert term("nps") == '<a class="term" href="/desk/words#nps">NPS</a>'
    assert "&lt;b&gt;" in term("nps", "<b>")


def test_no_page_links_to_a_word_that_is_not_there():
    used = {key for page in TEMPLATES.rglob("*.html") for key in re.findall(r'\bterm\("([a-z-]+)"', page.read_text())}
    assert used and used <= set(TERMS)
