"""John's pizza comes cold for the third time in sixty days. Nobody thanks him for his words as if they were his first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kept.remedies.setting_up import Terms, add_remedy

THIRD = "This is the third time this has happened to you. That should not be."
pytestmark = pytest.mark.django_db(transaction=True)


def newest(story) -> dict[str, Any]:
    [first, *_others] = story.api("/cases?state=all&sort=opened")["items"]
    return story.api(f"/cases/{first['id']}")


def is_answered_and_happy(marlow, story) -> None:
    """Priya answers within the hour, and John says on his page that it is solved."""
    said = {"text": "Dear John, I am sorry. Your money is on its way.", "answers": True, "despite": ["all"], "promises": []}
    story.api(f"/cases/{newest(story)['id']}/replies", said)
    story.goes_by(minutes=1)
    story.presses(marlow.john, solved="yes")


def third_time(marlow, story) -> dict[str, Any]:
    for words in ("My pizza came cold.", "The pizza was cold. Again."):
        marlow.john.fills_in_the_form(words)
        story.goes_by(hours=1)
        is_answered_and_happy(marlow, story)
        story.goes_by(days=29, step=timedelta(days=1))
    marlow.john.fills_in_the_form("Stone cold, the pizza.")
    story.goes_by(minutes=1)
    return newest(story)


def test_three_forms_in_sixty_days_are_the_third_time_to_everybody_who_reads_it(marlow, story):
    case = third_time(marlow, story)
    assert [one["repeats"] for one in story.api("/cases?state=all&sort=opened")["items"]] == [3, 2, 1]

    acknowledged = story.mails_to(marlow.john.address)[-1]
    assert THIRD in acknowledged, "he pressed the button on a mailed link before: his address is proven"
    assert THIRD in story.reads_their_page(marlow.john)
    assert sum(THIRD in mail for mail in story.mails_to(marlow.john.address)) == 1

    told = [mail for mail in story.mails_to(marlow.ines.email) if "The third time for John Adeyemi" in mail]
    assert len(told) == 1, "the manager hears of it, once"
    assert [event["facts"]["times"] for event in story.happened("repeated")] == [2, 3]
    assert case["owner"]["name"] == "Priya Nair"


def test_the_earlier_ones_stand_beside_the_third_and_a_person_can_say_that_it_is_another_matter(marlow, story):
    case = third_time(marlow, story)
    assert story.at_the_desk_of(marlow.priya, "case_not_a_repeat", case["id"]) == 302
    assert newest(story)["repeats"] == 1
    assert THIRD not in story.reads_their_page(marlow.john).partition("What has happened so far")[0]


def test_who_only_says_that_it_is_the_third_is_believed_and_not_told_what_we_have_not_seen(marlow, story):
    marlow.john.mails("The pizza is cold for the third time.", subject="Cold", is_proven=True)
    story.goes_by(minutes=1)
    assert story.case["repeats"] == 3
    [mail] = story.mails_to(marlow.john.address)
    assert "You write that this is the third time. That should not be." in mail
    assert any("The third time for John Adeyemi" in mail for mail in story.mails_to(marlow.ines.email))


def test_priya_puts_it_right_herself_and_beyond_the_limit_ines_answers_by_her_hour(marlow, story):
    terms = Terms("your money back", marlow.ines, "GBP", limit_per_case=Decimal(20))
    money = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    marlow.john.mails("My pizza was cold.", subject="Cold", is_proven=True)
    story.goes_by(minutes=5)
    gifts = f"/cases/{story.case['id']}/gifts"

    given = story.api(gifts, {"remedy": str(money.pk), "amount": "18.40"})
    assert "Your money back: £18.40" in story.reads_their_page(marlow.john), "promised, on his page"
    story.api(f"/gifts/{given['id']}/done", {})
    assert [one["state"] for one in story.case["promises"] if not one["is_next_word"]] == ["kept"]

    asked = story.api(gifts, {"remedy": str(money.pk), "amount": "60", "why": "It was his daughter’s birthday."})
    assert asked["state"] == "asked"
    assert "£60" not in story.reads_their_page(marlow.john), "nothing is promised before somebody may promise it"
    story.goes_by(minutes=1)
    assert any("may John Adeyemi have your money back: £60.00?" in mail for mail in story.mails_to(marlow.ines.email))

    story.goes_by(days=1)
    assert len(story.happened("gift_without_a_word")) == 1, "her hour passed, and somebody above her heard of it, once"
    assert story.at_the_desk_of(marlow.ines, "gift_decide", asked["id"], said="yes") == 302
    assert "Your money back: £60.00" in story.reads_their_page(marlow.john)
