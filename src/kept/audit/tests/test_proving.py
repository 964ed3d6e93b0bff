"""One statement a day, sealed, so that nobody can count differently later."""

from __future__ import annotations

from kept.audit.models import Statement
from kept.audit.proving import publish_the_audit
from kept.timeline.models import Event


def test_the_day_s_sum_stands_as_it_was_at_its_moment(marlow):
    marlow.john.mails("My pizza was cold.")
    statement = publish_the_audit(marlow.clock.now)
    assert (statement.counts["received"], statement.counts["waiting_in_time"], statement.counts["unaccounted"]) == (1, 1, 0)
    marlow.john.mails("Hello?")
    statement.refresh_from_db()
    assert statement.counts["received"] == 1


def test_once_a_day_however_often_it_is_asked_for(marlow):
    assert publish_the_audit(marlow.clock.now) is not None
    assert publish_the_audit(marlow.clock.forward(hours=2)) is None
    assert publish_the_audit(marlow.clock.forward(days=1)) is not None
    assert Statement.objects.count() == 2
    assert Event.objects.filter(kind="published").count() == 2


def test_it_carries_the_last_link_of_the_chain(marlow):
    marlow.john.mails("My pizza was cold.")
    statement = publish_the_audit(marlow.clock.now)
    last = Event.objects.get(number=statement.sealed_up_to)
    assert bytes(statement.chain) == bytes(last.chain)
    assert not Event.objects.filter(number__isnull=True).exclude(kind="published").exists()
