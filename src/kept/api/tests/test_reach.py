"""A program tells how far a post reaches; the rungs are told as ever, and what is no number is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case, ReachReading
from kept.lib import clock
from kept.people.models import Notice
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(marlow):
    return marlow.hears("They broke my guitar.", medium="post", email="sam@example.org")


def test_each_reading_stands_on_the_matter_and_each_rung_is_told_once(marlow, program, post):
    path = f"/cases/{post.case.public_id}/reach"
    assert program.post(path, {"views": 40, "reposts": 2}).status_code == 201
    told = program.post(path, {"views": 1500, "message": str(post.public_id)}).json()
    assert told["reach"] == 1500 and [one["views"] for one in told["readings"]] == [1500, 40]
    assert program.get(path).json() == told
    case = program.get(f"/cases/{post.case.public_id}").json()
    assert case["reach"] == 1500 and case["readings"] == told["readings"]
    assert Notice.objects.filter(kind="reach", to=marlow.priya).count() == 2
    assert Event.objects.filter(kind="reached").count() == 2


def test_growth_is_told_by_the_hour(marlow, program, post):
    path = f"/cases/{post.case.public_id}/reach"
    program.post(path, {"views": 100})
    ReachReading.objects.update(at=clock.now() - timedelta(hours=1))
    assert program.post(path, {"views": 350}).json()["an_hour"] == 250


@pytest.mark.parametrize("wrong", [{"views": -1}, {"views": 1.5}, {"views": "many"}, {"people": 3}, {"views": 10**12}])
def test_what_is_no_number_of_people_is_refused(marlow, program, post, wrong):
    assert program.post(f"/cases/{post.case.public_id}/reach", wrong).status_code == 422
    assert program.post(f"/cases/{post.case.public_id}/reach", {}).status_code == 409
    assert not ReachReading.objects.exists()


def test_a_mail_has_no_reach_and_a_reader_writes_none(marlow, program, reader, post):
    mail = marlow.hears("Cold.", medium="phone", email="x@example.org")
    assert program.post(f"/cases/{mail.case.public_id}/reach", {"views": 10}).status_code == 422
    assert reader.post(f"/cases/{post.case.public_id}/reach", {"views": 10}).status_code == 403
    assert reader.get(f"/cases/{post.case.public_id}/reach").json()["readings"] == []
    assert Case.objects.filter(reach__isnull=False).count() == 0


def test_the_same_key_writes_one_reading(marlow, program, post):
    for _time in range(2):
        program.post(f"/cases/{post.case.public_id}/reach", {"views": 10}, key="k1")
    assert ReachReading.objects.count() == 1
