"""A story's picture: every line fits, no sign is torn apart, and nothing a customer wrote can act in it."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.picture import png_of
from kept.stories.models import Story
from kept.stories.picturing import WIDE, signs_of, story_as_svg, width_of, wrapped

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def a_story(words: str, **more: str) -> Story:
    told = {"title": "The torn box", "scope": "public", "name_shown": "Mary", **more}
    return Story(words=words, happened_on=date(2026, 6, 1), **told)


def texts_of(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [part.text or "" for part in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    "words", ["Short.", LONG, "Grüße 👩‍👩‍👧 🇩🇪 é", "word " * 2000, "a\n\nb", "<script>alert(1)</script> & “so”"]
)
def test_it_is_one_picture_of_our_own_as_svg_and_as_png(words):
    svg = story_as_svg(a_story(words), by="Marlow & Co")
    assert "<script" not in svg and "href" not in svg and "<image" not in svg
    assert png_of(svg, width=WIDE).startswith(b"\x89PNG")


def test_the_picture_shows_the_very_words_and_not_only_their_frame():
    one, other = (png_of(story_as_svg(a_story(words), by="Marlow"), width=WIDE) for words in ("It was torn.", "It was lost."))
    assert one != other
    assert "1 June 2026" in " ".join(texts_of(story_as_svg(a_story("Torn."))))


def test_every_line_of_a_long_word_fits():
    lines = wrapped(f"Die {LONG}!", 20)
    assert all(width_of(line) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == f"Die{LONG}!"


def test_no_sign_is_torn_from_what_belongs_to_it():
    assert signs_of("e\u0301👩‍👩‍👧👍🏽x") == ["e\u0301", "👩‍👩‍👧", "👍🏽", "x"]
    assert all(not line.startswith("\u0301") for line in wrapped("e\u0301" * 50, 3))


def test_what_is_only_for_us_says_so_on_the_picture_itself():
    assert "only for us" not in " ".join(texts_of(story_as_svg(a_story("Torn."), by="Marlow")))
    inside = a_story("Torn.", scope="inside", name_shown="", different="A better tape.")
    told = " ".join(texts_of(story_as_svg(inside, by="Marlow")))
    assert "Marlow · only for us who work here" in told
    assert "Name kept back" in told and "A better tape." in told


def test_a_very_long_story_is_cut_between_two_words_and_it_is_seen():
    told = " ".join(texts_of(story_as_svg(a_story("seventeen " * 300))))
    assert "seventeen …”" in told and "sevent …" not in told


@given(text=st.text(max_size=300), wide=st.floats(2, 30))
def test_nothing_of_the_words_is_lost_and_each_line_fits(text, wide):
    lines = wrapped(text, wide)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= wide + 0.001 or len(signs_of(line)) == 1 for line in lines)


@given(words=st.text(min_size=1, max_size=200), title=st.text(max_size=60))
def test_whatever_they_write_it_is_well_formed(words, title):
    ElementTree.fromstring(story_as_svg(a_story(words, title=title)))
