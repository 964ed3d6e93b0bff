"""Rows with ready statements (lib/rows.py) are what Django itself would have written."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Case
from kept.people.models import Customer
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_what_was_written_reads_back_the_same():
    made = Event.objects.create(kind="received", about="case:1", at=NOW, facts={"medium": "form", "n": [1, None]})
    read = Event.objects.get(pk=made.pk)
    assert (read.kind, read.about, read.at, read.facts, bytes(read.salt)) == ("received", "case:1", NOW, made.facts, made.salt)
    assert read.number is None


def test_only_the_columns_that_changed_are_written():
    mary = Customer.objects.create(name="Mary", first_seen_at=NOW)
    Customer.objects.filter(pk=mary.pk).update(language="de")
    mary.name = "Mary Whitcombe"
    mary.save(update_fields=["name"])
    mary.refresh_from_db()
    assert (mary.name, mary.language) == ("Mary Whitcombe", "de")


def test_an_expression_is_worked_out_by_the_database(marlow):
    case = marlow.mary.fills_in_the_form("Where are my boxes?")
    case.noes = F("noes") + 2
    case.save(update_fields=["noes"])
    assert Case.objects.get(pk=case.pk).noes == 2


def test_a_row_that_is_gone_is_not_updated_in_silence():
    mary = Customer.objects.create(name="Mary", first_seen_at=NOW)
    Customer.objects.filter(pk=mary.pk).delete()
    with pytest.raises(DatabaseError, match="did not affect any rows"):
        mary.save(update_fields=["name"])


def test_a_new_row_is_one_statement():
    with CaptureQueriesContext(connection) as asked:
        Customer.objects.create(name="Mary", first_seen_at=NOW)
    assert len(asked.captured_queries) == 1
