"""A small thing is looked after like a customer's word: an owner, an hour, and whoever saw it hears what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.observations.linking import link, link_many, may_have_come_of, refuse, seen_before, unlink, whether_seen_before
from kept.observations.models import Observation
from kept.observations.photos import LARGEST, keep_photo
from kept.observations.reminding import tell_of_small_things_that_wait
from kept.observations.reporting import report
from kept.observations.settling import hand_on, settle
from kept.people.models import Employee, Notice
from kept.places.placing import add_place, add_touchpoint
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def smudge(marlow, monitor) -> Observation:
    return report("Fingerprints all over the screen.", by=marlow.ben, touchpoint=monitor, now=marlow.clock.now)


def told(who: Employee) -> list[str]:
    return list(Notice.objects.filter(to=who, kind="small_thing").order_by("id").values_list("says", flat=True))


def kinds(seen: Observation) -> list[str]:
    return list(Event.objects.filter(about=seen.about).order_by("id").values_list("kind", flat=True))


def test_whoever_leads_the_touchpoint_has_it_within_two_working_days(marlow, mill, smudge):
    assert (smudge.owner, smudge.place) == (marlow.tom, mill)
    assert smudge.due_at == datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
    assert told(marlow.tom) == ["A small thing for you to see to: Fingerprints all over the screen."]
    assert not told(marlow.ben) and kinds(smudge) == ["small_thing_seen"]


def test_where_nobody_leads_the_touchpoint_the_place_and_what_it_is_part_of_do(marlow, mill):
    counter = add_place("Counter", parent=mill, by=marlow.ines, now=marlow.clock.now)
    till = add_touchpoint("The till", place=counter, by=marlow.ines, now=marlow.clock.now)
    assert report("It sticks.", touchpoint=till, now=marlow.clock.now).owner == marlow.dana
    assert report("It is dark here.", place=counter, now=marlow.clock.now).owner == marlow.dana


def test_where_nobody_leads_at_all_the_duty_manager_has_it(marlow):
    assert report("The sign is crooked.", now=marlow.clock.now).owner == marlow.ines


def test_who_has_left_gets_nothing_and_who_is_away_has_a_stand_in(marlow, mill, monitor):
    Employee.objects.filter(pk=marlow.tom.pk).update(away_from=marlow.clock.now - timedelta(days=1), stand_in=marlow.ben)
    monitor.refresh_from_db()
    assert report("It flickers.", touchpoint=monitor, now=marlow.clock.now).owner == marlow.ben
    Employee.objects.filter(pk=marlow.tom.pk).update(is_active=False)
    monitor.refresh_from_db()
    assert report("It hums.", touchpoint=monitor, now=marlow.clock.now).owner == marlow.dana


def test_nothing_said_is_refused(marlow):
    with pytest.raises(Refusal, match="Say what you noticed"):
        report("  ", by=marlow.priya, now=marlow.clock.now)


def test_what_one_sees_oneself_where_one_leads_needs_no_telling(marlow, monitor):
    report("Dust.", by=marlow.tom, touchpoint=monitor, now=marlow.clock.now)
    assert not told(marlow.tom)


def test_whoever_saw_it_hears_what_became_of_it(marlow, smudge):
    settled = settle(smudge, "Wiped every morning from now on.", by=marlow.tom, now=marlow.clock.forward(hours=3))
    assert (settled.state, settled.told_at) == ("done", marlow.clock.now)
    [word] = told(marlow.ben)
    assert "Fingerprints all over the screen." in word and "Wiped every morning from now on." in word
    assert kinds(smudge) == ["small_thing_seen", "small_thing_done"]


def test_it_may_stay_as_it_is_but_not_without_a_reason(marlow, smudge):
    with pytest.raises(Refusal, match="Say why it stays"):
        settle(smudge, " ", left=True, by=marlow.tom, now=marlow.clock.now)
    settle(smudge, "The screen goes next week.", left=True, by=marlow.tom, now=marlow.clock.now)
    assert "The screen goes next week." in told(marlow.ben)[0] and kinds(smudge)[-1] == "small_thing_left"


def test_it_is_settled_once_and_not_by_just_anybody(marlow, smudge):
    with pytest.raises(Refusal, match="Tom Reyes sees to it"):
        settle(smudge, "Gone.", by=marlow.ben, now=marlow.clock.now)
    settle(smudge, "Wiped.", by=marlow.dana, now=marlow.clock.now)
    with pytest.raises(Refusal, match="settled already: Wiped"):
        settle(smudge, "Wiped again.", by=marlow.tom, now=marlow.clock.now)
    with pytest.raises(Refusal, match="settled already"):
        hand_on(smudge, to=marlow.ben, by=marlow.tom, now=marlow.clock.now)


def test_who_left_no_name_cannot_be_told(marlow, monitor):
    seen = report("It is sticky.", touchpoint=monitor, now=marlow.clock.now)
    assert settle(seen, "Wiped.", by=marlow.tom, now=marlow.clock.now).told_at is None


def test_handed_on_it_keeps_its_hour(marlow, smudge):
    handed = hand_on(smudge, to=marlow.amira, by=marlow.tom, now=marlow.clock.now)
    assert (handed.owner, handed.due_at) == (marlow.amira, smudge.due_at) and len(told(marlow.amira)) == 1
    Employee.objects.filter(pk=marlow.ben.pk).update(is_active=False)
    marlow.ben.refresh_from_db()
    with pytest.raises(Refusal, match="has left"):
        hand_on(smudge, to=marlow.ben, by=marlow.tom, now=marlow.clock.now)


def test_when_its_hour_is_over_owner_and_manager_hear_it_once(marlow, smudge):
    assert tell_of_small_things_that_wait(marlow.clock.forward(days=2) - timedelta(minutes=1)) == 0
    assert tell_of_small_things_that_wait(marlow.clock.now) == 1
    assert tell_of_small_things_that_wait(marlow.clock.forward(days=3)) == 0
    assert "the hour is over" in told(marlow.tom)[-1] and len(told(marlow.ines)) == 1
    assert kinds(smudge)[-1] == "small_thing_late"


def test_what_is_settled_is_never_late(marlow, smudge):
    settle(smudge, "Wiped.", by=marlow.tom, now=marlow.clock.now)
    assert tell_of_small_things_that_wait(marlow.clock.forward(days=9)) == 0


def complains(marlow, monitor, words: str) -> Case:
    case = marlow.mary.mails(words, subject=words)
    Case.objects.filter(pk=case.pk).update(touchpoint=monitor, opened_at=marlow.clock.now)
    case.refresh_from_db()
    return case


def test_a_complaint_after_it_is_proposed_and_a_person_says_so(marlow, monitor, smudge):
    before = complains(marlow, monitor, "I could not read my bill on your dirty screen.")
    Case.objects.filter(pk=before.pk).update(opened_at=smudge.seen_at - timedelta(hours=1))
    marlow.clock.forward(days=1)
    case = complains(marlow, monitor, "Your screen made me feel you do not care.")
    assert list(may_have_come_of(smudge, marlow.priya)) == [case]
    [proposed] = seen_before(case, marlow.priya)
    assert (proposed, vars(proposed)["is_said"]) == (smudge, False)

    link(smudge, case, by=marlow.priya, now=marlow.clock.now)
    assert "Mary Whitcombe suffers" in told(marlow.tom)[-1]
    link(smudge, case, by=marlow.priya, now=marlow.clock.now)
    assert not may_have_come_of(smudge, marlow.priya)
    [said] = seen_before(case, marlow.priya)
    assert vars(said)["is_said"] and "Mary Whitcombe suffers" in told(marlow.tom)[-1]
    assert Event.objects.filter(about=case.about, kind="seen_before").count() == 1

    unlink(smudge, case, by=marlow.priya, now=marlow.clock.now)
    assert not may_have_come_of(smudge, marlow.priya), "a person said no; nobody is asked the same again"
    assert not seen_before(case, marlow.priya)
    assert Event.objects.filter(about=case.about, kind="not_seen_before").count() == 1


def test_a_no_to_what_is_only_proposed_is_kept_and_can_become_a_yes(marlow, monitor, smudge):
    marlow.clock.forward(days=1)
    case = complains(marlow, monitor, "Your screen made me feel you do not care.")
    for _twice in range(2):
        refuse(smudge, case, by=marlow.priya, now=marlow.clock.now)
    assert not may_have_come_of(smudge, marlow.priya) and not seen_before(case, marlow.priya)
    assert kinds(smudge).count("not_seen_before") == 1
    assert not Case.objects.filter(pk=case.pk).filter(whether_seen_before(), observed__is_so=True).exists()
    link(smudge, case, by=marlow.priya, now=marlow.clock.now)
    [said] = seen_before(case, marlow.priya)
    assert vars(said)["is_said"]
    refuse(smudge, case, by=marlow.ben, now=marlow.clock.now)
    assert seen_before(case, marlow.priya), "what a person said is taken back, not refused"


def test_a_complaint_before_it_came_of_something_else(marlow, monitor, smudge):
    case = complains(marlow, monitor, "Dirty.")
    Case.objects.filter(pk=case.pk).update(opened_at=smudge.seen_at - timedelta(hours=1))
    case.refresh_from_db()
    with pytest.raises(Refusal, match="before it was seen"):
        link(smudge, case, by=marlow.priya, now=marlow.clock.now)


def test_elsewhere_about_something_else_praise_and_what_came_months_later_are_not_proposed(marlow, monitor, smudge):
    elsewhere = complains(marlow, None, "My laminator is broken.")
    praise = complains(marlow, monitor, "What a lovely counter.")
    Case.objects.filter(pk=praise.pk).update(kind="praise")
    later = complains(marlow, monitor, "Smudges again.")
    Case.objects.filter(pk=later.pk).update(opened_at=smudge.seen_at + timedelta(days=61))
    assert not may_have_come_of(smudge, marlow.priya)
    assert not seen_before(elsewhere, marlow.priya)


def test_many_are_linked_at_once(marlow, monitor, smudge):
    cases = [complains(marlow, monitor, f"Smudge {number} on the screen.") for number in range(3)]
    assert link_many(smudge, cases, by=marlow.priya, now=marlow.clock.now) == 3
    assert smudge.cases.count() == 3


def test_a_photo_is_kept_and_anything_else_is_refused(marlow):
    from kept.files.keeping import read
    from kept.lib.tests.test_pictures import HIDDEN, exif, jpeg, segment

    photo = keep_photo(jpeg(segment(0xE1, exif(1))))
    assert photo.type == "image/jpeg" and HIDDEN not in read(photo.content)
    with pytest.raises(Refusal, match="no photo that Kept can show"):
        keep_photo(b"<script>")
    with pytest.raises(Refusal, match="12 MB"):
        keep_photo(b"\xff" * (LARGEST + 1))
