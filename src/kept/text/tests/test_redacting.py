"""Nothing that is known of a customer remains in what others read: a set of 100 texts of our own, and what must stay."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.redacting import KnownOfThem, cover, find_private

SAYS = {"name": "name", "email": "e-mail", "phone": "phone", "address": "address", "number": "number", "handle": "name"}
PEOPLE = [
    (
        "Mary Whitcombe",
        "mary.whitcombe@brightdental.example",
        "+44 7700 900812",
        "14 Harbour View, Marlow SL7 1AB",
        "MC-20391",
        "Priya Nair",
    ),
    ("Jürgen Müller", "j.mueller@web.example", "0171 / 2345678", "Lindenstraße 12, 80331 München", "4711-99", "Tom Reyes"),
    ("Siobhán O’Neill", "siobhan@oneill.example", "020 7946 0018", "3 Mill Lane, Oxford OX1 4AA", "#88120", "Ben Castillo"),
    (
        "Grace Okoro",
        "grace.okoro@whitby.example",
        "(01632) 960-155",
        "Flat 2, 77 Quay Street, Whitby YO21 3PU",
        "INV/10077",
        "Amira Haddad",
    ),
    (
        "Frauke von der Heide",
        "frauke@heide.example",
        "+49 (0)30 901820",
        "Am Alten Markt 5, 10178 Berlin",
        "2026-004512",
        "Dana Okafor",
    ),
]
TEXTS = [
    "My name is {name} and {ours} sold me order {order}.",
    "{ours} rang me on {phone}. She kept her word.",
    "Write to {email}, please. {first} here, still waiting for {order}!",
    "I live at {address}. Nobody came. {last}",
    "{ours_first}’s patience with me was wonderful. Best wishes, {name}",
    "Dear {ours_first}, this is {first} again ({phone}). Order number {order} never came.",
    "mein name ist {lower}, meine bestellnummer {order}, meine nummer {phone}",
    "Sehr geehrter Herr {last}, schrieb {ours}. Dabei bin ich es, {first}!",
    "Bitte an {address} liefern, Tel. {phone}, Mail {email}.",
    "{upper} HAS WAITED FOR SIX DAYS. CALL {phone}.",
    "The parcel for {address} was left with a neighbour; {first} {last} was at home.",
    "I told {ours_first} {ours_last}, then Tom, then nobody at all. My invoice: {order}.",
    "Reference {order}; account holder {name}; reach me under {email} or {phone}",
    "“{first}, it is on its way”, said {ours_first}. It was not.",
    "{last}s Bestellung {order} kam kalt. {ours_last} hat sich nie gemeldet.",
    "We, the {last} family of {address}, will come again because of {ours_first}.",
    "For {initial}. {last}: the box was torn. Tracking {order}.",
    "Hello,\n\nthe delivery to\n{name}\n{address}\nwas late.\n\n{first}",
    "Ask {ours} about {order}. Or ask {slip}, as your driver called me.",
    "See https://example.test/orders/{order}?mail={email} and then tell me, {ours_first}.",
]


def told(text: str, who: tuple[str, ...]) -> tuple[str, KnownOfThem]:
    name, email, phone, address, order, ours = who
    last = name.split()[-1]
    facts = {
        **{"name": name, "email": email, "phone": phone, "address": address, "order": order, "ours": ours},
        **{"first": name.split()[0], "last": last, "initial": name[0], "lower": name.lower(), "upper": name.upper()},
        **{"ours_first": ours.split()[0], "ours_last": ours.split()[-1], "slip": last[:-2] + last[-1] + last[-2]},
    }
    return text.format(**facts), KnownOfThem(names=(name, ours), addresses=(email, phone, address), numbers=(order,))


SET = [told(text, who) for text in TEXTS for who in PEOPLE]


def even(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower())


def test_the_set_holds_a_hundred_texts():
    assert len({text for text, _known in SET}) == 100


@pytest.mark.parametrize(("text", "known"), SET)
def test_nothing_known_of_the_case_remains(text, known):
    shown = cover(text, find_private(text, known), SAYS)
    left = set(even(re.sub(r"\[[^]]+\]", " ", shown)).split())
    names = {part for name in known.names for part in even(name).split() if len(part) > 1} - {"von", "der", "o"}
    digits = {run for one in (*known.addresses, *known.numbers) for run in re.findall(r"\d{3,}", one)}
    assert not left & names, shown
    assert not [run for run in digits if run in re.sub(r"\D", " ", shown).split()], shown
    assert "@" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "The pizza was cold and I waited 40 minutes.",
        "On 2026-06-01 it cost 12.50 and on 10.06.2026 nothing.",
        "I will come again, and I may bring a friend.",
        "Die Lieferung kam um 18:30 Uhr, und alles war gut.",
        "24 boxes, 3 of them torn, 100 % annoyed.",
    ],
)
def test_what_gives_nobody_away_stays_as_it_was_said(text):
    assert find_private(text, KnownOfThem(names=("Will May", "Rose Gut"))) == []


def test_a_name_side_by_side_is_one_place():
    text = "Thank you, Mary Whitcombe."
    assert cover(text, find_private(text, KnownOfThem(names=("Mary Whitcombe",))), SAYS) == "Thank you, [name]."


def test_mueller_is_mueller_however_it_is_spelt():
    for spelt in ("Müller", "Mueller", "MÜLLER", "Müllers", "Muller"):
        assert cover(spelt, find_private(spelt, KnownOfThem(names=("Jürgen Müller",))), SAYS) == "[name]"


@given(text=st.text(max_size=200), name=st.from_regex(r"[A-Z][a-z]{4,9}", fullmatch=True))
def test_whatever_stands_around_it_a_known_name_is_covered_and_all_else_is_kept(text, name):
    known = KnownOfThem(names=(name,))
    whole = f"{text} {name} {text}"
    places = find_private(whole, known)
    assert any(place.start <= len(text) + 1 and place.end >= len(text) + 1 + len(name) for place in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
