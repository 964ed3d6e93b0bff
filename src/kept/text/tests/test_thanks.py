"""Which of Mary's words may be put to rest, and which only begin with thanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.thanks import is_only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "thank you",
        "Thanks!",
        "Danke, passt.",
        "Vielen Dank für die schnelle Hilfe!",
        "Thank you so much, Priya. Have a nice weekend.\nMary",
        "Perfect, got it.",
        "All good now, cheers",
        "👍",
        "Thanks.\n\nOn 1 June 2026 at 10:42, Priya wrote:\n> Is it solved?\n",
        "Danke\n\nVon meinem iPhone gesendet\n",
    ],
)
def test_bare_thanks_likely_need_no_answer(text):
    assert is_only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, but where is the invoice",
        "Thank you. Could you also send the invoice?",
        "Thanks, it arrived broken",
        "Thanks for nothing.",
        "No thanks",
        "Danke, aber der Stuhl fehlt noch.",
        "Thank you, my son is ill since the pizza.",
        "Thanks. The order was MO-20817",
        "The boxes came.",
        "Thank you. " + "We had a lovely day at the sea and then another one in the hills with friends. " * 2,
        "",
        "?",
    ],
)
def test_whoever_says_more_gets_an_answer(text):
    assert not is_only_thanks(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_trouble(text):
    assert is_only_thanks(text) in (True, False)
