"""Whatever a person reads has its German, says the same things in it, and is compiled: a clone has it without Babel."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kept.management.commands.messages import collect
from tests.house.tree import KEPT, none

GERMAN = KEPT / "locale" / "de" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%|</?\w+>")
"""A value that is filled in, or a mark of the page: a sentence that lacks one lies or breaks."""
RUN = "./kept django messages brings src/kept/locale up to date"


@pytest.fixture(scope="module")
def german() -> Catalog:
    return catalog_in(GERMAN)


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Catalog:
    """What the code and the pages say today."""
    into = tmp_path_factory.mktemp("collected") / "django.pot"
    collect(into)
    return catalog_in(into)


def catalog_in(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale="de")


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def unmarked(page: str) -> list[str]:
    """The words of a template that no reader of another language gets in theirs."""
    page = re.sub(r"\{#.*?#\}|\{% trans.*?endtrans %\}", "", page, flags=re.S)
    page = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", page, flags=re.S)
    read_aloud = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', page)
    page = re.sub(r"<(style|script|kbd|code|svg)\b.*?</\1>|<[^>]*>", "\0", page, flags=re.S)
    return [words.strip() for words in [*page.split("\0"), *read_aloud] if re.search(r"[^\W\d_]{2,}", words)]


def sentences(catalog: Catalog) -> set[tuple[str, str | None]]:
    return {(singular(message), message.context) for message in catalog if message.id}


def untranslated(catalog: Catalog) -> list[str]:
    """The entries that are empty in any of their forms, or only guessed."""
    return [singular(message) for message in catalog if message.id and (not all(forms(message)) or message.fuzzy)]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def at_odds(catalog: Catalog) -> list[str]:
    """The entries whose German fills in other values than the English."""
    return [singular(message) for message in catalog if message.id and not agree(message)]


def agree(message: Message) -> bool:
    english = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = Counter(PLACEHOLDER.findall(english))
    if not isinstance(message.id, str):  # "One person waits" names no number; "%(num)s people wait" does.
        first, *others = forms(message)
        return not Counter(PLACEHOLDER.findall(first)) - wanted and all(
            Counter(PLACEHOLDER.findall(one)) == wanted for one in others
        )
    return all(Counter(PLACEHOLDER.findall(one)) == wanted for one in forms(message))


def test_the_catalogue_holds_what_the_code_and_the_pages_say_and_nothing_else(collected, german):
    assert sentences(collected) == sentences(german), RUN


def test_no_page_holds_words_outside_the_catalogue():
    pages = (KEPT / "web" / "templates").rglob("*.*")
    none(
        [
            f"{page.name}: {words}"
            for page in sorted(pages)
            for words in unmarked(page.read_text("utf-8"))
            if words.strip("· ") != "Kept"
        ]
    )


def test_every_sentence_has_its_german(german):
    none(untranslated(german))


def test_the_german_fills_in_the_same_values(german):
    none(at_odds(german))


def test_what_is_compiled_is_what_is_written(german):
    written = io.BytesIO()
    write_mo(written, german)
    assert GERMAN.with_suffix(".mo").read_bytes() == written.getvalue(), RUN


def test_nobody_is_shouted_at_in_german(german):
    none([singular(message) for message in german if message.id and any("!" in one for one in forms(message))])


def test_customers_are_not_told_of_tickets_in_german(german):
    banned = re.compile(r"\b(Ticket|Agent|Vorgangsnummer|Fallnummer|eskalier\w*|Detraktor)\b", re.I)
    none([singular(message) for message in german if message.id and any(banned.search(one) for one in forms(message))])


@pytest.mark.parametrize(
    ("english", "said"),
    [("Hello %(name)s", "Guten Tag"), ("Hello", "Guten Tag %(name)s"), ("{what} is due", "{was} ist fällig"), ("<b>x</b>", "x")],
)
def test_a_value_that_got_lost_or_made_up_is_found(english, said):
    planted = Catalog(locale="de")
    planted.add(english, said)
    assert at_odds(planted) == [english]


@pytest.mark.parametrize(
    "page", ["<p>Hello</p>", '<a title="Hello">{{ icon("x") }}</a>', "{{ _('Hi') }} Hello <b>{{ name }}</b>"]
)
def test_words_that_were_not_marked_are_found(page):
    assert unmarked(page) == ["Hello"]
    assert unmarked('<p class="a b">{% trans %}Hello{% endtrans %} {{ _("Hello") }} <kbd>Enter</kbd></p>') == []


def test_a_form_that_is_missing_is_found():
    planted = Catalog(locale="de")
    planted.add(("One waits", "%(num)s wait"), ("Eines wartet", ""))
    planted.add("Hello", "")
    assert untranslated(planted) == ["One waits", "Hello"]
