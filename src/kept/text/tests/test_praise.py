"""A good word about one of us, and everything that only sounds like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.praise import find_praise, may_praise
from kept.text.roster import Known
from kept.text.tests.praised import PRECISION, RECALL, measure

PEOPLE = (
    Known(1, "Amira Haddad"),
    Known(2, "Ben Castillo"),
    Known(3, "Karen Smith"),
    Known(4, "Karen Doyle"),
    Known(5, "Priya Nair"),
)


def praised(text: str) -> set[int]:
    return {mention.person_key for word in find_praise(text, PEOPLE) for mention in word.mentions}


@pytest.mark.parametrize(
    "words",
    [
        "Amira was lovely.",
        "The pizza was cold, but Amira was so kind about it.",
        "I spoke to Amira. She was wonderful.",
        "I cannot thank Amira enough.",
        "Amira brought the pizza through the snow. Please thank her.",
        "Could you please thank Amira for me?",
        "I have never met anyone as helpful as Amira.",
        "Amira hat mir sehr geholfen.",
        "Amira helped us when the lift was broken.",
        "Dear Amira,\nyou were so kind. You made my day.",
    ],
)
def test_a_good_word_about_amira_is_found(words):
    assert praised(words) == {1}


@pytest.mark.parametrize(
    "words",
    [
        "Thanks for nothing, Ben.",
        "Great job losing my parcel, Ben!",
        "Ben was not helpful.",
        "Ben was anything but friendly.",
        "I hope Ben will be kinder next time.",
        "Is Ben always this friendly?",
        "Ben used to be so helpful.",
        "Ben told me the pizza would be great.",
        "The other one was much friendlier than Ben.",
        "The cake was lovely but Ben was unfriendly.",
        "Ben was nice at first, then he shouted at me.",
        "Can I speak to Ben please? Thank you.",
        "Dear Ben, my parcel is missing. Thank you.",
        "Ben war nicht freundlich.",
        "Wie nett von Ben, einfach aufzulegen.",
        "My son Ben is wonderful.",
        "Everything was great, thank you.\nBen",
    ],
)
def test_what_only_sounds_like_praise_is_none(words):
    assert praised(words) == set()


def test_two_names_in_one_sentence_are_both_praised():
    assert praised("Ben and Amira were both wonderful.") == {1, 2}


def test_of_two_names_only_the_one_who_is_praised_is_found():
    assert praised("Ben was rude, but Amira was so kind.") == {1}


def test_two_karens_are_both_proposed():
    (word,) = find_praise("Karen was so helpful.", PEOPLE)
    assert len(word.mentions) == 2


def test_the_quote_is_the_sentence_that_praises():
    (word,) = find_praise("It rained. Amira was so kind. It was Sunday.", PEOPLE)
    assert word.quote == "Amira was so kind."


def test_words_without_any_thanks_are_passed_over_at_a_glance():
    assert not may_praise("Where is my parcel? It should be here by now.")
    assert may_praise("That was kind.")


@pytest.mark.parametrize("half", ["dev", "held_out"])
def test_on_our_own_sentences_it_is_as_good_as_we_say(half):
    precision, recall, lines = measure(half)
    assert lines >= 125
    assert precision >= PRECISION
    assert recall >= RECALL


@given(
    st.lists(
        st.sampled_from(["Amira", "Karen", "was", "kind", "not", "thanks", "for", "but", ",", ".", "?", "\n", "she", "so"]),
        max_size=40,
    )
)
def test_any_order_of_telling_words_is_read(words):
    find_praise(" ".join(words), PEOPLE)
