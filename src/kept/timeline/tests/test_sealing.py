"""The past cannot be changed unseen; what concerns one person can be emptied without breaking it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kept.timeline.chain import commitment_of, flaws
from kept.timeline.happenings import HAPPENINGS, Audience, Happened, sentence
from kept.timeline.models import Event
from kept.timeline.reading import history, lines
from kept.timeline.recording import name_of, record, through
from kept.timeline.sealing import seal

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def happen(number: int = 3) -> list[Event]:
    for count in range(number):
        record(
            f"case:{count % 2}", Happened.NOTED, at=NOW + timedelta(minutes=count), by="employee:1", note=count, text="Größe 😀"
        )
    return list(Event.objects.order_by("id"))


def without_guards(statement: str, *values: object) -> None:
    """What somebody with the database file in hand could do."""
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, values)
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.mark.django_db
class TestSealing:
    def test_every_event_has_a_number_in_order_and_none_is_left(self):
        happen(5)
        assert seal(NOW) == 5
        assert list(Event.objects.order_by("id").values_list("number", flat=True)) == [1, 2, 3, 4, 5]

    def test_sealing_again_finds_nothing_new(self):
        happen()
        seal(NOW)
        assert seal(NOW) == 0

    def test_what_happens_later_hangs_on_what_happened_before(self):
        happen(2)
        seal(NOW)
        happen(2)
        assert seal(NOW) == 2
        assert list(Event.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
        assert list(flaws()) == []

    def test_more_than_one_batch_is_one_chain(self):
        Event.objects.bulk_create(
            Event(kind=Happened.NOTED, about="case:1", at=NOW + timedelta(seconds=count)) for count in range(1001)
        )
        assert seal(NOW) == 1001
        assert list(flaws()) == []

    def test_nothing_to_seal_costs_one_look(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            seal(NOW)

    def test_the_unsealed_are_found_without_reading_the_whole_past(self):
        plan = Event.objects.filter(number__isnull=True).order_by("id")[:500].explain()
        assert connection.vendor != "sqlite" or ("SCAN" not in plan and "TEMP" not in plan), plan

    def test_a_later_part_can_be_looked_at_alone(self):
        happen(6)
        seal(NOW)
        without_guards("UPDATE kept_event SET about = 'case:9' WHERE number = 2")
        assert len(list(flaws())) == 1
        assert list(flaws(after=2)) == []

    def test_two_equal_events_commit_to_different_things(self):
        record("case:1", Happened.OPENED, at=NOW)
        record("case:1", Happened.OPENED, at=NOW)
        one, other = Event.objects.order_by("id")
        assert commitment_of(one) != commitment_of(other)


@pytest.mark.django_db
class TestForgery:
    @pytest.fixture(autouse=True)
    def _sealed(self, db):
        happen(5)
        seal(NOW)

    @pytest.mark.parametrize(
        "change",
        [
            "facts = '{\"note\": 99}'",
            "about = 'case:7'",
            "by = 'employee:7'",
            "kind = 'rested'",
            "at = '2026-06-01 09:02:01+00:00'",
            "at = '2026-05-01 09:02:00+00:00'",
            "number = 30",
        ],
    )
    def test_any_change_of_any_column_is_found(self, change):
        column, _equals, value = change.partition(" = ")
        without_guards(f'UPDATE kept_event SET "{column}" = {value} WHERE number = 3')
        assert list(flaws())

    def test_a_deleted_event_is_missed(self):
        without_guards("DELETE FROM kept_event WHERE number = 3")
        assert "event number 3 is missing" in list(flaws())

    def test_two_swapped_events_are_found(self):
        without_guards("UPDATE kept_event SET number = 90 WHERE number = 2")
        without_guards("UPDATE kept_event SET number = 2 WHERE number = 3")
        without_guards("UPDATE kept_event SET number = 3 WHERE number = 90")
        assert list(flaws())

    def test_an_inserted_event_is_found(self):
        new = record("case:1", Happened.ENDED, at=NOW)
        without_guards(
            "UPDATE kept_event SET number = 6, chain = (SELECT chain FROM kept_event WHERE number = 5) WHERE id = %s", new.pk
        )
        assert list(flaws())


@pytest.mark.django_db
class TestTheGuards:
    def refused(self, event: Event, **columns: object) -> bool:
        try:
            with transaction.atomic():
                Event.objects.filter(pk=event.pk).update(**columns)
        except DatabaseError:
            return True
        return False

    @pytest.mark.parametrize("is_sealed", [False, True])
    def test_nobody_rewrites_what_happened(self, is_sealed):
        event = happen(1)[0]
        if is_sealed:
            seal(NOW)
        columns = [
            {"kind": "rested"}, {"facts": {}}, {"about": "case:9"}, {"by": ""}, {"at": NOW + timedelta(days=1)},
            {"at": NOW + timedelta(hours=1)}, {"salt": b"x" * 16},
        ]  # fmt: skip
        assert [self.refused(event, **change) for change in columns] == [True] * len(columns)

    def test_nobody_seals_twice(self):
        event = happen(1)[0]
        seal(NOW)
        assert self.refused(event, number=7)
        assert self.refused(event, chain=b"x" * 32)
        assert self.refused(event, commitment=b"x" * 32)

    def test_nobody_deletes(self):
        event = happen(1)[0]
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.filter(pk=event.pk).delete()

    def test_emptying_is_allowed_and_the_chain_still_holds(self):
        event = happen(5)[2]
        seal(NOW)
        Event.objects.filter(pk=event.pk).update(salt=b"", facts={}, about="", by="")
        assert list(flaws()) == []
        event.refresh_from_db()
        assert (event.number, event.kind, event.facts) == (3, "noted", {})

    def test_emptied_in_part_is_emptied(self):
        event = happen(5)[2]
        seal(NOW)
        Event.objects.filter(pk=event.pk).update(salt=b"", facts={})
        assert list(flaws()) == []

    def test_what_was_emptied_keeps_its_day(self):
        event = happen(1)[0]
        seal(NOW)
        assert self.refused(event, salt=b"", at=NOW + timedelta(days=1))


class TheChainHoldsWhateverHappened(TestCase):
    facts = st.dictionaries(
        st.text(max_size=8), st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=12), max_size=4
    )

    @settings(max_examples=40)
    @given(st.lists(facts, min_size=1, max_size=6), st.lists(st.integers(0, 5), max_size=3), st.integers(0, 6))
    def test_sealed_in_any_parts_and_emptied_anywhere(self, told, emptied, first):
        told = [{key.replace("\0", ""): str(value).replace("\0", "") for key, value in facts.items()} for facts in told]
        for number, facts in enumerate(told):
            Event.objects.create(kind=Happened.NOTED, about=f"case:{number}", at=NOW + timedelta(hours=number), facts=facts)
            if number == first:
                seal(NOW)
        seal(NOW)
        rows = list(Event.objects.order_by("id"))
        for place in emptied:
            if place < len(rows):
                Event.objects.filter(pk=rows[place].pk).update(salt=b"", facts={}, about="")
        assert list(flaws()) == []
        assert Event.objects.filter(number=None).count() == 0


@pytest.mark.django_db
class TestRecording:
    def test_things_are_named_by_kind_and_number(self, marlow):
        assert name_of(marlow.priya) == f"employee:{marlow.priya.pk}"
        assert name_of("case:4") == "case:4"
        assert name_of(None) == ""

    def test_what_a_program_did_names_the_program(self, marlow):
        with through("apitoken:7"):
            inside = record("case:1", Happened.NOTED, at=NOW, by=marlow.priya)
            with through("apitoken:8"):
                assert record("case:1", Happened.NOTED, at=NOW).facts["through"] == "apitoken:8"
        assert inside.facts["through"] == "apitoken:7"
        assert "through" not in record("case:1", Happened.NOTED, at=NOW).facts

    def test_a_fault_inside_does_not_leave_the_program_at_work(self):
        with pytest.raises(ValueError, match="oh"), through("apitoken:7"):
            raise ValueError("oh")
        assert "through" not in record("case:1", Happened.NOTED, at=NOW).facts

    def test_an_event_goes_with_the_change_that_failed(self):
        with pytest.raises(ValueError, match="oh"), transaction.atomic():
            record("case:1", Happened.NOTED, at=NOW)
            raise ValueError("oh")
        assert not Event.objects.exists()


@pytest.mark.django_db
class TestReading:
    def test_a_history_is_sentences_in_their_order(self):
        record("case:1", Happened.RECEIVED, at=NOW, by="customer:1", customer="John", medium="email")
        record("case:2", Happened.RECEIVED, at=NOW, by="customer:2", customer="Mary", medium="phone")
        record("case:1", Happened.NOTED, at=NOW, by="employee:1")
        told = history("case:1", audiences=frozenset(Audience), names={"employee:1": "Priya"})
        assert [line.says for line in told] == ["John wrote by email", "Priya left a note"]

    def test_a_customer_reads_only_what_is_for_customers(self):
        record("case:1", Happened.RECEIVED, at=NOW, customer="John", medium="email")
        record("case:1", Happened.NOTED, at=NOW, by="employee:1")
        told = history("case:1", audiences=frozenset({Audience.CUSTOMER}), names={})
        assert [line.kind for line in told] == ["received"]

    def test_what_was_emptied_reads_as_a_gap(self):
        event = record("case:1", Happened.RECEIVED, at=NOW, customer="John", medium="email")
        Event.objects.filter(pk=event.pk).update(salt=b"", facts={})
        assert [line.says for line in lines(Event.objects.all(), names={})] == ["… wrote by …"]

    def test_what_kept_did_by_itself_is_said_in_its_name(self):
        record("case:1", Happened.NOTED, at=NOW)
        assert next(iter(lines(Event.objects.all(), names={}))).says == "Kept left a note"

    def test_words_of_theirs_in_the_facts_cannot_reach_into_the_sentence(self):
        assert sentence("ended", {"reason": "{by_name.__class__}"}, by_name="Priya") == "It ended: {by_name.__class__}"


@pytest.mark.parametrize("kind", list(Happened), ids=str)
def test_every_sentence_can_be_said_even_when_its_facts_are_gone(kind):
    says = sentence(kind, {}, by_name="Priya")
    assert "{" not in says
    assert HAPPENINGS[kind].audience in Audience
