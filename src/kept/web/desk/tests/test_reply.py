"""Writing to the customer: kept as typed, read back, sent as a person, taken back."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import MessageKind
from kept.demo.post import RecordedPost
from kept.promises.models import Promise
from kept.replies.models import Draft
from kept.web.desk.tests.conftest import text_of

ANSWER = "Hello Mary,\n\nThe other sixteen boxes left this morning and are with you tomorrow.\n\nPriya Nair"


@pytest.fixture
def case(marlow):
    return marlow.mary.mails("Where are the other sixteen boxes?", subject="16 boxes")


@pytest.fixture
def url(case) -> str:
    return f"/desk/cases/{case.public_id}"


@pytest.fixture
def priya(marlow, seat):
    return seat(marlow.priya)


def as_shown(page: str, **typed: object) -> dict[str, object]:
    """What the reply form on this page posts, with these fields typed in."""
    hidden = dict(re.findall(r'<input type="hidden" name="(saw_[a-z_]*)" value="([^"]*)"', page))
    return {"kind": "answer", "medium": "", **hidden, **typed}


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_a_reply_is_on_its_way_and_can_be_taken_back_for_a_while(case, url, priya):
    page = text_of(priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, **{"as-is": "1"}), follow=True))
    assert "Goes to Mary Whitcombe in 20 seconds." in page
    sent = case.messages.get(kind=MessageKind.ANSWER)
    assert f'action="/desk/messages/{sent.public_id}/take-back"' in page and 'data-key="z"' in page
    back = text_of(priya.posts(f"/desk/messages/{sent.public_id}/take-back", follow=True))
    assert "Nothing went out." in back and "Hello Mary,\n\nThe other" not in back
    assert "The other sixteen boxes left this morning" in back
    sent.refresh_from_db()
    assert sent.taken_back_at is not None


def test_a_reply_taken_back_does_not_stand_on_the_line(case, url, priya):
    priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, **{"as-is": "1"}))
    sent = case.messages.get(kind=MessageKind.ANSWER)
    assert f'id="m-{sent.public_id}"' in priya.sees(url)
    priya.posts(f"/desk/messages/{sent.public_id}/take-back")
    page = priya.sees(url)
    assert f'id="m-{sent.public_id}"' not in page and "took a reply back before it went" in page


def test_too_late_it_cannot_be_taken_back_and_says_so(case, url, priya, marlow):
    priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, **{"as-is": "1"}))
    sent = case.messages.get(kind=MessageKind.ANSWER)
    marlow.clock.forward(seconds=30)
    marlow.works()
    page = text_of(priya.posts(f"/desk/messages/{sent.public_id}/take-back", follow=True))
    assert "It has left the house already." in page


def test_what_is_left_open_stops_it_and_everything_typed_is_still_there(case, url, priya):
    typed = as_shown(priya.sees(url), text="Hello Mary,\n\nYour number is [tracking number].\n\nPriya Nair", kind="answer")
    answer = priya.posts(f"{url}/reply", typed)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Nothing was sent. Look at this first:" in page
    assert "A gap was left open: [tracking number]" in page
    assert "Mend 2 things, then send" in page
    assert "Your number is [tracking number]. Priya Nair</textarea>" in page
    assert not case.messages.filter(kind=MessageKind.ANSWER).exists()


def test_send_as_it_is_is_always_there(case, url, priya):
    typed = as_shown(priya.sees(url), text="Your number is [tracking number].", **{"as-is": "1"})
    assert priya.posts(f"{url}/reply", typed).status_code == 302
    assert case.messages.filter(kind=MessageKind.ANSWER).exists()


def test_a_draft_is_kept_as_typed_and_comes_back_read(case, url, priya, marlow):
    typed = as_shown(priya.sees(url), text="Hello Mary,\n\nI ring you tomorrow at 10:00.", kind="sign_of_life")
    part = text_of(priya.posts(f"{url}/draft", typed, by_script=True))
    assert "Read back before it goes" in part and "<html" not in part
    assert 'id="send-says" hx-swap-oob="true"' in part
    draft = Draft.objects.get(case=case, author=marlow.priya)
    assert draft.text == typed["text"] and draft.answers == "sign_of_life"
    page = priya.sees(url)
    assert "I ring you tomorrow at 10:00.</textarea>" in page
    assert 'value="sign_of_life" checked' in page


def test_without_script_the_draft_button_reads_it_back_on_the_whole_page(case, url, priya):
    page = text_of(priya.posts(f"{url}/draft", as_shown(priya.sees(url), text="Hello Mary,\n\nI ring you tomorrow at 10:00.")))
    assert "<html" in page and "This is a promise:" in page and 'name="promise" value="1" checked' in page


def test_a_promise_found_is_ready_for_the_ledger_with_who_and_by_when(case, url, priya, marlow):
    typed = as_shown(priya.sees(url), text="Hello Mary,\n\nThe sixteen boxes: I ring you tomorrow at 10:00.\n\nPriya Nair")
    part = text_of(priya.posts(f"{url}/draft", typed, by_script=True))
    assert field(part, "promise_due_1") == "2026-06-02T10:00"
    assert f'<option value="{marlow.priya.public_id}" selected>Priya Nair</option>' in part


def test_what_the_writer_chose_for_a_promise_stays_chosen_while_they_write_on(case, url, priya):
    text = "Hello Mary,\n\nI ring you tomorrow at 10:00."
    part = text_of(priya.posts(f"{url}/draft", as_shown(priya.sees(url), text=text), by_script=True))
    chosen = {
        "promise_index": "1",
        "promise_what_1": "A call to Mary",
        "promise_quote_1": field(part, "promise_quote_1"),
        "promise_due_1": "2026-06-02T12:00",
        "promise_by_1": "",
    }
    part = text_of(priya.posts(f"{url}/draft", as_shown("", text=f"{text} Yours, Priya", **chosen), by_script=True))
    assert field(part, "promise_what_1") == "A call to Mary" and field(part, "promise_due_1") == "2026-06-02T12:00"
    assert 'name="promise" value="1" checked' not in part


def test_only_ticked_promises_go_into_the_ledger_as_the_writer_left_them(case, url, priya, marlow):
    marlow.hires_the_others()
    typed = as_shown(
        priya.sees(url),
        text=ANSWER,
        promises_shown="1",
        promise_index=["1", "2"],
        promise=["2"],
        promise_what_1="not this",
        promise_due_1="2026-06-02T12:00",
        promise_what_2="sixteen boxes at her door",
        promise_due_2="2026-06-02T16:00",
        promise_by_2=str(marlow.tom.public_id),
        promise_quote_2="with you tomorrow",
        **{"as-is": "1"},
    )
    priya.posts(f"{url}/reply", typed)
    made = Promise.objects.get(is_next_word=False)
    assert (made.what, made.by, made.quote, made.is_held) == ("sixteen boxes at her door", marlow.tom, "with you tomorrow", True)


def test_a_ticked_promise_without_an_hour_is_refused_and_nothing_is_sent(case, url, priya):
    typed = as_shown(
        priya.sees(url), text=ANSWER, promises_shown="1", promise_index="1", promise="1", promise_what_1="boxes", promise_due_1=""
    )
    answer = priya.posts(f"{url}/reply", {**typed, "as-is": "1"})
    assert answer.status_code == 409 and "Say by when you will keep: boxes" in text_of(answer)
    assert not case.messages.filter(kind=MessageKind.ANSWER).exists()


def test_when_they_write_again_meanwhile_nothing_is_sent_and_both_texts_are_shown(case, url, priya, marlow):
    before = priya.sees(url)
    marlow.works()
    marlow.mary.answers_our_mail("Please cancel the order.")
    answer = priya.posts(f"{url}/reply", as_shown(before, text=ANSWER))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "They wrote again: “Please cancel the order.”" in page and "left this morning" in page
    newest = case.messages.filter(is_theirs=True).latest("id")
    assert field(page, "saw_up_to") == str(newest.public_id)


def test_when_a_colleague_answered_meanwhile_nothing_is_sent_and_both_texts_are_shown(case, url, priya, marlow):
    marlow.hires_the_others()
    before = priya.sees(url)
    marlow.answers(case, "Hello Mary,\n\nThey are lost, I send new ones.\n\nTom Reyes", by=marlow.tom)
    answer = priya.posts(f"{url}/reply", as_shown(before, text=ANSWER))
    assert answer.status_code == 409
    assert "Tom answered while you were writing: “Hello Mary, They are lost" in text_of(answer)


def test_a_draft_that_their_newer_word_overtook_says_so_when_it_is_opened_again(case, url, priya, marlow):
    priya.posts(f"{url}/draft", as_shown(priya.sees(url), text=ANSWER), by_script=True)
    marlow.works()
    marlow.mary.answers_our_mail("Please cancel the order.")
    page = priya.sees(url)
    assert "Mary Whitcombe wrote again since you began this reply:" in page


def test_a_call_that_reached_nobody_is_written_down_in_one_click_and_the_clock_runs_on(case, url, priya):
    answer = priya.posts(f"{url}/reply", as_shown(priya.sees(url), medium="no_answer", text=""))
    assert answer.status_code == 302
    note = case.messages.get(kind=MessageKind.SIGN_OF_LIFE)
    assert (note.medium, note.text) == ("phone", "Rang; nobody answered.")
    case.refresh_from_db()
    assert case.silent_since is not None


def test_a_call_that_reached_them_answers_and_needs_no_greeting(case, url, priya):
    typed = as_shown(
        priya.sees(url), medium="phone", text="Told her: the other sixteen boxes are in the van, at her door tomorrow."
    )
    assert priya.posts(f"{url}/reply", typed).status_code == 302
    case.refresh_from_db()
    assert case.silent_since is None


def test_a_file_goes_with_the_reply(case, url, priya):
    file = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7 corrected", content_type="application/pdf")
    priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, files=file, **{"as-is": "1"}))
    assert [one.name for one in case.messages.get(kind=MessageKind.ANSWER).files.all()] == ["invoice.pdf"]


def test_the_read_back_knows_that_a_file_is_chosen_without_being_sent_it(case, url, priya):
    typed = as_shown(priya.sees(url), text="Hello Mary,\n\nThe invoice is attached.\n\nPriya Nair", kind="sign_of_life")
    assert "“Attached”, but nothing is." in text_of(priya.posts(f"{url}/draft", typed, by_script=True))
    assert "“Attached”" not in text_of(priya.posts(f"{url}/draft", {**typed, "has_files": "yes"}, by_script=True))


@pytest.mark.parametrize("typed", [{"kind": "nonsense"}, {"saw_up_to": "x"}, {"saw_ours_up_to": "9" * 40}, {"text": "  "}])
def test_nonsense_in_the_form_sends_nothing_or_a_plain_refusal(case, url, priya, typed):
    answer = priya.posts(f"{url}/reply", {**as_shown(priya.sees(url), text=ANSWER), **typed})
    assert answer.status_code == 409
    assert not case.messages.filter(kind=MessageKind.ANSWER).exists()


def test_a_mailbox_that_only_listens_keeps_the_words_as_a_draft(case, url, priya, marlow):
    type(marlow.mailbox).objects.filter(kind="email").update(opened_at=None)
    answer = priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, **{"as-is": "1"}))
    assert answer.status_code == 409 and "only listens so far" in text_of(answer)
    assert Draft.objects.filter(author=marlow.priya).exists()
    assert "it may send" not in text_of(answer)


def test_an_admin_finds_the_button_that_opens_it(case, url, seat, marlow):
    type(marlow.mailbox).objects.filter(kind="email").update(opened_at=None)
    ines = seat(marlow.ines)
    answer = ines.posts(f"{url}/reply", as_shown(ines.sees(url), text=ANSWER, **{"as-is": "1"}))
    assert f'action="/desk/accounts/{marlow.mailbox.public_id}/open"' in text_of(answer)


def test_a_reply_that_cannot_go_yet_says_why_and_that_nothing_is_lost(case, url, priya, marlow):
    priya.posts(f"{url}/reply", as_shown(priya.sees(url), text=ANSWER, **{"as-is": "1"}))
    RecordedPost.is_down = True
    marlow.clock.forward(seconds=30)
    marlow.works()
    page = priya.sees(url)
    assert "Not gone yet" in page and "the next hop does not answer" in page and "Your words are safe" in page
