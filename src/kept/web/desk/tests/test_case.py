"""One case on one screen: the whole line, what they ask, what can be done with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kept.cases.minding import give_duty
from kept.cases.models import Duty, Note
from kept.demo.cast import CustomerOfMarlow
from kept.outcomes.models import Verdict
from kept.promises.models import Promise
from kept.timeline.models import Event
from kept.web.desk.tests.conftest import text_of

QUESTION = "I ordered forty boxes. Where are the other sixteen?"


@pytest.fixture
def case(marlow):
    return marlow.mary.mails(QUESTION, subject="16 boxes", is_proven=True)


@pytest.fixture
def url(case) -> str:
    return f"/desk/cases/{case.public_id}"


@pytest.fixture
def priya(marlow, seat):
    return seat(marlow.priya)


def test_what_they_ask_stands_on_top_with_a_link_to_where_they_asked(case, url, priya):
    page = priya.sees(url)
    assert "What Mary Whitcombe is asking" in page
    word = case.messages.get(is_theirs=True)
    assert f'Where are the other sixteen? <a class="muted nowrap" href="#m-{word.public_id}">' in page
    assert 'aria-label="Not answered"' in page


def test_an_answered_question_is_ticked(marlow, case, url, priya):
    marlow.answers(case, "Hello Mary,\n\nThe sixteen boxes are on their way.\n\nPriya Nair")
    page = priya.sees(url)
    assert 'aria-label="Answered"' in page and 'aria-label="Not answered"' not in page


def test_days_of_silence_are_drawn_into_the_line(marlow, case, url, priya):
    marlow.works()
    marlow.clock.forward(days=9)
    marlow.mary.answers_our_mail("Is anybody there?")
    marlow.clock.forward(days=2)
    page = priya.sees(url)
    assert "9 days without a word from us" in page and "2 days without a word from us" in page
    assert page.index("9 days without") < page.index("Is anybody there?</p>") < page.index("2 days without")


def test_an_answer_closes_the_gap(marlow, case, url, priya):
    marlow.answers(case, "Hello Mary,\n\nThey are on their way.\n\nPriya Nair")
    marlow.clock.forward(days=9)
    marlow.mary.answers_our_mail("Thank you.")
    assert "without a word from us" not in priya.sees(url)


def test_words_that_need_no_answer_draw_no_gap(marlow, case, url, priya):
    marlow.answers(case, "Hello Mary,\n\nThey are on their way.\n\nPriya Nair")
    marlow.mary.answers_our_mail("Thank you.")
    thanks = case.messages.filter(is_theirs=True).latest("id")
    priya.posts(f"/desk/messages/{thanks.public_id}/rest", {"because": "only thanks"})
    marlow.clock.forward(days=9)
    page = priya.sees(url)
    assert "without a word from us" not in page and "only thanks" in page


def test_a_reply_that_never_arrived_is_no_word_of_ours(marlow, case, url, priya):
    marlow.clock.forward(days=2)
    message = marlow.answers(case, "Hello Mary,\n\nI am on it.\n\nPriya Nair", kind="sign_of_life", medium="phone")
    assert message.failed_at
    marlow.clock.forward(days=2)
    assert "4 days without a word from us" in priya.sees(url)


def test_the_acknowledgement_is_folded_and_named(case, url, priya, marlow):
    marlow.works()
    page = priya.sees(url)
    assert '<details class="ack">' in page and "in <b>Priya Nair’s</b> name" in page


def test_history_knows_who_did_what_at_the_desk(case, url, priya):
    priya.posts(f"{url}/seen")
    assert "Priya Nair opened it" in priya.sees(url)


def test_opening_the_page_changes_nothing_and_the_button_says_that_the_owner_has_it(case, url, priya):
    before = Event.objects.count()
    assert "I have it" in priya.sees(url)
    assert Event.objects.count() == before
    assert priya.posts(f"{url}/seen", by_script=True).status_code == 204
    case.refresh_from_db()
    assert case.owner_saw_at is not None
    assert "I have it" not in priya.sees(url)


def test_a_colleague_who_looks_is_not_the_owner_who_looked(case, url, marlow, seat):
    seat(marlow.ines).posts(f"{url}/seen")
    case.refresh_from_db()
    assert case.owner_saw_at is None


def test_a_note_is_marked_as_only_ours(case, url, priya):
    priya.posts(f"{url}/note", {"text": "Kind, tired."})
    page = priya.sees(url)
    assert "only us" in page and "Kind, tired." in page


def test_an_empty_note_is_refused_and_the_form_comes_back(case, url, priya):
    answer = priya.posts(f"{url}/note", {"text": "  "})
    assert answer.status_code == 409
    assert "Write what you want to remember." in text_of(answer) and "<title>Mistake: " in text_of(answer)
    assert not Note.objects.exists()


def test_a_promise_is_added_with_who_and_by_when(case, url, priya, marlow):
    priya.posts(f"{url}/promise", {"what": "Tom rings before he drives", "due": "2026-06-03T12:00", "by": marlow.priya.public_id})
    made = Promise.objects.get(what="Tom rings before he drives")
    assert made.by == marlow.priya and str(made.due_at) == "2026-06-03 12:00:00+00:00"
    assert "Tom rings before he drives" in priya.sees(url)


@pytest.mark.parametrize("due", ["", "soon", "2026-05-01T12:00"])
def test_a_promise_without_an_hour_to_come_is_refused_and_keeps_what_was_typed(case, url, priya, due):
    answer = priya.posts(f"{url}/promise", {"what": "Sixteen boxes", "due": due})
    assert answer.status_code == 409
    page = text_of(answer)
    assert 'name="what" value="Sixteen boxes"' in page and f'name="due" value="{due}"' in page
    assert not Promise.objects.filter(what="Sixteen boxes").exists()


def test_a_promise_is_kept_with_one_button(case, url, priya):
    priya.posts(f"{url}/promise", {"what": "Sixteen boxes", "due": "2026-06-03T12:00"})
    made = Promise.objects.get(what="Sixteen boxes")
    answer = priya.posts(f"/desk/promises/{made.public_id}/keep", {"back": "case"})
    assert answer["Location"] == url
    assert "days early" in priya.sees(url) or "day early" in priya.sees(url)


def test_it_can_be_handed_over_and_taken_back(case, url, priya, marlow):
    marlow.hires_the_others()
    answer = priya.posts(f"{url}/owner", {"to": str(marlow.tom.public_id)}, follow=True)
    case.refresh_from_db()
    assert case.owner == marlow.tom
    page = text_of(answer)
    assert "It is with Tom Reyes now, who has been told." in page
    undo = f"{url}/owner?to={marlow.priya.public_id}"
    assert f'action="{undo}"' in page
    priya.posts(undo)
    case.refresh_from_db()
    assert case.owner == marlow.priya


def test_who_does_not_answer_customers_cannot_be_given_a_case(case, url, priya, marlow):
    answer = priya.posts(f"{url}/owner", {"to": str(marlow.ines.public_id)})
    assert answer.status_code == 409 and "does not answer customers" in text_of(answer)


def test_nobody_is_asked_while_an_answer_is_owed(case, url, priya):
    answer = priya.posts(f"{url}/ask")
    assert answer.status_code == 409 and "answer first, then ask" in text_of(answer)


def test_an_answered_customer_is_asked_whether_it_is_solved(case, url, priya, marlow):
    marlow.answers(case, "Hello Mary,\n\nThe boxes are there.\n\nPriya Nair")
    assert "They are asked whether it is solved." in text_of(priya.posts(f"{url}/ask", follow=True))


def test_words_are_put_to_rest_and_woken_with_undo(case, url, priya):
    word = case.messages.get(is_theirs=True)
    page = text_of(priya.posts(f"/desk/messages/{word.public_id}/rest", {"because": "only a hello"}, follow=True))
    case.refresh_from_db()
    assert case.silent_since is None
    assert f'action="/desk/messages/{word.public_id}/wake"' in page
    priya.posts(f"/desk/messages/{word.public_id}/wake")
    case.refresh_from_db()
    assert case.silent_since is not None


def test_putting_to_rest_needs_a_reason(case, priya):
    word = case.messages.get(is_theirs=True)
    answer = priya.posts(f"/desk/messages/{word.public_id}/rest", {"because": " "})
    assert answer.status_code == 409 and "Say why these words need no answer." in text_of(answer)


def test_what_is_no_customers_is_set_aside_and_brought_back_with_undo(case, url, priya):
    word = case.messages.get(is_theirs=True)
    page = text_of(priya.posts(f"/desk/messages/{word.public_id}/aside", {"because": "an advertisement"}, follow=True))
    case.refresh_from_db()
    assert not case.is_open
    assert "/desk/set-aside/" in page and "Take it back" in page
    assert "an advertisement" in priya.sees("/desk/set-aside")


def test_only_the_customers_own_words_end_it(case, url, priya):
    answer = priya.posts(f"{url}/verdict", {"said": "yes", "words": ""})
    assert answer.status_code == 409 and "Write down their words" in text_of(answer)
    case.refresh_from_db()
    assert case.is_open
    priya.posts(f"{url}/verdict", {"said": "yes", "words": "All sixteen came, thank you."})
    case.refresh_from_db()
    assert case.outcome == "white" and Verdict.objects.get().words == "All sixteen came, thank you."
    assert "They say it is solved." in priya.sees(url)


def test_a_refused_verdict_keeps_the_words_typed(case, url, priya):
    page = text_of(priya.posts(f"{url}/verdict", {"said": "maybe", "words": "Perhaps tomorrow."}))
    assert "Perhaps tomorrow.</textarea>" in page


def test_not_yet_ends_nothing(case, url, priya):
    priya.posts(f"{url}/verdict", {"said": "no", "words": "Not yet, four are missing."})
    case.refresh_from_db()
    assert case.is_open and case.noes == 1


def test_praise_is_called_praise_and_passed_on(marlow, url, case, priya):
    assert 'value="passed_on"' not in priya.sees(url)
    priya.posts(f"{url}/kind", {"kind": "praise"})
    assert 'value="passed_on"' in priya.sees(url)
    assert priya.posts(f"{url}/kind", {"kind": "spam"}).status_code == 409


def test_what_is_to_do_by_hand_has_a_button(case, url, priya, marlow):
    give_duty(case, "acknowledge_by_hand", "Ring her", due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
    duty = Duty.objects.get(case=case)
    assert "Ring her" in priya.sees(url)
    priya.posts(f"{url}/duties/{duty.pk}")
    duty.refresh_from_db()
    assert duty.done_by == marlow.priya


def test_somebody_elses_duty_is_not_done_by_this_page(case, url, priya, marlow):
    other = marlow.john.mails("Cold again.", subject="Pizza")
    give_duty(other, "acknowledge_by_hand", "Ring him", due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
    assert priya.posts(f"{url}/duties/{Duty.objects.get(case=other).pk}").status_code == 404


def test_what_was_before_stands_beside_with_its_end(case, url, priya, marlow):
    priya.posts(f"{url}/verdict", {"said": "unsolved", "words": "Leave it."})
    again = marlow.mary.mails("A desk with a broken leg.", subject="The desk")
    page = priya.sees(f"/desk/cases/{again.public_id}")
    assert "16 boxes</a>" in page and "disc-black" in page


def test_nothing_a_customer_says_becomes_markup(url, priya, marlow):
    bad = "<img src=x onerror=alert(1)>"
    case = CustomerOfMarlow(marlow, f"Eve {bad}", "eve@crowd.example").fills_in_the_form(f"Why? {bad}", wish=bad)
    path = f"/desk/cases/{case.public_id}"
    priya.posts(f"{path}/note", {"text": bad})
    priya.posts(f"{path}/promise", {"what": bad, "due": "2026-06-03T12:00"})
    priya.posts(f"{path}/draft", {"text": f"{bad} [gap {bad}] I ring you tomorrow at 10:00 {bad}", "kind": "answer"})
    for page in (priya.sees(path), priya.sees("/desk/promises"), priya.sees("/desk/")):
        assert "<img src=x" not in page and "&lt;img src=x" in page


def test_a_form_of_another_house_is_not_taken(case, url, marlow):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(marlow.priya)
    assert stranger.post(f"{url}/note", {"text": "forged"}).status_code == 403
    assert not Note.objects.exists()


def test_a_case_that_does_not_exist_says_so_in_the_desks_own_frame(priya):
    answer = priya.opens("/desk/cases/00000000-0000-0000-0000-000000000000")
    assert answer.status_code == 404
    assert "There is nothing at this address" in text_of(answer) and 'class="side"' in text_of(answer)


def test_a_busy_case_takes_twelve_queries_at_most(case, url, priya, marlow, django_assert_max_num_queries):
    marlow.hires_the_others()
    marlow.works()
    for day in range(6):
        marlow.mary.answers_our_mail(f"Day {day}: where are they? When do they come?")
        marlow.answers(case, f"Hello Mary,\n\nOn day {day} I am on it.\n\nPriya Nair", kind="sign_of_life")
        marlow.clock.forward(days=1)
        marlow.works()
        priya.posts(f"{url}/note", {"text": f"Note {day}"})
        give_duty(case, f"kind{day}", f"Duty {day}", due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
        CustomerOfMarlow(marlow, "Mary Whitcombe", marlow.mary.address).mails("Another matter", subject=f"Other {day}")
    priya.posts(f"{url}/draft", {"text": "Hello Mary,", "kind": "answer"})
    with django_assert_max_num_queries(12):
        page = priya.sees(url)
    assert "Other 5" in page and "Other 1" in page and "Other 0" not in page
    assert page.count('<li class="ours">') == 6 and "Duty 5" in page and "Hello Mary,</textarea>" in page
