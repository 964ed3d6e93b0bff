"""What a letter may say of its writer, by plain rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.letters.days_written import day_in
from kept.letters.proposing import Fact, propose, title_in
from kept.letters.tests.drawn import LETTERS
from kept.letters.words_read import SURE_FROM, Words, together, words_in

MARLOW = ("Marlow & Co", "8 Quay Street, Marlow")
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@pytest.mark.parametrize("letter", LETTERS, ids=[one.name for one in LETTERS])
def test_every_fact_of_our_own_letters_is_found_and_nothing_else(letter):
    assert {(one.kind, one.value) for one in propose(letter.text, ours=MARLOW)} == set(letter.facts)


def test_our_own_address_is_nobodys():
    letter = "Marlow & Co\n8 Quay Street\nWhitby\nYO21 3PT\n\nDear Sirs,\nwhere is it?\n\nYours faithfully\nHarold Finch"
    assert propose(letter, ours=("Marlow & Co", "8 Quay Street, Whitby, YO21 3PT")) == [Fact("name", "Harold Finch")]


def test_a_sender_on_one_line_above_the_window_is_an_address():
    letter = (
        "Jürgen Groß · Hauptstraße 12a · 10115 Berlin\n\nMarlow & Co\nQuay Street 8\n\nSehr geehrte Damen und Herren,\nhallo."
    )
    found = propose(letter, ours=MARLOW)
    assert Fact("address", "Hauptstraße 12a, 10115 Berlin") in found and Fact("name", "Jürgen Groß") in found


@pytest.mark.parametrize(
    "words",
    [
        "On 28 April I ordered 16 boxes for 48.50 pounds.",
        "The lamp has 12 345 678 hours, says the box.",
        "Dear Sirs,\nplease answer.\n\nYours faithfully,",
        "",
    ],
)
def test_where_nothing_is_said_nothing_is_proposed(words):
    assert propose(words) == []


def test_an_order_number_is_no_telephone():
    assert {one.kind for one in propose("Order no. 0117 4960333 came late.")} <= {"order"}


@pytest.mark.parametrize("written", ["+44 1947 820146", "01947 820146", "(01947) 820 146"])
def test_a_number_is_in_one_spelling_however_it_was_written(written):
    assert propose(f"Please ring {written} in the evening.", region="GB") == [Fact("phone", "+441947820146")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 May 2026", "2026-05-12"),
        ("May 12th, 2026", "2026-05-12"),
        ("1st of June 2026", "2026-06-01"),
        ("3. Juni 2026", "2026-06-03"),
        ("Tübingen, den 03.06.2026", "2026-06-03"),
        ("3.6.26", "2026-06-03"),
        ("2026-06-03", "2026-06-03"),
        ("31.02.2026", None),
        ("May 2026", None),
    ],
)
def test_a_day_is_understood_as_people_write_it(written, day):
    assert str(day_in(written)) == str(day)


@pytest.mark.parametrize(
    ("letter", "title"),
    [
        ("Re: a lamp\n\nDear Sirs,\nit is dark.", "a lamp"),
        ("Betreff: Lampe\n\nSehr geehrte Damen und Herren,\nes ist dunkel.", "Lampe"),
        ("12 May 2026\n\nThe lamp I bought\n\nDear Sirs,\nit is dark.", "The lamp I bought"),
        ("Marlow & Co\n8 Quay Street\n\nDear Sirs,\nit is dark.", "it is dark."),
        ("It is dark.", ""),
    ],
)
def test_a_letter_is_called_by_what_it_is_about(letter, title):
    assert title_in(letter) == title


@given(st.text(alphabet="ab1259 @.-+/\n,·ÄßDearYours", max_size=400))
def test_no_letter_breaks_the_rules_and_all_they_find_stands_in_it(text):
    for fact in propose(text):
        assert fact.value and len(fact.value) < 400


def test_a_long_hostile_letter_is_looked_at_in_a_moment():
    propose("A" * 20_000)
    propose("Order " * 4_000)
    propose("1 Ab " * 4_000)
    propose("a.b" * 7_000 + "@")


def row(block: int, line: int, sure: float, word: str) -> str:
    return f"5\t1\t{block}\t1\t{line}\t1\t0\t0\t1\t1\t{sure}\t{word}\n"


def test_words_stand_in_lines_and_paragraphs_and_the_doubtful_ones_are_known_by_their_place():
    table = (
        HEAD
        + row(1, 1, 96, "Dear")
        + row(1, 1, 79.9, "Madan,")
        + row(1, 2, 95, "the")
        + row(2, 1, 90, "lamp")
        + row(2, 1, -1, "")
    )
    words = words_in(table)
    assert words.text == "Dear Madan,\nthe\n\nlamp"
    assert [words.text[start:end] for start, end in words.doubtful] == ["Madan,"]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.floats(0, 100), st.text("abc", min_size=1, max_size=5)), max_size=6), max_size=4
    )
)
def test_on_however_many_pages_each_doubtful_place_is_that_very_word(pages):
    drawn = [words_in(HEAD + "".join(row(block, 1, sure, word) for block, sure, word in page)) for page in pages]
    whole = together(drawn)
    wanted = [word for page in pages for _block, sure, word in page if sure < SURE_FROM]
    assert [whole.text[start:end] for start, end in whole.doubtful] == wanted


def test_a_computers_own_words_are_certain():
    assert Words.certain("  Dear\0 \r\n Sir  \n\n") == Words("Dear\n Sir", (), 100.0)
