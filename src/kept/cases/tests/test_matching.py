"""One matter, one case: what joins a word to a case, what only looks as if it did."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.cases.matching import bare_subject, find_case, subject_without_re
from kept.cases.messages import Message
from kept.cases.models import Case, Participant
from kept.channels.base import Handle, Incoming, ThreadKey
from kept.lib.ids import new_id
from kept.lib.links import reply_token
from kept.outcomes.hearing import hear
from kept.people.identifying import identify
from kept.people.models import Customer

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def word(subject: str = "", *keys: ThreadKey, case_key: str = "") -> Incoming:
    return Incoming(
        sender=(Handle("email", "x@y.example"),), text="?", began_at=NOW, medium="email", subject=subject, thread_keys=keys,
        case_key=case_key,
    )  # fmt: skip


def signed(case: Case) -> ThreadKey:
    return ThreadKey("signed", reply_token(case.public_id))


def the_end_of(case: Case, *, at: datetime) -> Case:
    hear(case, "yes", now=at)
    return Case.objects.get(pk=case.pk)


@pytest.mark.django_db
class TestASignedAddress:
    def test_leads_to_its_case_whatever_the_subject_says(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        found = find_case(case.customer, word("Something else", signed(case)), now=NOW)
        assert found is not None
        assert (found.case, found.how, found.is_too_old) == (case, "signed", False)

    def test_comes_before_any_reference(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        other = marlow.john.mails("Wrong bill", subject="Bill")
        reference = ThreadKey("reference", Message.objects.get(case=other, is_theirs=True).external_id)
        assert find_case(case.customer, word("", reference, signed(case)), now=NOW).case == case

    def test_with_one_letter_changed_leads_nowhere(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        token = reply_token(case.public_id)
        forged = ThreadKey("signed", token[:-1] + ("a" if token[-1] != "a" else "b"))
        assert find_case(case.customer, word("Other", forged), now=NOW) is None

    def test_brings_in_somebody_else_only_as_an_unconfirmed_participant(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        account = marlow.mailbox
        local, _at, domain = account.address.partition("@")
        same = marlow.samir.mails("I am his brother", to=f"{local}+{reply_token(case.public_id)}@{domain}")
        assert same == case
        samir = Customer.objects.get(name="Samir Patel")
        assert not Participant.objects.get(case=case, customer=samir).is_confirmed
        assert Participant.objects.get(case=case, customer=case.customer).is_confirmed

    def test_of_an_ended_matter_reopens_it_within_60_days(self, marlow):
        case = the_end_of(marlow.john.mails("Cold pizza"), at=NOW)
        found = find_case(case.customer, word("", signed(case)), now=NOW + timedelta(days=60))
        assert found.case == case
        assert not found.is_too_old

    def test_of_a_matter_that_ended_long_ago_begins_a_follow_up(self, marlow):
        case = the_end_of(marlow.john.mails("Cold pizza"), at=NOW)
        assert find_case(case.customer, word("", signed(case)), now=NOW + timedelta(days=60, seconds=1)).is_too_old

    def test_of_a_joined_case_leads_to_the_one_it_was_joined_into(self, marlow):
        first, second = marlow.john.mails("Cold", subject="Cold"), marlow.john.mails("Bill", subject="Bill")
        Case.objects.filter(pk=first.pk).update(joined_into=second, is_open=False)
        assert find_case(first.customer, word("", signed(first)), now=NOW).case == second

    def test_from_their_own_page_counts_as_signed(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold")
        marlow.john.mails("Wrong bill", subject="Bill")
        assert find_case(case.customer, word(case_key=str(case.public_id)), now=NOW).how == "signed"


@pytest.mark.django_db
class TestAReference:
    def test_by_somebody_who_takes_part_joins_the_case(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        theirs = Message.objects.get(case=case, is_theirs=True)
        found = find_case(case.customer, word("Something else", ThreadKey("reference", theirs.external_id)), now=NOW)
        assert (found.case, found.how) == (case, "reference")

    def test_by_a_stranger_joins_nothing(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        theirs = Message.objects.get(case=case, is_theirs=True)
        samir, _identity = identify([Handle("email", "samir@patel.example")], name="Samir", at=NOW)
        assert find_case(samir, word("Cold pizza", ThreadKey("reference", theirs.external_id)), now=NOW) is None

    def test_that_a_stranger_also_used_still_finds_the_customers_own_case(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        theirs = Message.objects.get(case=case, is_theirs=True)
        stranger = marlow.samir.mails("me too", subject="Copied")
        Message.objects.filter(case=stranger, is_theirs=True).update(external_id=theirs.external_id)
        assert find_case(case.customer, word("x", ThreadKey("reference", theirs.external_id)), now=NOW).case == case

    def test_to_nothing_is_followed_by_the_next_one(self, marlow):
        case = marlow.john.mails("Cold pizza", subject="Cold pizza")
        theirs = Message.objects.get(case=case, is_theirs=True).external_id
        keys = (ThreadKey("reference", ""), ThreadKey("reference", "unknown@x"), ThreadKey("reference", theirs))
        assert find_case(case.customer, word("x", *keys), now=NOW).case == case


@pytest.mark.django_db
class TestTheSameSubject:
    def test_of_the_only_open_case_joins_it(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        assert marlow.john.mails("Still cold", subject="AW: Re: cold  PIZZA") == case

    def test_of_two_open_cases_begins_a_third(self, marlow):
        first, second = marlow.john.mails("a", subject="Order"), marlow.john.mails("b", subject="Other")
        Case.objects.filter(pk=second.pk).update(bare_subject="order")
        third = marlow.john.mails("c", subject="Order")
        assert len({first, second, third}) == 3

    def test_or_none_joins_the_only_open_case(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        assert marlow.john.mails("Still cold") == case

    def test_that_is_new_does_not_join_a_case_with_another_subject(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        assert marlow.john.mails("And my bill", subject="Bill") != case

    def test_joins_the_only_case_that_never_had_one(self, marlow):
        case = marlow.john.fills_in_the_form("It was cold")
        assert marlow.john.mails("As I wrote", subject="Cold pizza") == case
        assert Case.objects.get(pk=case.pk).bare_subject == "cold pizza"

    def test_of_a_case_silent_for_30_days_begins_another(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        marlow.clock.forward(days=30)
        assert marlow.john.mails("Cold again", subject="Cold pizza") != case

    def test_of_a_case_silent_for_29_days_still_joins(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        marlow.clock.forward(days=29)
        assert marlow.john.mails("Cold again", subject="Cold pizza") == case

    def test_of_an_ended_case_begins_another(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        the_end_of(case, at=marlow.clock.now)
        assert marlow.john.mails("Cold again", subject="Cold pizza") != case

    def test_of_somebody_elses_case_joins_nothing(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        assert marlow.samir.mails("Mine too", subject="Cold pizza") != case

    def test_that_the_form_wrote_counts_as_none(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        found = find_case(case.customer, word("Message from our website"), now=NOW, fixed_subject="Message from our website")
        assert found.case == case

    def test_with_a_case_number_in_it_only_suggests(self, marlow):
        case = marlow.john.mails("It was cold", subject="Cold pizza")
        for guess in (f"[#{case.pk}]", f"Case {case.pk}", str(case.public_id), f"case:{case.pk}"):
            assert marlow.samir.mails("Me too", subject=guess) != case

    def test_of_words_set_aside_joins_nothing(self, marlow):
        case = marlow.john.mails("Buy now", subject="Offer")
        Case.objects.filter(pk=case.pk).update(is_open=False, set_aside_at=NOW)
        assert marlow.john.mails("Buy again", subject="Offer") != case


@pytest.mark.django_db
def test_form_mail_and_call_of_one_customer_are_one_matter(marlow):
    case = marlow.john.fills_in_the_form("My pizza was cold.")
    assert marlow.john.mails("I wrote by your form") == case
    assert marlow.john.is_written_down("phone", "He rang about it", by=marlow.priya) == case
    assert Case.objects.get(pk=case.pk).media == "form email phone"
    assert Customer.objects.filter(name="John Adeyemi").count() == 1


@pytest.mark.django_db
def test_a_follow_up_names_the_case_it_takes_up(marlow):
    case = marlow.john.mails("Cold pizza", subject="Cold pizza", is_proven=True)
    marlow.answers(case, "A new one is on its way, John.")
    the_end_of(case, at=marlow.clock.now)
    marlow.clock.forward(days=61)
    later = marlow.john.answers_our_mail("Cold once more")
    assert later != case
    assert later.follows == case


@pytest.mark.django_db
def test_a_random_token_finds_nothing(marlow):
    case = marlow.john.mails("Cold pizza", subject="Cold pizza")
    for _guess in range(50):
        key = ThreadKey("signed", reply_token(new_id()))
        assert find_case(case.customer, word("Other", key), now=NOW) is None


REPLIES = ["Re", "AW", "Fwd", "FW", "WG", "Antwort", "SV", "antw"]


@pytest.mark.parametrize(("first", "second"), list(itertools.product(REPLIES, REPLIES))[::5])
def test_a_subject_stays_itself_however_often_it_is_answered(first, second):
    assert bare_subject(f"{first}: {second}:  Cold Pizza") == "cold pizza"


@given(st.text(max_size=300))
def test_taking_the_re_off_twice_changes_nothing_more(subject):
    bare = bare_subject(subject)
    assert bare_subject(bare) == bare
    assert len(bare) <= 200
    assert bare_subject(f"Re: {subject}") == bare


@given(st.text(max_size=60))
def test_a_subject_with_a_colon_of_its_own_keeps_it(subject):
    assert bare_subject(f"Order 12: {subject}").startswith("order 12:")


def test_the_subject_a_channel_made_bare_is_the_one_compared():
    assert subject_without_re(word("Fwd: [EXT] Cold", ThreadKey("subject", "cold"))) == "cold"
    assert subject_without_re(word("Contact form"), fixed_subject="Contact form") == ""
