"""John says that it is the third time; Grace says that she will order again. Only one of them was hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.again import MANY, how_often
from kept.text.trouble import speaks_of_trouble

SAID = [
    ("This is the third time that my pizza came cold.", 3),
    ("Third cold pizza in five weeks", 3),
    ("My pizza was cold. That is the 3rd time!", 3),
    ("For the fourth time the driver did not ring.", 4),
    ("second time this month that the order is wrong", 2),
    ("It is the third time I order and the third time it is cold.", 3),
    ("My pizza arrived cold again.", 2),
    ("Again no one answered the phone.", 2),
    ("Once again the drinks were missing.", 2),
    ("The chair arrived broken. It happened again.", 2),
    ("Yet another late delivery.", 2),
    ("Cold pizza for the umpteenth time.", MANY),
    ("This has happened three times now: wrong toner.", 3),
    ("The bill was wrong twice.", 2),
    ("Late delivery number two, the second late delivery in a row", 2),
    ("Schon wieder kalt.", 2),
    ("Die Pizza war wieder kalt.", 2),
    ("Das ist schon das dritte Mal, dass die Pizza kalt ist.", 3),
    ("Zum vierten Mal kam die Lieferung zu spät.", 4),
    ("Das 3. Mal falsche Ware!", 3),
    ("Zum x-ten Mal falsch abgebucht.", MANY),
    ("Schon dreimal kam das Paket beschädigt an.", 3),
    ("Nun zum zweiten Mal: Es fehlt ein Getränk.", 2),
    ("Immer wieder fehlt etwas.", 2),
    ("Die Rechnung ist erneut falsch.", 2),
    ("Your invoice is wrong. For the hundredth time.", MANY),
]
SAID_NOTHING = [
    "My pizza was cold.",
    "Never again will I be without your pizza!",
    "Lovely as always. We will order again soon.",
    "Thanks again, Priya.",
    "Thank you once again for the quick help.",
    "See you again next week.",
    "I would order again and again.",
    "This is the third time I ordered with you and it was perfect.",
    "My third time here, and every time a delight.",
    "Third time lucky: the pizza was perfect.",
    "The chair is broken. Never again.",
    "The pizza was cold. I will not order again.",
    "My parcel is missing. Could you send it again please?",
    "My order is wrong. Please call me again tomorrow.",
    "The chairs cost four times as much and are not better.",
    "The toner did not come. I rang you twice.",
    "Gerne wieder!",
    "Immer wieder gern.",
    "Die Pizza war gut, bald wieder.",
    "Nie wieder.",
    "Die Pizza war kalt. Nie wieder!",
    "Mein Paket fehlt. Bitte schicken Sie es noch einmal.",
    "Auf Wiedersehen, und die Rechnung ist falsch.",
    "First of all, my pizza was cold.",
    "The second chair of the four is damaged.",
    "",
]


@pytest.mark.parametrize(("text", "times"), SAID)
def test_who_counts_is_heard(text, times):
    assert how_often(text) == times


@pytest.mark.parametrize("text", SAID_NOTHING)
def test_who_does_not_speak_of_a_repeat_is_not_told_that_they_did(text):
    assert how_often(text) == 1


def test_what_they_quote_was_said_before():
    words = "My pizza was cold.\n\nOn 1 June 2026 at 10:42, Priya wrote:\n> That is the third time that it came cold\n"
    assert how_often(words) == 1


@pytest.mark.parametrize(
    "text",
    [
        "My pizza was cold.",
        "I am disappointed.",
        "Nobody rang.",
        "Die Lieferung kam zu spät.",
        "Ich warte seit Tagen.",
        "It doesn't work.",
    ],
)
def test_trouble_is_heard(text):
    assert speaks_of_trouble(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lovely pizza, thank you.",
        "Never late, never cold.",
        "No problem at all.",
        "Nie zu spät, immer heiß.",
        "When do you open?",
    ],
)
def test_praise_and_questions_are_no_trouble(text):
    assert not speaks_of_trouble(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text):
    assert how_often(text) >= 1


@given(st.integers(2, 12), st.sampled_from(["pizza was cold", "order was late", "bill is wrong"]))
def test_every_number_is_read(number, what):
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    assert how_often(f"The {what} for the {number}{ending} time.") == number
    assert how_often(f"Zum {number}. Mal: Die Pizza war kalt.") == number
