"""What is special about survey answers: they come in pieces, and what a page knows no field may claim."""

from datetime import UTC, datetime

import pytest

from kept.channels.base import Incoming, Raw, Unreadable
from kept.channels.survey.channel import SurveyChannel

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CHANNEL = SurveyChannel({"region": "GB"})


def parsed(body: bytes, **envelope: str) -> Incoming:
    told = {name.replace("_", "-"): value for name, value in envelope.items()}
    return CHANNEL.parse(Raw(body, {"content-type": "application/x-www-form-urlencoded", **told}, NOON))[0]


def test_a_score_alone_asks_for_nothing():
    incoming = parsed(b"score=9")
    assert (incoming.score.value, incoming.text, incoming.contact_me, incoming.sender) == (9, "", False, ())


@pytest.mark.parametrize("written", ["", "nine", "-1", "7.5", "100", "²", "٧"])
def test_what_is_no_number_is_no_score_and_the_words_are_kept(written):
    incoming = CHANNEL.parse(Raw(f'{{"score": "{written}", "why": "Cold"}}'.encode(), {}, NOON))[0]
    assert incoming.score is None
    assert incoming.text == "Cold"


def test_a_field_cannot_say_which_invitation_it_answers_or_what_was_offered():
    answer = parsed(b"score=2&invitation=other&offered=1:now&answer-key=k&too-fast=1&proven-email=a@b.example").answer
    assert (answer.invitation, answer.offered, answer.key, answer.is_too_fast) == ("", "", "", False)


def test_our_own_page_says_which_invitation_hour_and_address_it_is():
    incoming = parsed(b"score=2&email=john@a.example", invitation="i-1", offered="4:x", proven_email="john@a.example")
    assert (incoming.answer.invitation, incoming.answer.offered) == ("i-1", "4:x")
    assert incoming.sender[0].proven


def test_who_wants_no_contact_is_sent_no_mail():
    assert not parsed(b"score=2&why=Cold&contact=no").may_acknowledge
    assert parsed(b"score=2&why=Cold").may_acknowledge
    assert parsed(b"score=2&contact=phone&phone=07700+900461").contact_me


def test_the_further_answers_keep_their_places():
    assert parsed(b"score=2&further_2=blue&further_0=yes").answer.further == ("yes", "", "blue")


def test_what_is_chosen_but_not_offered_counts_as_not_said():
    answer = parsed(b"score=2&contact=pigeon&consent=everybody").answer
    assert (answer.contact, answer.consent) == ("", "")


def test_the_page_names_the_occurrence_and_a_poster_cannot_pass_for_it():
    assert CHANNEL.dedupe_key(Raw(b"", {"form-nonce": "n-1"}, NOON)) == "form:n-1"
    assert CHANNEL.dedupe_key(Raw(b"", {"idempotency-key": "n-1"}, NOON)) == "key:n-1"
    assert CHANNEL.dedupe_key(Raw(b"score=1", {}, NOON)) == ""


def test_a_post_with_none_of_the_fields_is_left_to_a_person():
    with pytest.raises(Unreadable):
        parsed(b"x=1")
