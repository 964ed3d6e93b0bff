"""What John, Mary and Samir write about, as a code that joins the same matter told in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.theme_words import THEMES
from kept.text.themes import theme_of

TOLD = [
    ("cold_food", "My pizza was cold."),
    ("cold_food", "It arrived stone cold, and late."),
    ("cold_food", "Third cold pizza in five weeks"),
    ("cold_food", "Die Pizza kam kalt an."),
    ("cold_food", "Das Essen war nur noch lauwarm."),
    ("cold_food", "Lukewarm soup again."),
    ("late_delivery", "The driver came two hours late."),
    ("late_delivery", "My toner has not come."),
    ("late_delivery", "My parcel never arrived."),
    ("late_delivery", "Die Lieferung kam zu spät."),
    ("late_delivery", "Mein Paket ist immer noch nicht angekommen."),
    ("wrong_item", "You sent the wrong toner."),
    ("wrong_item", "My order is wrong."),
    ("wrong_item", "Falsche Pizza geliefert."),
    ("missing_item", "The garlic dip was missing."),
    ("missing_item", "You forgot the drinks."),
    ("missing_item", "Es fehlt ein Getränk."),
    ("damaged", "The corner of the box is torn."),
    ("damaged", "The chair arrived broken."),
    ("damaged", "Der Stuhl ist kaputt."),
    ("rude", "The man at the counter was rude to my mother."),
    ("rude", "Ihr Fahrer war sehr unfreundlich."),
    ("billing", "I was charged twice."),
    ("billing", "Where is my refund?"),
    ("billing", "Die Rechnung ist falsch."),
    ("waiting_on_phone", "I was on hold for forty minutes."),
    ("waiting_on_phone", "Bei Ihnen geht niemand ans Telefon, niemand geht ran."),
    ("no_answer", "I wrote last week and got no answer."),
    ("no_answer", "Bis heute keine Rückmeldung."),
    ("website", "Your website does not take my card."),
    ("website", "Die Webseite funktioniert nicht."),
    ("dirty", "The table was sticky."),
]
NOTHING = [
    "Lovely pizza, thank you.",
    "The pizza was never cold with you.",
    "Nothing was missing, all perfect.",
    "The box was not damaged at all.",
    "Your rider is never rude.",
    "It was cold outside, so I ordered two.",
    "When do you open on Sunday?",
    "Nie kalt, immer freundlich.",
    "",
]


@pytest.mark.parametrize(("code", "text"), TOLD)
def test_each_matter_has_its_code(code, text):
    assert theme_of(text) == code


@pytest.mark.parametrize("text", NOTHING)
def test_where_nothing_fits_nothing_is_proposed(text):
    assert theme_of(text) == ""


def test_of_two_the_one_told_more_often_counts():
    assert theme_of("The driver was late. The pizza was cold. Even the soup was cold.") == "cold_food"


def test_what_they_quote_is_another_matter():
    assert theme_of("Thank you.\n\nOn 1 June 2026 at 10:42, Priya wrote:\n> Your pizza was cold\n") == ""


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text):
    assert theme_of(text) in {"", *THEMES}
