"""What Priya would rather see before her reply to Mary goes: gaps, missing files, a wrong name, no signature."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.reading_back import find_gaps, greeting_name, is_signed, name_doubt, speaks_of_attachment


@pytest.mark.parametrize(
    "gap",
    [
        "[tracking number]",
        "[Name einsetzen]",
        "XXX",
        "xxxx",
        "____",
        "<name>",
        "<Name des Kunden>",
        "TODO",
        "TBC",
        "{{ name }}",
        "{{customer.first_name}}",
        "{name}",
        "${order}",
        "%FIRST_NAME%",
        "???",
        "......",
    ],
)
def test_a_gap_left_open_is_found_where_it_stands(gap):
    text = f"The number is {gap} and the van leaves at 9."
    found = find_gaps(text)
    assert [(one.quote, text[one.start : one.end]) for one in found] == [(gap, gap)]


@pytest.mark.parametrize(
    "text",
    [
        "Your order MO-20817 is on its way.",
        "See https://marlow.example/page and <https://marlow.example>.",
        "Write to <priya@marlow.example>.",
        "Really? Well... yes.",
        "Size XL or XXL.",
        "As he said [sic], it came.",
        "See [1] and [2].",
        "Read [our hours](https://marlow.example/hours).",
        "This is <b>bold</b>.",
        "snake_case and __init__ stay.",
        "I <3 this, and 3 > 2.",
    ],
)
def test_what_is_no_gap_is_left_alone(text):
    assert find_gaps(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The corrected invoice is attached.",
        "Please find attached the invoice.",
        "I enclose both delivery notes.",
        "See the attachment.",
        "Die Rechnung finden Sie im Anhang.",
        "Anbei die Rechnung.",
        "Die Rechnung ist beigefügt.",
        "I'm attaching the photo.",
    ],
)
def test_a_reply_that_speaks_of_a_file_says_so(text):
    assert speaks_of_attachment(text)


@pytest.mark.parametrize(
    "text",
    [
        "The invoice was not attached.",
        "There was no attachment.",
        "Thank you for your attachment.",
        "I forgot to attach it to the order.",
        "The photos you attached show it well.",
        "The lamp is attached to the wall.",
        "Die Rechnung war nicht beigefügt.",
        "Ihr Anhang kam an.",
        "It comes by post.",
        "Fine.\n\nOn 1 June 2026 Priya Nair wrote:\n> The invoice is attached.\n",
    ],
)
def test_an_attachment_that_is_not_ours_or_not_there_does_not_count(text):
    assert not speaks_of_attachment(text)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Hello Mary,", "Mary"),
        ("Dear Mrs Whitcombe,", "Mrs Whitcombe"),
        ("Dear Ms. Whitcombe,", "Ms. Whitcombe"),
        ("Dear Mary Whitcombe", "Mary Whitcombe"),
        ("Liebe Mary,", "Mary"),
        ("Sehr geehrte Frau Whitcombe,", "Frau Whitcombe"),
        ("Guten Tag Herr Finch,", "Herr Finch"),
        ("Good morning Samir!", "Samir"),
        ("Hi Zoë - thanks", "Zoë"),
        ("Mary, you were right to write again.", "Mary"),
        ("Hello,", None),
        ("Hi there,", None),
        ("Dear Sir or Madam,", None),
        ("Dear customer,", None),
        ("Thanks, that helps.", None),
        ("Sehr geehrte Damen und Herren,", None),
        ("The boxes are on their way.", None),
        ("", None),
    ],
)
def test_whom_the_reply_greets(opening, name):
    assert greeting_name(f"{opening}\n\nYour boxes are on their way.") == name


@pytest.mark.parametrize(
    ("greeted", "customer", "doubt"),
    [
        ("Mary", "Mary Whitcombe", None),
        ("Mrs Whitcombe", "Mary Whitcombe", None),
        ("mary whitcombe", "Mary Whitcombe", None),
        ("M. Whitcombe", "Mary Whitcombe", None),
        ("Zoe", "Zoë Brontë", None),
        ("Herr Mueller", "Jörg Müller", None),
        ("Mary and Tom", "Mary Whitcombe", None),
        ("Marry", "Mary Whitcombe", "wrong"),
        ("Mary Whitcomb", "Mary Whitcombe", "wrong"),
        ("John", "Mary Whitcombe", "wrong"),
        (None, "Mary Whitcombe", "missing"),
        ("Mrs", "Mary Whitcombe", "missing"),
        (None, "", None),
        ("Mary", "", None),
    ],
)
def test_the_name_is_hers_or_there_is_a_doubt(greeted, customer, doubt):
    assert name_doubt(greeted, customer) == doubt


@pytest.mark.parametrize(
    "ending",
    [
        "Priya Nair\nCustomer care, Marlow Office Supply",
        "Priya",
        "Kind regards\nPriya Nair",
        "Kind regards, Priya",
        "Viele Grüße, Ihre Priya Nair",
        "I am at priya@marlow.example. — Priya",
        "-- \nPriya Nair\nMarlow",
        "Best,\nPriya (customer care)",
    ],
)
def test_a_reply_with_her_name_beneath_is_signed(ending):
    assert is_signed(f"Hello Mary,\n\nYour boxes come on Friday.\n\n{ending}\n", "Priya Nair")


@pytest.mark.parametrize(
    "ending",
    [
        "",
        "Your Marlow team",
        "Tom Reyes",
        "Priya will ring you.",
        "Kind regards",
        "\nOn 1 June 2026 at 10:42, Mary wrote:\n> Priya\n",
    ],
)
def test_a_reply_without_her_name_is_not_signed(ending):
    assert not is_signed(f"Hello Mary,\n\nYour boxes come on Friday.\n\n{ending}\n", "Priya Nair")


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_can_be_read_back(text, name):
    for gap in find_gaps(text):
        assert text[gap.start : gap.end] == gap.quote
    speaks_of_attachment(text)
    is_signed(text, name)
    assert name_doubt(greeting_name(text), name) in (None, "missing", "wrong")
