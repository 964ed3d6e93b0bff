"""Whoever answers the mail with a number has answered the question; whoever writes words is a customer who wrote to us."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.surveys.replying import score_and_words

QUOTED = (
    "\n\nOn Mon, 1 Jun 2026 at 10:00, Dana Okafor <help@marlow.example> wrote:\n"
    + "> How likely are you to send a friend to us?\n> 0 1 2 3 4 5 6 7 8 9 10\n"
)


def read(text: str, *, lowest: int = 0, highest: int = 10, name: str = "John Adeyemi") -> tuple[int | None, str]:
    return score_and_words(text, lowest=lowest, highest=highest, name=name)


@pytest.mark.parametrize(
    "text",
    ["7", " 7 \n", "7.", "7!", "7/10", "7 / 10", "7 out of 10", "7 von 10", "Note 7", "Note: 7", "My score is 7", "7 Punkte",
     "7 points", "7\n\nJohn", "7\n\nBest regards,\nJohn Adeyemi", "7\n\nViele Grüße\nJohn", "7, thank you", "7 - danke!",
     f"7{QUOTED}", "7\n\nSent from my iPhone"],
)  # fmt: skip
def test_a_bare_number_is_the_score_and_nobody_has_to_answer_it(text):
    assert read(text) == (7, "")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("2, cold again. Third time in five weeks.", 2),
        ("2\nCold again. Third time in five weeks.", 2),
        ("Note 2: wieder kalt.", 2),
        ("9 - where is my invoice?", 9),
        ("9\n\nJohn, call me on 07700 900461", 9),
        ("0! And never again.", 0),
    ],
)
def test_words_after_a_number_are_words_and_the_number_counts_too(text, score):
    assert read(text) == (score, text.strip())


@pytest.mark.parametrize(
    "text",
    ["2 pizzas came cold.", "3.50 was charged twice.", "3. Juni: kalt.", "16 boxes are missing", "The 7th time now.", "11", "-1",
     "7/5", "100", "Cold again.", "It was 2, at best.", "2nd time"],
)  # fmt: skip
def test_a_number_that_is_part_of_a_sentence_or_off_the_scale_is_no_score(text):
    assert read(text) == (None, text)


def test_the_scale_of_another_question_is_kept_to():
    assert read("5", lowest=1, highest=5) == (5, "")
    assert read("6", lowest=1, highest=5) == (None, "6")
    assert read("4/5", lowest=1, highest=5) == (4, "")


@given(st.text(max_size=200), st.integers(0, 10))
def test_no_words_are_ever_lost(text, score):
    found, words = read(text)
    assert found is None or 0 <= found <= 10
    if found is None:
        assert words == words.strip()
    assert read(str(score)) == (score, "")


@given(st.text(alphabet="abcdefgh ?.,", min_size=12, max_size=80).filter(lambda text: text.strip()))
def test_whatever_else_they_write_is_theirs_to_be_answered(text):
    found, words = read(f"3\n{text} where is it?")
    assert (found, "where is it" in words) == (3, True)
