"""Whose name is it? Ours only where nothing speaks for somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.names import find_people
from kept.text.own_words import own_words
from kept.text.roster import Known, roster_of

NAMES = ["Will Turner", "Grace Lee", "May Chen", "Karen Smith", "Karen Doyle", "Änne Müller", "José Álvarez", "Ben Castillo",
         "Amira Haddad", "Frank Weber", "Ernst Huber", "Paris Moreau", "Siobhan O'Neill", "Priya Nair"]  # fmt: skip
NICKNAMES = {"Amira Haddad": "Mira, Ami"}
PEOPLE = tuple(Known(key, name, "", NICKNAMES.get(name, "")) for key, name in enumerate(NAMES))


def found(text: str) -> set[str]:
    return {NAMES[mention.person_key] for mention in find_people(text, PEOPLE)}


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("I was helped by Amira Haddad yesterday.", "Amira Haddad"),
        ("Mira brought it.", "Amira Haddad"),
        ("Anne hat geholfen.", "Änne Müller"),
        ("Frau Mueller war da.", "Änne Müller"),
        ("It was Jose at the till.", "José Álvarez"),
        ("Ms O’Neill rang me.", "Siobhan O'Neill"),
        ("Amira's bag was torn.", "Amira Haddad"),
        ("Amiras Tasche war kaputt.", "Amira Haddad"),
        ("We met Amria at the door.", "Amira Haddad"),
        ("thanks to ben it works", "Ben Castillo"),
        ("I spoke to Will about it.", "Will Turner"),
        ("Thank you Will, it works.", "Will Turner"),
        ("Will was there at once.", "Will Turner"),
        ("Frank hat es erklärt.", "Frank Weber"),
        ("Mr Castillo was there.", "Ben Castillo"),
        ("Your colleague Ben was there.", "Ben Castillo"),
    ],
)
def test_a_customer_names_one_of_us(words, person):
    assert found(words) == {person}


@pytest.mark.parametrize(
    "words",
    [
        "Will you call me?",
        "thank you will you let me know",
        "May I come on 3 May?",
        "By the grace of God it came.",
        "We flew to Paris.",
        "My son Ben ate it. Ben was hungry.",
        "Ben, my dog, ate it.",
        "My friends Karen and Frank came along.",
        "My name is Karen.",
        "Karen here, where is my box?",
        "Karen Miller rang.",
        "Peter Frank rang.",
        "Do not be such a Karen.",
        "Ben & Jerry's is melting.",
        "We live in Grace Street.",
        "Im Ernst, wo bleibt sie?",
        "Frank und frei gesagt: nein.",
        "Mein Mann Frank isst alles.",
        "Prima, danke!",
        "Ich will es wissen.",
        "Where is it?\n\nKind regards,\nGrace Lee",
        "Where is it?\nAmira",
        "It came at last. Ben",
        "Write to ben@marlow.example",
        "Thanks.\n\nOn Mon, 1 Jun 2026 at 10:00, Help <help@marlow.example> wrote:\n> Ben has it.",
    ],
)
def test_somebody_else_is_nobody_of_ours(words):
    assert found(words) == set()


def test_two_karens_are_both_meant_and_neither_for_sure():
    both = find_people("I spoke to Karen.", PEOPLE)
    assert {NAMES[one.person_key] for one in both} == {"Karen Smith", "Karen Doyle"}
    assert all(one.likely < 0.5 for one in both)


def test_a_surname_says_which_karen():
    assert found("I spoke to Karen Doyle.") == {"Karen Doyle"}


def test_a_slip_is_less_likely_than_the_name():
    (right,), (slip,) = find_people("We met Amira there.", PEOPLE), find_people("We met Amirra there.", PEOPLE)
    assert (right.how, slip.how) == ("first", "slip")
    assert slip.likely < right.likely


def test_the_mention_stands_where_it_says():
    text = "On Sunday Amira came."
    (mention,) = find_people(text, PEOPLE)
    assert text[mention.start : mention.end] == "Amira"


def test_a_name_that_two_nicknames_share_is_one_person_once():
    twice = (Known(1, "Amira Haddad", "Amira", "Amira"),)
    assert len(find_people("Amira came.", twice)) == 1


def test_a_roster_is_made_once_for_the_same_people():
    assert roster_of(PEOPLE) is roster_of(tuple(PEOPLE))


@given(st.text(max_size=400))
def test_any_text_is_read_and_keeps_its_places(text):
    assert len(own_words(text)) == len(text)
    for mention in find_people(text, PEOPLE):
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 < mention.likely <= 1


@given(
    st.lists(
        st.sampled_from(["Will", "Karen", "my", "son", "Ben", "and", ",", ".", "\n", "was", "Frau", "Müller", "Thanks"]),
        max_size=30,
    )
)
def test_any_order_of_telling_words_is_read(words):
    find_people(" ".join(words), PEOPLE)
