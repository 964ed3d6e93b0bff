"""What stands in our way: one key on a case, a list that shows what is late first, and one screen for one root."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case, Message, MessageKind
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import gather, gather_many
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import open_cause
from kept.causes.proposing import propose_what_may_belong_together
from kept.causes.tests.conftest import WORDS, by_mail
from kept.people.models import Notice
from kept.places.models import Touchpoint
from kept.web.desk.tests.conftest import text_of


@pytest.fixture
def cold(marlow) -> list[Case]:
    marlow.hires_the_others()
    delivery = Touchpoint.objects.create(name="The delivery", key="delivered", manager=marlow.dana)
    cases = [by_mail(marlow, number, text) for number, text in enumerate(WORDS)]
    Case.objects.update(touchpoint=delivery, theme="cold_food")
    return [Case.objects.get(pk=case.pk) for case in cases]


@pytest.fixture
def zips(marlow, cold) -> Cause:
    return open_cause(
        "The bags do not close", owner=marlow.dana, by=marlow.dana, now=marlow.clock.now, touchpoint=cold[0].touchpoint,
        theme="cold_food",
    )  # fmt: skip


@pytest.fixture
def page(zips) -> str:
    return f"/desk/causes/{zips.public_id}"


def test_one_key_on_a_case_says_what_stood_in_the_way(marlow, seat, cold):
    priya, case = seat(marlow.priya), f"/desk/cases/{cold[0].public_id}"
    seen = priya.sees(case)
    assert 'data-key="w"' in seen and "Nobody has said." in seen
    answer = priya.posts(f"{case}/cause", {"title": "The bags do not close"})
    assert answer["Location"] == case
    seen = priya.sees(case)
    cause = Cause.objects.get()
    assert f"/desk/causes/{cause.public_id}" in seen and cause.owner == marlow.dana
    assert "Noted: The bags do not close" in seen and "Take it back" in seen


def test_what_was_said_before_is_picked_from_the_list_and_taken_back_with_z(marlow, seat, cold, zips):
    priya, case = seat(marlow.priya), f"/desk/cases/{cold[0].public_id}"
    assert "The bags do not close" in priya.sees(case)
    priya.posts(f"{case}/cause", {"cause": str(zips.public_id)})
    one = Gathered.objects.taken().get()
    assert one.why == "stood_in_my_way"
    assert priya.posts(f"/desk/gathered/{one.pk}/let-go?from=case")["Location"] == case
    assert not Gathered.objects.taken().exists()


def test_the_likeliest_root_stands_first_in_the_list(marlow, seat, cold, zips):
    for title in ("The stairs are dark", "The phone rings out"):
        open_cause(title, owner=marlow.tom, by=marlow.tom, now=marlow.clock.now)
    seen = seat(marlow.priya).sees(f"/desk/cases/{cold[0].public_id}")
    places = [seen.index(f"<span>{title}") for title in ("The bags do not close", "The phone rings out", "The stairs are dark")]
    assert places == sorted(places)


def test_what_is_only_proposed_or_held_is_not_offered(marlow, seat, cold, zips):
    Cause.objects.filter(pk=zips.pk).update(state=CauseState.HELD)
    assert "The bags do not close" not in seat(marlow.priya).sees(f"/desk/cases/{cold[0].public_id}")


@pytest.mark.parametrize("typed", [{}, {"cause": "nonsense"}, {"title": "x" * 161}])
def test_saying_nothing_brings_the_form_back_with_what_was_typed(marlow, seat, cold, typed):
    answer = seat(marlow.priya).posts(f"/desk/cases/{cold[0].public_id}/cause", typed)
    assert answer.status_code == 409
    assert text_of(answer).count("What stood in your way?") >= 1 and typed.get("title", "") in text_of(answer)


def test_late_stands_first_then_what_came_back_and_what_held_last(marlow, seat, zips, cold):
    for title, state, days in (("Held", "held", 0), ("Back", "back", 0), ("Late", "open", -3), ("Later", "open", 9)):
        Cause.objects.create(
            title=f"{title} one", owner=marlow.dana, state=state, opened_at=marlow.clock.now,
            fix_due_on=(marlow.clock.now + timedelta(days=days)).date(),
        )  # fmt: skip
    found = seat(marlow.ben).sees("/desk/causes")
    places = [found.index(words) for words in ("Late one", "Back one", "Later one", "Held one")]
    assert places == sorted(places)
    assert "One is late." in found


def test_what_held_long_ago_is_still_reached(marlow, seat, zips):
    for number in range(13):
        Cause.objects.create(title=f"Held {number:02}", owner=marlow.dana, state="held", opened_at=marlow.clock.now)
    ben = seat(marlow.ben)
    first = ben.sees("/desk/causes")
    assert "Held 12" in first and "Held 03" in first and "Held 02" not in first
    key = Cause.objects.get(title="Held 03").pk
    assert f'href="?before={key}"' in first
    older = ben.sees(f"/desk/causes?before={key}")
    assert "Held 02" in older and "Held 00" in older and "Held 03" not in older


def test_nothing_named_yet_says_how_to_begin(marlow, seat):
    assert "No root has a name yet" in seat(marlow.priya).sees("/desk/causes")


def test_a_root_without_a_case_is_named_by_whoever_sees_it(marlow, seat, zips):
    ben = seat(marlow.ben)
    answer = ben.posts("/desk/causes/new", {"title": "The counter has no bell"})
    assert answer["Location"] == f"/desk/causes/{Cause.objects.get(owner=marlow.ben).public_id}"
    again = ben.posts("/desk/causes/new", {"title": "The counter has no bell"})
    assert again.status_code == 409 and 'value="The counter has no bell"' in text_of(again)


def test_ticked_proposals_are_taken_and_the_others_left(marlow, seat, zips, cold, page):
    propose_what_may_belong_together(marlow.clock.now)
    dana = seat(marlow.dana)
    assert "8 more may belong here" in dana.sees(page) and "the zip of the bag did not close" in dana.sees(page)
    keys = list(Gathered.objects.proposed().values_list("pk", flat=True))
    dana.posts(f"{page}/decide", {"proposal": keys[:5], "do": "yes"})
    dana.posts(f"{page}/decide", {"proposal": keys[5:6], "do": "no"})
    assert Gathered.objects.taken().count() == 5 and Gathered.objects.proposed().count() == 2
    assert dana.posts(f"{page}/decide", {"do": "yes"}).status_code == 409
    assert seat(marlow.ben).posts(f"{page}/decide", {"proposal": keys[6:], "do": "yes"}).status_code == 409


def test_what_looks_alike_becomes_a_root_or_is_not_asked_again(marlow, seat, cold):
    propose_what_may_belong_together(marlow.clock.now)
    cause = Cause.objects.get()
    dana, page = seat(marlow.dana), f"/desk/causes/{cause.public_id}"
    assert "These look alike. Is there one root?" in dana.sees(page)
    keys = list(Gathered.objects.proposed().values_list("pk", flat=True))
    nameless = dana.posts(f"{page}/decide", {"proposal": keys[:6], "do": "yes", "title": ""})
    assert nameless.status_code == 409 and text_of(nameless).count(" checked>") >= 6
    dana.posts(f"{page}/decide", {"proposal": keys[:6], "do": "yes", "title": "The bags do not close"})
    cause.refresh_from_db()
    assert (cause.state, cause.title) == (CauseState.OPEN, "The bags do not close")
    assert Gathered.objects.taken().count() == 6


def test_said_no_to_what_looks_alike(marlow, seat, cold):
    propose_what_may_belong_together(marlow.clock.now)
    cause = Cause.objects.get()
    seat(marlow.ines).posts(f"/desk/causes/{cause.public_id}/decide", {"do": "no"})
    cause.refresh_from_db()
    assert cause.state == CauseState.REFUSED
    assert "look alike" not in seat(marlow.dana).sees("/desk/causes")


def test_the_root_the_owner_and_the_weeks_are_changed_on_the_page(marlow, seat, zips, page):
    given = {
        "title": "The bags gape",
        "root": "Rust.",
        "owner": marlow.tom.pk,
        "touchpoint": "",
        "theme": "dirty",
        "watch_weeks": "8",
    }
    assert seat(marlow.dana).posts(f"{page}/change", given).status_code == 302
    zips.refresh_from_db()
    assert (zips.title, zips.root, zips.owner, zips.touchpoint, zips.theme, zips.watch_weeks) == (
        "The bags gape", "Rust.", marlow.tom, None, "dirty", 8,
    )  # fmt: skip
    assert "something not clean" in seat(marlow.tom).sees(page)
    wrong = seat(marlow.tom).posts(f"{page}/change", {**given, "watch_weeks": "99", "root": "Rain."})
    assert wrong.status_code == 409 and "1 to 26 weeks" in text_of(wrong) and "Rain." in text_of(wrong)


def test_a_promised_day_shows_and_a_missing_one_is_asked_for(marlow, seat, zips, page):
    dana = seat(marlow.dana)
    wrong = dana.posts(f"{page}/promise", {"fix": "New zips", "on": ""})
    assert wrong.status_code == 409 and "Say by which day." in text_of(wrong) and "New zips" in text_of(wrong)
    dana.posts(f"{page}/promise", {"fix": "New zips", "on": "2026-06-18"})
    assert "to be mended by Thursday 18 June" in dana.sees(page)


@pytest.fixture
def promised(marlow, zips, cold) -> Cause:
    gather_many(zips, cold, by=marlow.dana, now=marlow.clock.now)
    marlow.clock.forward(days=1)
    promise_fix(zips, "New zips", on=(marlow.clock.now + timedelta(days=9)).date(), by=marlow.dana, now=marlow.clock.now)
    return zips


def test_what_they_will_read_is_looked_at_before_anybody_is_told(marlow, seat, promised, page, cold):
    dana = seat(marlow.dana)
    keys = [case.customer_id for case in cold]
    shown = dana.posts(f"{page}/fix", {"told_text": "The bags have new zips.", "tell": keys[:7], "do": "look"})
    assert shown.status_code == 200
    assert "<p>Hello Customer,</p><p>The bags have new zips.</p>" in text_of(shown) and "6 others read the same" in text_of(shown)
    assert not Message.objects.filter(kind=MessageKind.FIXED).exists(), "looking sends nothing"
    answer = dana.posts(f"{page}/fix", {"told_text": "The bags have new zips.", "tell": keys[:7], "do": "tell"})
    assert answer["Location"] == page
    assert Message.objects.filter(kind=MessageKind.FIXED).count() == 7
    seen = dana.sees(page)
    assert "Mended. 7 people are told." in seen and "a mail is on its way" in seen and "was not told" in seen


def test_the_telling_is_taken_back_with_one_press(marlow, seat, promised, page, cold):
    dana = seat(marlow.dana)
    dana.posts(f"{page}/fix", {"told_text": "New zips.", "tell": [case.customer_id for case in cold], "do": "tell"})
    dana.posts(f"{page}/fix/back")
    promised.refresh_from_db()
    assert promised.state == CauseState.OPEN
    marlow.clock.forward(minutes=1)
    marlow.works()
    assert not [mail for mail in marlow.post if "New zips." in mail.text]


def test_a_gap_in_what_they_read_brings_everything_back(marlow, seat, promised, page, cold):
    typed = {"told_text": "Since [day] the bags close.", "tell": [cold[0].customer_id], "do": "tell"}
    answer = seat(marlow.dana).posts(f"{page}/fix", typed)
    assert answer.status_code == 409
    assert "Since [day] the bags close." in text_of(answer) and text_of(answer).count('name="tell"') == 8


def test_our_word_is_given_from_the_case_and_stands_in_its_ledger(marlow, seat, promised, cold):
    priya, one = seat(marlow.priya), Gathered.objects.get(case=cold[0])
    assert priya.posts(f"/desk/gathered/{one.pk}/word?from=case")["Location"] == f"/desk/cases/{cold[0].public_id}"
    assert "A word from us when what stood in your way is mended" in priya.sees(f"/desk/cases/{cold[0].public_id}")


def test_a_week_opens_onto_its_people_and_a_person_says_whether_it_held(marlow, seat, promised, page, cold):
    fix(promised, told_text="New zips.", by=marlow.dana, now=marlow.clock.now)
    marlow.clock.forward(weeks=6)
    dana = seat(marlow.dana)
    assert "8 matters in that week" in dana.sees(f"{page}?week=-1")
    assert "It looks as if it held: 8 in 6 weeks before, 0 in 6 weeks since." in dana.sees(page)
    assert dana.posts(f"{page}/judge", {"says": "None."}).status_code == 409
    dana.posts(f"{page}/judge", {"verdict": "held", "says": "None in six weeks."})
    promised.refresh_from_db()
    assert promised.state == CauseState.HELD and "None in six weeks." in dana.sees(page)


@pytest.mark.parametrize("week", ["x", "--", "99999", "-", "²"])
def test_a_week_that_is_none_opens_nothing(marlow, seat, promised, page, week):
    assert "in that week" not in seat(marlow.dana).sees(f"{page}?week={week}").replace("%(num)s", "")


def test_somebody_else_reads_it_and_may_not_change_it(marlow, seat, promised, page):
    seen = seat(marlow.ben).sees(page)
    assert "Dana Okafor looks after it" in seen and "Change what is known of it" not in seen and "It is mended" not in seen
    assert seat(marlow.ben).posts(f"{page}/fix", {"told_text": "x", "do": "tell"}).status_code == 409


def test_what_they_were_told_about_a_root_leads_there_and_is_seen(marlow, seat, zips, page):
    dana = seat(marlow.dana)
    given = open_cause("The ovens are slow", owner=marlow.dana, by=marlow.ines, now=marlow.clock.now)
    assert f'href="/desk/causes/{given.public_id}"' in dana.sees("/desk/")
    dana.posts(f"/desk/causes/{given.public_id}/seen")
    assert not Notice.objects.filter(to=marlow.dana, about=given.about, seen_at=None).exists()


def test_a_root_that_does_not_exist_is_not_found(marlow, seat):
    assert seat(marlow.priya).opens("/desk/causes/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_full_root_takes_few_queries(marlow, seat, promised, page, django_assert_max_num_queries):
    for number in range(8, 12):
        gather(promised, by_mail(marlow, number, "Cold."), by=marlow.dana, now=marlow.clock.now)
    dana = seat(marlow.dana)
    with django_assert_max_num_queries(17):
        assert dana.sees(page).count("Does not belong here") == 12


def test_a_long_list_takes_few_queries(marlow, seat, zips, django_assert_max_num_queries):
    for number in range(20):
        open_cause(f"Root {number}", owner=marlow.dana, by=marlow.dana, now=marlow.clock.now)
    ben = seat(marlow.ben)
    with django_assert_max_num_queries(11):
        ben.sees("/desk/causes")
