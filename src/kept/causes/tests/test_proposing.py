"""What may have one root is proposed with its reason; a person says yes or no, and no is not asked again (R12)."""

from __future__ import annotations

import pytest

from kept.cases.models import Case
from kept.causes.gathering import decide, gather, gather_many
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import take_up, turn_down
from kept.causes.proposing import propose_what_may_belong_together
from kept.causes.tests.conftest import by_mail
from kept.lib.refusal import Refusal
from kept.people.models import House, Notice
from kept.places.models import Touchpoint
from kept.timeline.models import Event

OTHER = (
    "Where is my invoice for the sixteen boxes of paper?",
    "The receipt shows another address.",
    "When do you open on Sunday?",
)


@pytest.fixture
def others(marlow, delivery) -> list[Case]:
    return [by_mail(marlow, 9 + number, text, subject="Something else") for number, text in enumerate(OTHER)]


def propose(marlow) -> int:
    return propose_what_may_belong_together(marlow.clock.now)


def proposed(cause) -> set[int]:
    return set(Gathered.objects.proposed().filter(cause=cause).values_list("case", flat=True))


def test_same_touchpoint_and_theme_are_proposed_and_other_matters_are_not(marlow, zips, cold, others):
    assert propose(marlow) == 8
    assert proposed(zips) == {case.pk for case in cold}
    assert not Gathered.objects.taken().exists(), "nobody has decided"
    assert propose(marlow) == 0


def test_words_alone_are_enough_where_nobody_knows_touchpoint_or_theme(marlow, cold, others, zips):
    Case.objects.update(touchpoint=None, theme="")
    Cause.objects.filter(pk=zips.pk).update(touchpoint=None, theme="")
    for case in cold[:3]:
        gather(zips, case, by=marlow.dana, now=marlow.clock.now)
    propose(marlow)
    found = Gathered.objects.proposed().filter(cause=zips)
    assert found.exists() and {one.why for one in found} == {"words"}
    assert not proposed(zips) & {case.pk for case in others}


def test_a_product_named_in_their_words_is_a_reason(marlow, zips, delivery):
    Cause.objects.filter(pk=zips.pk).update(product="Calzone", theme="")
    case = by_mail(marlow, 9, "The calzone was burnt on one side.")
    Case.objects.filter(pk=case.pk).update(touchpoint=delivery)
    propose(marlow)
    assert Gathered.objects.get(case=case).why == "product"


def test_a_touchpoint_alone_is_not_enough(marlow, zips, delivery):
    case = by_mail(marlow, 9, "Your rider sang very loudly in the yard.")
    Case.objects.filter(pk=case.pk).update(touchpoint=delivery, theme="rude")
    propose(marlow)
    assert proposed(zips) == set()


def test_praise_is_nobodys_trouble(marlow, zips, cold):
    Case.objects.filter(pk=cold[0].pk).update(kind="praise")
    propose(marlow)
    assert cold[0].pk not in proposed(zips)


def test_yes_gathers_and_no_is_not_asked_again(marlow, zips, cold):
    propose(marlow)
    rows = list(Gathered.objects.proposed().select_related("case").order_by("case"))
    decide(zips, rows[:5], yes=True, by=marlow.dana, now=marlow.clock.now)
    decide(zips, rows[5:], yes=False, by=marlow.dana, now=marlow.clock.now)
    assert Gathered.objects.taken().count() == 5 and Gathered.objects.taken().first().why == "theme"
    assert propose(marlow) == 0 and proposed(zips) == set()
    assert Event.objects.filter(kind="gathered").count() == 5 and Event.objects.filter(kind="let_go").count() == 3


def test_matters_older_than_sixty_days_are_left_alone(marlow, zips, cold):
    marlow.clock.forward(days=70)
    assert propose(marlow) == 0


def test_eight_that_look_alike_are_one_question_to_who_leads_there(marlow, cold, others):
    assert propose(marlow) == 1
    cause = Cause.objects.get()
    assert (cause.state, cause.owner, cause.title) == (CauseState.PROPOSED, marlow.dana, "Cold food (The delivery)")
    assert proposed(cause) == {case.pk for case in cold}
    assert "8 matters look alike" in Notice.objects.get(to=marlow.dana, about=cause.about).says
    assert propose(marlow) == 0, "asked once"


def test_without_theme_or_touchpoint_two_rare_words_make_the_question(marlow, cold, others):
    Case.objects.update(touchpoint=None, theme="")
    propose(marlow)
    cause = Cause.objects.get()
    assert set(cause.title.lower().split(", ")) <= {"cold", "bag", "zip", "pizza"} and cause.owner == marlow.ines
    assert len(proposed(cause)) >= 5 and not proposed(cause) & {case.pk for case in others}


def test_three_questions_an_hour_are_enough(marlow, cold):
    for theme in ("billing", "website", "dirty", "damaged"):
        for number in range(5):
            case = by_mail(marlow, number, f"{theme} it is", subject=f"{theme} {number}")
            Case.objects.filter(pk=case.pk).update(theme=theme)
    assert propose(marlow) == 3
    assert propose(marlow) == 2


def test_where_nobody_leads_nobody_is_asked(marlow, cold):
    Touchpoint.objects.update(manager=None)
    House.objects.update(duty_manager=None, head=None)
    assert propose(marlow) == 0 and not Cause.objects.exists()


def test_a_watched_root_is_still_offered_what_comes_after_the_fix(marlow, zips, cold):
    gather_many(zips, cold, by=marlow.dana, now=marlow.clock.now)
    Cause.objects.filter(pk=zips.pk).update(state=CauseState.WATCHED, fixed_at=marlow.clock.now)
    marlow.clock.forward(days=3)
    late = by_mail(marlow, 9, "Cold again.")
    Case.objects.filter(pk=late.pk).update(touchpoint=cold[0].touchpoint, theme="cold_food")
    propose(marlow)
    assert proposed(zips) == {late.pk}


def test_five_words_of_two_people_are_no_question(marlow, cold):
    Case.objects.filter(pk__in=[case.pk for case in cold[:7]]).update(customer=cold[0].customer)
    assert propose(marlow) == 0


def test_said_yes_to_it_is_open_with_whom_was_ticked_and_the_rest_let_go(marlow, cold):
    propose(marlow)
    cause = Cause.objects.get()
    take_up(cause, title="The bags do not close", cases=[case.pk for case in cold[:6]], by=marlow.dana, now=marlow.clock.now)
    cause.refresh_from_db()
    assert (cause.state, cause.title, cause.opened_by) == (CauseState.OPEN, "The bags do not close", marlow.dana)
    assert Gathered.objects.taken().filter(cause=cause).count() == 6
    assert Event.objects.filter(about=cold[0].about, kind="gathered").count() == 1
    with pytest.raises(Refusal, match="already"):
        turn_down(cause, by=marlow.ines, now=marlow.clock.now)


def test_a_root_of_nobody_is_none(marlow, cold):
    propose(marlow)
    with pytest.raises(Refusal, match="at least one"):
        take_up(Cause.objects.get(), title="The bags", cases=[], by=marlow.dana, now=marlow.clock.now)
    assert Cause.objects.get().state == CauseState.PROPOSED and Gathered.objects.proposed().count() == 8


def test_said_no_to_it_is_not_asked_again(marlow, cold):
    propose(marlow)
    turn_down(Cause.objects.get(), by=marlow.dana, now=marlow.clock.now)
    assert propose(marlow) == 0
    assert Cause.objects.get().state == CauseState.REFUSED


def test_an_hour_costs_the_same_few_queries_however_many_there_are(marlow, zips, cold, others, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        propose(marlow)
