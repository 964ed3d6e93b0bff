"""Words reach a case: with their files, their medium, and an owner who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kept.cases.messages import Attached, Message
from kept.cases.models import Case, Participant, Role
from kept.cases.opening import open_case
from kept.cases.receiving import receive, take_part
from kept.channels.base import Attachment, Handle, Incoming
from kept.files import keeping
from kept.people.identifying import identify
from kept.people.models import Customer, Notice
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
JOHN = Handle("email", "john@adeyemi.example")
WORDS = Incoming(
    sender=(JOHN,), text="My pizza was cold.", began_at=NOW, medium="email", subject="Cold pizza", name="John Adeyemi"
)


def opened(marlow, incoming: Incoming = WORDS, **more: object) -> Case:
    customer, _identity = identify(incoming.sender, name=incoming.name, at=NOW)
    return open_case(customer, incoming, account=marlow.mailbox, now=NOW, **more)[0]


def received(marlow, case: Case, incoming: Incoming = WORDS, *, now: datetime = NOW, **more: object) -> Message:
    customer, identity = identify(incoming.sender, name=incoming.name, at=now)
    return receive(case, incoming, customer=customer, identity=identity, account=marlow.mailbox, arrival_id=None, now=now, **more)


def test_a_new_matter_has_an_owner_before_it_has_a_word(marlow):
    case = opened(marlow)
    assert case.owner == marlow.priya
    assert case.subject == "Cold pizza"
    assert Notice.objects.filter(to=marlow.priya, kind="new_case", about=case.about).exists()
    assert list(Event.objects.filter(about=case.about).order_by("id").values_list("kind", flat=True)) == ["opened", "assigned"]


def test_the_writer_takes_part_from_the_first_word(marlow):
    case = opened(marlow)
    part = Participant.objects.get(case=case)
    assert part.customer == case.customer
    assert part.role == Role.WRITER
    assert part.is_confirmed


def test_whoever_had_the_first_matter_is_the_person_this_customer_deals_with(marlow):
    case = opened(marlow)
    assert Customer.objects.get(pk=case.customer_id).usual_owner == case.owner


def test_without_a_subject_the_matter_is_called_by_its_first_sentence(marlow):
    assert opened(marlow, replace(WORDS, subject="")).subject == "My pizza was cold."


def test_what_the_form_wrote_as_subject_names_no_matter(marlow):
    case = opened(marlow, replace(WORDS, subject="Website form"), fixed_subject="Website form")
    assert case.subject == "My pizza was cold."
    assert case.bare_subject == ""


def test_words_without_any_words_still_have_a_title(marlow):
    assert opened(marlow, replace(WORDS, subject="", text="")).subject == "Without words"


@pytest.mark.parametrize(
    ("medium", "policy"),
    [
        ("form", "office"),
        ("email", "office"),
        ("phone", "call"),
        ("letter", "letter"),
        ("fax", "letter"),
        ("post", "post"),
        ("visit", "office"),
    ],
)
def test_each_medium_is_answered_in_its_own_time(marlow, medium, policy):
    assert opened(marlow, replace(WORDS, medium=medium)).policy.name == policy


def test_the_words_stand_as_they_came(marlow):
    case = opened(marlow)
    message = received(marlow, case, replace(WORDS, html="<p>cold</p>", external_id="a@b", content_hash="h", wish="A new one"))
    message.refresh_from_db()
    assert (message.text, message.html, message.wish) == ("My pizza was cold.", "<p>cold</p>", "A new one")
    assert (message.external_id, message.content_hash) == ("a@b", "h")
    assert message.identity.value == JOHN.value
    assert message.settled == ""
    assert not message.was_proven


def test_a_word_from_a_proven_address_says_so(marlow):
    case = opened(marlow)
    assert received(marlow, case, replace(WORDS, sender=(replace(JOHN, proven=True),))).was_proven


def test_the_case_carries_their_last_words_and_the_way_they_came(marlow):
    case = opened(marlow)
    received(marlow, case)
    later = replace(WORDS, medium="phone", text="He rang: still cold", began_at=NOW + timedelta(hours=1))
    received(marlow, case, later)
    received(marlow, case, replace(later, text="Again"))
    case.refresh_from_db()
    assert case.media == "email phone"
    assert case.last_snippet == "Again"
    assert case.last_word_at == NOW + timedelta(hours=1)


def test_an_older_word_found_later_does_not_turn_the_last_word_back(marlow):
    case = opened(marlow)
    received(marlow, case)
    received(marlow, case, replace(WORDS, began_at=NOW - timedelta(days=2)))
    case.refresh_from_db()
    assert case.last_word_at == NOW
    assert case.silent_since == NOW - timedelta(days=2)


def test_a_very_long_way_through_the_media_still_fits(marlow):
    case = opened(marlow)
    for number in range(30):
        received(marlow, case, replace(WORDS, medium="phone" if number % 2 else "letter"))
    assert len(Case.objects.get(pk=case.pk).media) <= 120


def test_changing_the_medium_is_written_down_and_the_clock_keeps_running(marlow):
    case = opened(marlow)
    received(marlow, case)
    received(marlow, case, replace(WORDS, medium="phone"))
    assert Event.objects.filter(about=case.about, kind="matched").count() == 1
    assert Case.objects.get(pk=case.pk).silent_since == NOW


def test_the_first_wish_stays_the_wish(marlow):
    case = opened(marlow)
    received(marlow, case, replace(WORDS, wish="A new one"))
    received(marlow, case, replace(WORDS, wish="My money"))
    assert Case.objects.get(pk=case.pk).wish == "A new one"


def test_new_words_end_the_asking(marlow):
    case = opened(marlow)
    Case.objects.filter(pk=case.pk).update(asked_at=NOW, asking_due_at=NOW)
    case.refresh_from_db()
    received(marlow, case)
    case = Case.objects.get(pk=case.pk)
    assert case.asked_at is None
    assert case.asking_due_at is None


def test_files_lie_under_their_content_before_a_row_names_them(marlow):
    case = opened(marlow)
    file = Attachment("../../cold" + "x" * 300, "image/png", b"\x89PNG")
    message = received(marlow, case, replace(WORDS, attachments=(file, file)))
    rows = list(Attached.objects.filter(message=message))
    assert len(rows) == 2
    assert {row.size for row in rows} == {4}
    assert keeping.read(rows[0].content) == b"\x89PNG"
    assert all(len(row.name) <= 255 for row in rows)


def test_who_wrote_a_call_down_is_its_author(marlow):
    case = marlow.john.is_written_down("phone", "It was cold", by=marlow.ines)
    assert Message.objects.get(case=case, is_theirs=True).author == marlow.ines


def test_taking_part_twice_is_taking_part_once(marlow):
    case = opened(marlow)
    assert take_part(case, case.customer, is_confirmed=False).is_confirmed
    assert Participant.objects.filter(case=case).count() == 1


def test_a_very_long_name_and_address_do_not_stop_anybody(marlow):
    sender = (Handle("email", "x" * 400 + "@a.example"), Handle("phone", "+441234"))
    customer, identity = identify(sender, name="N" * 900, at=NOW)
    customer.refresh_from_db()
    assert len(customer.name) == 200
    assert identity.kind == "phone"
