"""Two cases that are one matter: one clock from the first word that waits, one ladder, and back again when they were two."""

from datetime import timedelta

import pytest

from kept.cases.models import Case, Message, Rung
from kept.clock.duties import DUTIES
from kept.lib.refusal import Refusal
from kept.outcomes.joining import join, part, preview
from kept.people.models import Joining, Notice
from kept.promises.making import promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(marlow):
    """Mary's form, and what she wrote in public an hour later; the same customer, two subjects."""
    form = marlow.mary.fills_in_the_form("Where are my chairs?", subject="Chairs")
    marlow.clock.forward(hours=1)
    marlow.mary.handle = "@mary"
    Case.objects.filter(pk=form.pk).update(bare_subject="chairs", last_word_at=marlow.clock.now - timedelta(days=40))
    post = marlow.mary.is_written_down("post", "Does anybody read this?", by=marlow.ines)
    Case.objects.filter(pk=form.pk).update(last_word_at=marlow.clock.now - timedelta(hours=1))
    assert form.pk != post.pk
    return Case.objects.get(pk=form.pk), Case.objects.get(pk=post.pk)


def fresh(case):
    case.refresh_from_db()
    return case


def test_one_clock_runs_from_her_first_word_and_the_path_shows_both_ways(marlow, two):
    form, post = two
    since = form.silent_since
    assert join(post, form, by=marlow.priya, now=marlow.clock.now) == form
    assert fresh(form).silent_since == since
    assert form.media == "form post"
    assert Message.objects.filter(case=form, is_theirs=True).count() == 2
    assert (fresh(post).state, post.joined_into, post.silent_since, post.next_due_at) == ("joined", form, None, None)


def test_the_sooner_hour_of_both_stands_and_what_was_due_on_the_other_is_due_here(marlow, two):
    form, post = two
    assert post.answer_due_at < form.answer_due_at
    sooner = post.answer_due_at
    join(form, post, by=marlow.priya, now=marlow.clock.now)
    assert fresh(form).answer_due_at == sooner and form.rung_due_at <= sooner
    assert form.next_due_at == form.duty_due_at < sooner, "in public a person says that the words are here"


def test_rungs_climbed_on_either_are_not_climbed_again(marlow, two):
    form, post = two
    marlow.clock.forward(days=1)
    marlow.works()
    climbed = Rung.objects.filter(clock="answer", since=form.silent_since).count()
    assert climbed
    join(post, form, by=marlow.priya, now=marlow.clock.now)
    told = Notice.objects.filter(kind="late").count()
    for duty in DUTIES:
        duty.do(marlow.clock.now)
    assert Rung.objects.filter(case=form, clock="answer", since=form.silent_since).count() == climbed
    assert Notice.objects.filter(kind="late").count() == told


def test_what_was_promised_on_either_is_due_on_the_one(marlow, two):
    form, post = two
    by = marlow.clock.now + timedelta(minutes=20)
    promise(post, "The van is on its way", by=marlow.priya, due_at=by, said_in=None, now=marlow.clock.now)
    join(post, form, by=marlow.priya, now=marlow.clock.now)
    assert fresh(form).promise_due_at == by
    part(Joining.objects.get(), by=marlow.priya, now=marlow.clock.now)
    assert fresh(form).promise_due_at != by and fresh(post).promise_due_at == by


def test_undone_each_has_its_own_words_and_clock_again(marlow, two):
    form, post = two
    before = [(fresh(case).silent_since, case.media, case.is_open, case.reach) for case in two]
    words = dict(Message.objects.values_list("pk", "case"))
    join(post, form, by=marlow.priya, now=marlow.clock.now)
    assert dict(Message.objects.values_list("pk", "case")) != words
    part(Joining.objects.get(), by=marlow.ines, now=marlow.clock.now)
    assert [(fresh(case).silent_since, case.media, case.is_open, case.reach) for case in two] == before
    assert dict(Message.objects.values_list("pk", "case")) == words


def test_a_word_that_waits_is_not_hidden_behind_an_answer_that_never_saw_it(marlow, two):
    form, post = two
    marlow.answers(post, "Mary, we saw this.", medium="post")
    with pytest.raises(Refusal, match="still waits"):
        preview(post, form)
    with pytest.raises(Refusal, match="still waits"):
        join(post, form, by=marlow.priya, now=marlow.clock.now)
    assert fresh(form).silent_since is not None and fresh(post).is_open
    marlow.answers(form, "Dear Mary, the chairs come on Friday.")
    assert join(post, form, by=marlow.priya, now=marlow.clock.now).silent_since is None


def test_two_customers_two_endings_and_itself_are_refused(marlow, two):
    form, post = two
    johns = marlow.john.mails("Cold pizza", subject="Pizza", is_proven=True)
    for one, other in ((form, johns), (form, form)):
        with pytest.raises(Refusal):
            join(one, other, by=marlow.priya, now=marlow.clock.now)
    Case.objects.filter(pk=post.pk).update(is_open=False, ended_at=marlow.clock.now)
    with pytest.raises(Refusal, match="ended"):
        join(form, post, by=marlow.priya, now=marlow.clock.now)
