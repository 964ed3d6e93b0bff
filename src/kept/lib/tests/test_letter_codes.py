"""What stands at the foot of a letter is typed and misread, and never made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.letter_codes import ALPHABET, letter_code, letter_code_in, read_letter_code

KEYS = st.integers(1, 2**32 - 1)
AROUND = "Dear Priya,\nyes, it is solved. The lady at gate four said so.\n{code}\nHarold Finch"


@given(KEYS)
def test_whoever_types_it_without_capitals_or_hyphens_is_understood(key):
    code = letter_code(key)
    assert len(code) == 24
    assert read_letter_code(code) == read_letter_code(code.lower().replace("-", " ")) == key
    assert read_letter_code(code.replace("0", "o").replace("1", "l")) == key


@given(KEYS, st.integers(0, 19), st.sampled_from(ALPHABET))
def test_no_code_with_another_letter_in_it_opens_anything(key, at, other):
    letters = list(letter_code(key).replace("-", ""))
    if letters[at] != other:
        letters[at] = other
        assert read_letter_code("".join(letters)) is None


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_page(typed):
    read_letter_code(typed)
    letter_code_in(typed)


@given(KEYS)
def test_it_is_found_among_the_words_of_a_returned_sheet(key):
    assert letter_code_in(AROUND.format(code=letter_code(key))) == key
    assert letter_code_in(f"https://kept.marlow.example/l/{letter_code(key).lower()}") == key


@given(KEYS, st.data())
def test_it_is_found_where_the_machine_took_an_eight_for_a_b(key, data):
    """As many signs misread as tesseract does on a fax: three of twenty."""
    code = list(letter_code(key))
    alike = {"8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2", "0": "O", "1": "I", "G": "6"}
    places = [at for at, sign in enumerate(code) if sign in alike]
    for at in data.draw(st.lists(st.sampled_from(places or [4]), max_size=3, unique=True)):
        code[at] = alike.get(code[at], code[at])
    assert letter_code_in(AROUND.format(code="".join(code))) == key


@pytest.mark.parametrize("text", ["", "Five four four four word here then", "0000-0000-0000-0000-0000", "A" * 5000])
def test_words_that_are_no_code_name_no_letter(text):
    assert letter_code_in(text) is None


def test_another_house_makes_other_codes(settings):
    ours = letter_code(7)
    settings.SECRET_KEY = "another"
    assert letter_code(7) != ours
    assert read_letter_code(ours) is None
