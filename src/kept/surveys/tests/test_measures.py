"""What is measured, in which words."""

from __future__ import annotations

import pytest

from kept.surveys.measures import (
    SCALES,
    STANDARD_WORDING,
    Scale,
    chosen_wording,
    is_standard,
    scale_of,
    usual_wording,
    wording_of,
)
from kept.surveys.models import Measure, Survey, SurveyVersion


def test_each_measure_has_its_scale():
    assert set(SCALES) == set(Measure.values)
    assert scale_of("nps") == Scale(0, 10)
    assert list(scale_of("csat").scores) == [1, 2, 3, 4, 5]
    assert scale_of("ces").has(7) and not scale_of("ces").has(0) and not scale_of("ces").has(8)


@pytest.mark.parametrize("measure", STANDARD_WORDING)
def test_the_standard_words_are_standard_in_every_language_they_have(measure):
    wording = {language: words.as_words() for language, words in STANDARD_WORDING[measure].items()}
    assert set(wording) == {"en", "de"}
    assert is_standard(measure, wording)


def test_a_word_changed_in_the_question_makes_another_measure_of_it():
    wording = {"en": STANDARD_WORDING["nps"]["en"].as_words() | {"question": "Would you send a friend to us?"}}
    assert not is_standard("nps", wording)


def test_other_ends_make_another_measure_of_it_too():
    assert not is_standard("ces", {"en": STANDARD_WORDING["ces"]["en"].as_words() | {"high": "gladly"}})


def test_one_language_in_other_words_is_enough():
    german = STANDARD_WORDING["csat"]["de"].as_words() | {"question": "Alles gut?"}
    assert not is_standard("csat", {"en": STANDARD_WORDING["csat"]["en"].as_words(), "de": german})


def test_why_and_the_further_questions_are_ours_to_word():
    words = STANDARD_WORDING["nps"]["en"].as_words() | {"why": "What was it?", "further": ["Where did you hear of us?"]}
    assert is_standard("nps", {"en": words})


def test_a_language_without_standard_words_is_compared_with_nothing():
    assert not is_standard("nps", {"fr": {"question": "Nous recommanderiez-vous ?"}})


def test_a_question_of_our_own_is_compared_with_nothing():
    assert not is_standard("own", {"en": {"question": "Was it warm?"}})


def test_mary_reads_german_and_is_asked_in_german():
    version = SurveyVersion(survey=Survey(measure="ces"), wording={"en": {}, "de": {}})
    assert wording_of(version, "de-AT") == STANDARD_WORDING["ces"]["de"]


def test_john_reads_french_and_is_asked_in_english():
    version = SurveyVersion(survey=Survey(measure="nps"), wording={"de": {}, "en": {"question": "A friend?"}})
    asked = wording_of(version, "fr")
    assert asked.question == "A friend?"
    assert asked.low == STANDARD_WORDING["nps"]["en"].low


def test_a_survey_in_one_language_is_asked_in_that_one():
    assert chosen_wording("own", {"de": {"question": "War sie warm?"}}, "en").question == "War sie warm?"


def test_further_questions_stay_in_their_order():
    asked = chosen_wording("nps", {"en": {"further": ["First?", "Second?"]}}, "en")
    assert asked.further == ("First?", "Second?")
    assert asked.why == usual_wording("nps", "en").why
