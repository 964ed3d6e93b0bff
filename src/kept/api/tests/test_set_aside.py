"""What was set aside, and how it comes back."""

from __future__ import annotations

import pytest

from kept.cases.models import Case
from kept.intake.models import Arrival
from kept.timeline.models import Event


def test_a_robots_mail_is_shown_with_its_reason(marlow, program):
    filed = marlow.gets_a_mail_of_a_robot()
    [shown] = program.get("/set-aside").json()["items"]
    assert shown.keys() == {"id", "receipt", "account", "sender", "subject", "why", "at", "reached_us_at"}
    assert (shown["sender"], shown["subject"], shown["why"]) == ("samir@patel.example", "Out of office", filed.why)
    assert shown["receipt"] == str(Arrival.objects.get().receipt)
    assert not Case.objects.exists()


def test_it_is_brought_back_as_a_customers_word_with_a_clock(marlow, for_ben):
    marlow.gets_a_mail_of_a_robot()
    [shown] = for_ben.get("/set-aside").json()["items"]
    back = for_ben.post(f"/set-aside/{shown['id']}/bring-back")
    assert (back.status_code, back.json().keys()) == (200, {"case", "message"})
    case = for_ben.get(f"/cases/{back.json()['case']}").json()
    assert case["silent_since"] == shown["reached_us_at"]
    assert for_ben.get("/set-aside").json()["items"] == []
    assert Event.objects.get(kind="brought_back").by == f"employee:{marlow.ben.pk}"
    audit = for_ben.get("/audit").json()
    assert (audit["received"], audit["set_aside"], audit["unaccounted"]) == (1, 0, 0)


@pytest.mark.parametrize("id", ["x", "x.0", "00000000-0000-0000-0000-000000000000.0", "..", "9" * 400])
def test_what_was_never_set_aside_is_a_404(program, id):
    assert program.post(f"/set-aside/{id}/bring-back").status_code == 404
