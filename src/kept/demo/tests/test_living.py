"""The sample house lives by the same rules as any other: its books are in order whatever happened there."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction

from kept.audit.counting import count
from kept.audit.invariants import INVARIANTS
from kept.cases.models import Case, Message, ReachReading
from kept.cases.page_reads import PageRead
from kept.demo.crowd import Crowd
from kept.demo.living import live
from kept.demo.post import PostToNowhere, RecordedPost
from kept.intake.models import Arrival, Fate, Filed
from kept.numbers.models import CustomerMonth
from kept.promises.models import Promise
from kept.stories.models import Consent, Story, StoryState

THURSDAY = datetime(2026, 6, 18, 14, 50, tzinfo=UTC)
DAYS = 6


@pytest.fixture
def lived(db):
    return live(THURSDAY, DAYS)


def test_whatever_happened_at_marlow_all_invariants_hold_and_everybody_is_accounted_for(lived):
    broken = [f"{holds.__name__}: {sentence}" for holds in INVARIANTS for sentence in holds(THURSDAY)]
    assert broken == []
    audit = count(THURSDAY)
    assert audit.unaccounted == 0
    came_back = Filed.objects.filter(fate=Fate.STATUS).count()  # a mail of ours that bounced is no contact
    assert audit.received == Arrival.objects.count() - came_back > 30
    assert audit.waiting_in_time > 0
    assert audit.answered > 0
    assert audit.set_aside > 0
    assert Promise.objects.open().filter(is_next_word=False).exists()
    assert not Message.objects.filter(at__gt=THURSDAY).exists()
    assert not Message.objects.filter(delivered_at__gt=THURSDAY).exists()
    john = Case.objects.get(subject="Third cold pizza in five weeks")
    assert john.owner.name == "Dana Okafor"
    assert john.silent_since is not None
    assert john.promises.filter(what="A phone call", kept_at=None).exists()


@pytest.mark.django_db
def test_in_four_weeks_customers_let_others_read_their_words_posts_are_looked_at_and_the_books_are_brought():
    live(THURSDAY, 28)
    asked = Consent.objects.filter(asked_at__isnull=False)
    assert asked.exists()
    assert not Story.objects.filter(state=StoryState.SHARED).exclude(consents__says_yes=True).exists()
    assert ReachReading.objects.exists()
    assert CustomerMonth.objects.filter(is_active=True, value__gt=0).exists()
    assert Promise.objects.filter(standing__isnull=False, broken_at__isnull=False).exists()
    assert PageRead.objects.filter(is_enough=True).exists()


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_words_and_another_seed_others():
    assert words_of(seed=3) == words_of(seed=3) != words_of(seed=4)


def words_of(*, seed):
    with transaction.atomic():
        live(THURSDAY, 2, seed=seed)
        words = Message.objects.filter(is_theirs=True).order_by("id").values_list("text", "medium", "at", "case__owner__name")
        told = list(words)
        transaction.set_rollback(True)
    return told


@pytest.mark.django_db
def test_no_customer_of_a_year_is_taken_for_another_by_their_telephone(marlow):
    crowd = Crowd(marlow, Random(7))
    everybody = [marlow.john, marlow.mary, marlow.samir, *(crowd.called(f"Ana Souza {number}") for number in range(900))]
    phones = [one.phone for one in everybody if one.phone]
    assert len(phones) == len(set(phones)) > 300


def test_a_mail_of_the_demo_goes_nowhere():
    RecordedPost.empty()
    assert PostToNowhere({"address": "help@marlow.example"}).problems() == []
    assert RecordedPost.sent == []
