"""Once a week each team reads what its customers lived through, and nothing that a customer has taken back since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.cases.models import Case
from kept.people.models import Employee, Notice, Team
from kept.promises.keeping import keep
from kept.promises.making import promise
from kept.stories.asking_consent import write_down_what_they_said
from kept.stories.choosing import choose
from kept.stories.mailing import choose_for, mail_stories, send_the_weeks_stories
from kept.stories.models import Story, StoryMail
from kept.stories.redacting import see

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 8, 8, 5, tzinfo=UTC)


@pytest.fixture
def team(marlow) -> Team:
    team = Team.objects.create(name="Customer care")
    Employee.objects.filter(pk=marlow.priya.pk).update(team=team)
    return team


def shared(marlow, word, *, outcome: str, scope: str = "team_mail", title: str = "The torn box") -> Story:
    now = marlow.clock.now
    story = choose(word, title=title, by=marlow.priya, now=now, outcome=outcome)
    see(story, story.words, by=marlow.priya, now=now)
    write_down_what_they_said(story, scope=scope, with_name=False, said="Yes.", by=marlow.priya, now=now)
    return Story.objects.get(pk=story.pk)


def letters(marlow) -> list[str]:
    return [mail.text for mail in marlow.post if mail.subject.startswith("Stories of this week")]


def test_the_week_begins_on_monday_at_eight_and_each_team_is_sent_it_once(marlow, team, word):
    shared(marlow, word, outcome="white")
    assert send_the_weeks_stories(MONDAY - timedelta(hours=2)) == 0
    assert send_the_weeks_stories(MONDAY) == 1
    assert send_the_weeks_stories(MONDAY + timedelta(days=2)) == 0
    assert mail_stories(MONDAY) == 1
    assert mail_stories(MONDAY) == 0
    [letter] = letters(marlow)
    assert "the box for order [number] was torn" in letter.replace("\n  > ", " ")
    assert "Name kept back" in letter and "1. What did we do here" in letter


def test_a_story_taken_back_between_is_in_no_letter(marlow, team, word):
    story = shared(marlow, word, outcome="black")
    send_the_weeks_stories(MONDAY)
    write_down_what_they_said(story, scope="", with_name=False, said="No longer.", by=marlow.priya, now=MONDAY)
    assert mail_stories(MONDAY) == 0
    assert letters(marlow) == []
    assert not Notice.objects.filter(kind="stories", next_try_at__isnull=False).exists()


def test_what_is_for_the_house_alone_is_not_mailed(marlow, team, word):
    shared(marlow, word, outcome="white", scope="inside")
    assert send_the_weeks_stories(MONDAY) == 0
    assert not StoryMail.objects.exists()


def test_nobody_reads_a_story_twice(marlow, team, word):
    shared(marlow, word, outcome="white")
    send_the_weeks_stories(MONDAY)
    assert choose_for(team, now=MONDAY + timedelta(days=7)).stories == []


def test_a_promise_beaten_is_told_and_one_kept_late_is_not(marlow, team, word):
    now, case = marlow.clock.now, Case.objects.get(pk=word.case_id)
    early = promise(case, "a new box", by=Employee.objects.get(pk=marlow.priya.pk), due_at=now + timedelta(days=4), now=now)
    late = promise(case, "a call", by=Employee.objects.get(pk=marlow.priya.pk), due_at=now + timedelta(hours=1), now=now)
    keep(early, by=marlow.priya, now=now + timedelta(days=1))
    keep(late, by=marlow.priya, now=now + timedelta(days=2))
    assert choose_for(team, now=now + timedelta(days=3)).promise == early
    send_the_weeks_stories(now + timedelta(days=3))
    mail_stories(now + timedelta(days=3))
    assert "promised “a new box” and kept it 3 d" in letters(marlow)[0].replace("\n", " ")
