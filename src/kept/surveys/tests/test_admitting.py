"""Who may be asked: chance decides who comes first, and whoever must not be asked is not, with the reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.due.claiming import claim
from kept.people.models import Customer, Identity
from kept.replies.delivering import UNDER_WAY
from kept.surveys.admitting import admit, occasion_of, turn_down, why_no_longer, why_not
from kept.surveys.models import Invitation, InvitationState
from kept.surveys.tests.eligible import asks, delivered, known, lined_up


@pytest.fixture
def survey(marlow):
    return asks(marlow)


@pytest.fixture
def john(marlow) -> Customer:
    return known(marlow.john)


def test_john_waits_for_room_and_his_place_in_the_lot_is_drawn(marlow, survey, john):
    invitation = lined_up(survey, john, product="Diavola", touchpoint=delivered(marlow))
    assert (invitation.state, invitation.why) == ("waiting", "")
    assert (invitation.identity.value, invitation.about, invitation.product) == (
        *(marlow.john.address, "your order on Sunday", "Diavola"),
    )
    assert 0 <= invitation.draw < 1
    assert invitation.next_try_at is None
    assert invitation.eligible_at == marlow.clock.now + timedelta(hours=2)
    assert invitation.expires_at - invitation.eligible_at == timedelta(days=7)


def test_the_lot_favours_nobody(marlow, survey, john):
    draws = [lined_up(survey, john, key=f"event:{number}").draw for number in range(400)]
    assert len(set(draws)) == 400
    assert 0.4 < sum(draws) / 400 < 0.6


def test_the_same_occasion_told_twice_invites_once(marlow, survey, john):
    first = lined_up(survey, john)
    again = lined_up(survey, john, about="something else")
    assert (again.pk, again.about, Invitation.objects.count()) == (first.pk, "your order on Sunday", 1)


@pytest.mark.parametrize(
    ("mark", "why"), [("opt_out", "opt_out"), ("minor", "minor"), ("bereaved", "bereaved"), ("told_us", "opt_out")]
)
def test_whoever_is_marked_is_never_asked(marlow, survey, mark, why):
    customer = known(marlow.john, not_asked_since=marlow.clock.now, not_asked_why=mark)
    invitation = lined_up(survey, customer)
    assert (invitation.state, invitation.why) == ("not_asked", why)


def test_our_own_people_are_not_asked_by_whatever_spelling_of_their_address(marlow, survey, john):
    type(marlow.ines).objects.filter(pk=marlow.ines.pk).update(email="Ines@Marlow.example")
    Identity.objects.filter(customer=john).update(value="ines@marlow.example")
    assert lined_up(survey, john).why == "staff"


def test_our_own_mailbox_is_no_customer(survey, john, marlow):
    Identity.objects.filter(customer=john).update(value=marlow.mailbox.address)
    assert lined_up(survey, john).why == "staff"


def test_nobody_is_asked_how_it_was_while_they_wait_for_us(marlow, survey):
    case = marlow.john.mails("Cold again.", subject="Cold pizza")
    assert lined_up(survey, case.customer).why == "open_complaint"


def test_thanks_that_wait_to_be_passed_on_are_no_complaint(marlow, survey):
    case = marlow.john.mails("Amira was a star.", subject="Thanks")
    Case.objects.filter(pk=case.pk).update(kind="praise")
    assert lined_up(survey, case.customer).why == ""


@pytest.mark.parametrize(("days", "why"), [(1, "asked_lately"), (89, "asked_lately"), (90, ""), (400, "")])
def test_nobody_is_asked_twice_in_90_days_by_whichever_survey(marlow, survey, days, why):
    customer = known(marlow.john, last_asked_at=marlow.clock.now - timedelta(days=days))
    assert lined_up(survey, customer).why == why


def test_a_survey_that_leaves_people_in_peace_for_longer_does(marlow):
    survey = asks(marlow, ask_again_days=365)
    assert lined_up(survey, known(marlow.john, last_asked_at=marlow.clock.now - timedelta(days=100))).why == "asked_lately"


def test_the_question_that_follows_a_matter_begun_by_a_score_is_asked_all_the_same(marlow, survey):
    case = marlow.john.mails("Cold again.", subject="Cold pizza")
    Case.objects.filter(pk=case.pk).update(is_open=False, ended_at=marlow.clock.now)
    Customer.objects.update(last_asked_at=marlow.clock.now - timedelta(days=3))
    case.customer.refresh_from_db()
    key = occasion_of(case, asks_again=True)
    assert lined_up(survey, case.customer, key=key, case=case).state == "waiting"
    assert lined_up(survey, case.customer, key=occasion_of(case), case=case).why == "asked_lately"


def test_but_not_if_they_asked_us_to_stop(marlow, survey):
    customer = known(marlow.john, not_asked_since=marlow.clock.now, not_asked_why="opt_out")
    assert why_not(survey, customer, now=marlow.clock.now, asks_again=True) == "opt_out"


def test_harold_who_writes_letters_has_no_address_but_can_be_asked_on_a_page(marlow, survey):
    harold = Customer.objects.create(name="Harold Finch", first_seen_at=marlow.clock.now)
    assert lined_up(survey, harold).why == "no_address"
    on_a_page = lined_up(survey, harold, key="page:1", by_mail=False)
    assert (on_a_page.state, on_a_page.identity) == ("waiting", None)


def test_an_address_that_gave_up_is_none_and_a_proven_one_of_ones_own_comes_first(marlow, survey, john):
    Identity.objects.filter(customer=john).update(dead_at=marlow.clock.now)
    assert lined_up(survey, john).why == "no_address"
    at = marlow.clock.now
    add = Identity.objects.create
    add(customer=john, kind="email", value="family@adeyemi.example", first_seen_at=at, proven_at=at, is_shared=True)
    add(customer=john, kind="email", value="new@adeyemi.example", first_seen_at=at)
    add(customer=john, kind="email", value="his@adeyemi.example", first_seen_at=at, proven_at=at)
    assert lined_up(survey, john, key="event:2").identity.value == "his@adeyemi.example"
    Identity.objects.filter(value="his@adeyemi.example").update(dead_at=at)
    assert lined_up(survey, john, key="event:3").identity.value == "family@adeyemi.example"


def test_a_matters_end_is_asked_about_where_the_matter_was_written(marlow, survey):
    case = marlow.john.mails("Cold.", subject="Cold pizza")
    Case.objects.filter(pk=case.pk).update(is_open=False)
    at = marlow.clock.now
    Identity.objects.create(customer=case.customer, kind="email", value="other@adeyemi.example", first_seen_at=at, proven_at=at)
    assert lined_up(survey, case.customer, key=occasion_of(case), case=case).identity.value == marlow.john.address


def test_a_survey_that_is_not_open_asks_nobody(marlow, john):
    survey = asks(marlow, opened_at=None)
    assert lined_up(survey, john).why == "closed"
    survey = asks(marlow, closed_at=marlow.clock.now)
    assert lined_up(survey, john).why == "closed"


def test_what_is_told_long_after_is_past_asking(marlow, survey, john):
    now = marlow.clock.now
    assert lined_up(survey, john, at=now - timedelta(days=8)).why == "too_late"
    assert lined_up(survey, john, key="event:2", at=now - timedelta(days=6)).state == "waiting"


def test_whoever_became_somebody_not_to_be_asked_is_named_before_anything_goes(marlow, survey, john):
    mary, grace = known(marlow.mary), known(marlow.grace)
    rows = [lined_up(survey, one, key=f"event:{one.pk}") for one in (john, mary, grace)]
    Customer.objects.filter(pk=john.pk).update(not_asked_since=marlow.clock.now, not_asked_why="bereaved")
    Customer.objects.filter(pk=mary.pk).update(last_asked_at=marlow.clock.now)
    read = list(Invitation.objects.select_related("survey__account", "customer").order_by("pk"))
    assert why_no_longer(read, now=marlow.clock.now) == {rows[0].pk: "bereaved", rows[1].pk: "asked_lately"}


def test_many_are_looked_at_with_few_queries(marlow, survey, django_assert_max_num_queries):
    for number in range(40):
        customer = Customer.objects.create(name=f"Customer {number}", first_seen_at=marlow.clock.now)
        lined_up(survey, customer, key=f"event:{number}")
    read = list(Invitation.objects.select_related("survey__account", "customer"))
    with django_assert_max_num_queries(4):
        why_no_longer(read, now=marlow.clock.now)


def test_what_is_going_out_this_moment_cannot_be_turned_down_any_more(marlow, survey, john):
    waiting, sending = lined_up(survey, john), lined_up(survey, john, key="event:2")
    now = marlow.clock.now
    Invitation.objects.filter(pk=sending.pk).update(state=InvitationState.RELEASED, next_try_at=now, trouble=UNDER_WAY)
    claim(Invitation.objects.all(), now=now)
    assert turn_down([waiting.pk, sending.pk], why="opt_out", now=now) == 1
    waiting.refresh_from_db()
    sending.refresh_from_db()
    assert (waiting.state, waiting.why, sending.state) == ("not_asked", "opt_out", "released")


def test_an_occasion_is_named_once_for_its_end_and_once_for_asking_again(marlow, survey):
    case = marlow.john.mails("Cold.", subject="Cold pizza")
    assert occasion_of(case) == f"ended:{case.pk}"
    assert occasion_of(case, asks_again=True) == f"again:{case.pk}"
    assert admit(survey, case.customer, occasion_key=occasion_of(case), about="", at=marlow.clock.now, now=marlow.clock.now).why
