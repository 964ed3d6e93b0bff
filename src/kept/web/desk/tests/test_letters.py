"""Letters at the desk: written on the case, printed, and said to be in the post."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kept.cases.models import Case, Duty
from kept.demo.cast import last_word_of
from kept.lib.letter_codes import letter_code
from kept.people.models import Identity
from kept.replies.models import Letter
from kept.replies.sending import Reply, reply

WORDS = "Dear Mr Finch, there is a chair now, and it stays."


@pytest.fixture
def case(marlow) -> Case:
    marlow.harold.postal = "14 Weir Lane, MA1 2BC Marlow"
    case = marlow.harold.is_written_down("letter", "There is nowhere to sit. May we have a chair?", by=marlow.ines)
    case.refresh_from_db()
    return case


@pytest.fixture(autouse=True)
def _at_its_time(marlow):
    with time_machine.travel(marlow.clock.now, tick=False):
        yield


@pytest.fixture
def desk(client, marlow):
    client.force_login(marlow.priya)
    return client


def written(marlow, case, text=WORDS) -> Letter:
    said = Reply(text, medium="letter", saw_up_to=last_word_of(case))
    return reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"})).letter


def types(desk, case, **fields):
    word = last_word_of(case)
    typed = {"text": WORDS, "kind": "answer", "medium": "letter", "saw_up_to": str(word.public_id), "as-is": "1"}
    return desk.post(reverse("case_reply", args=[case.public_id]), typed | fields)


def on(letter: Letter, name: str) -> str:
    return reverse(name, args=[letter.message.case.public_id, letter.message.public_id])


def is_silent(case: Case) -> bool:
    case.refresh_from_db()
    return case.is_silent


class TestWriting:
    def test_whoever_wrote_a_letter_is_answered_by_letter_unless_somebody_says_otherwise(self, desk, case):
        page = desk.get(reverse("case", args=[case.public_id])).content.decode()
        assert '<option value="letter" selected>Letter to 14 Weir Lane, MA1 2BC Marlow, to print and post</option>' in page

    def test_the_words_lie_ready_and_the_clock_runs_on(self, desk, case):
        assert types(desk, case).status_code == 302
        page = desk.get(reverse("case", args=[case.public_id])).content.decode()
        assert "Written, not yet posted" in page and "Posted on" in page
        assert is_silent(case)

    def test_without_an_address_it_is_asked_for_and_every_word_stays(self, desk, marlow):
        case = marlow.samir.mails("My toner has not come.")
        again = types(desk, case, text="Hello Samir, it comes.\nReally.")
        page = again.content.decode()
        assert again.status_code == 409
        assert "We know no postal address of Samir Patel" in page
        assert "Hello Samir, it comes.\nReally." in page and 'name="address"' in page
        assert '<option value="letter" selected>' in page
        assert not Letter.objects.exists()

        assert types(desk, case, text="Hello Samir, it comes.", address="3 Mill Lane\r\nMarlow").status_code == 302
        assert Letter.objects.get().address == "Samir Patel\n3 Mill Lane\nMarlow"

    def test_what_was_typed_as_an_address_stays_when_something_else_is_to_be_mended(self, desk, marlow):
        case = marlow.samir.mails("My toner has not come. Where is it?")
        word = str(last_word_of(case).public_id)
        fields = {"text": "Hello Samir.", "kind": "answer", "medium": "letter", "saw_up_to": word, "address": "3 Mill Lane"}
        page = desk.post(reverse("case_reply", args=[case.public_id]), fields)
        assert page.status_code == 409
        assert "3 Mill Lane" in page.content.decode()
        assert not Identity.objects.filter(kind="address").exists()

    def test_a_letter_of_their_own_hand_is_only_written_down(self, desk, case):
        types(desk, case, medium="letter_out", text="A card with a chair on it.")
        assert not is_silent(case)


class TestPrinting:
    def test_one_letter_is_a_pdf_and_looking_at_it_posts_nothing(self, desk, marlow, case):
        letter = written(marlow, case)
        pdf = desk.get(on(letter, "letter"))
        assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
        assert pdf.content.startswith(b"%PDF")
        assert is_silent(case)

    def test_all_of_them_are_one_file(self, desk, marlow, case):
        assert desk.get(reverse("letters_print")).content.count(b"/Type /Page\n") == 1
        written(marlow, case)
        assert desk.get(reverse("letters_print")).content.count(b"/Type /Page\n") == 2

    def test_what_was_overtaken_is_left_out_and_both_texts_are_there_to_read(self, desk, marlow, case):
        written(marlow, case)
        marlow.harold.is_written_down("letter", "Never mind the chair, I fell.", by=marlow.ines)
        page = desk.get(reverse("letters")).content.decode()
        assert "Never mind the chair, I fell." in page and "there is a chair now" in page
        assert desk.get(reverse("letters_print")).content.count(b"/Type /Page\n") == 1

    def test_with_nothing_to_print_it_leads_back_to_the_list(self, desk, marlow):
        assert desk.get(reverse("letters_print")).url == reverse("letters")

    def test_a_letter_that_was_taken_back_is_not_there_to_print(self, desk, marlow, case):
        letter = written(marlow, case)
        desk.post(reverse("message_take_back", args=[letter.message.public_id]))
        assert desk.get(on(letter, "letter")).status_code == 404


class TestPosting:
    def test_said_on_the_case_it_answers_the_customer(self, desk, marlow, case):
        letter = written(marlow, case)
        assert desk.post(on(letter, "letter_posted"), {"day": "2026-06-01"}).status_code == 302
        assert not is_silent(case)
        page = desk.get(reverse("case", args=[case.public_id])).content.decode()
        assert "In the post since Monday 1 June" in page and "It is not in the post after all" in page

    @pytest.mark.parametrize("day", ["", "soon", "2026-06-02", "2026-05-31", "2026-02-30"])
    def test_a_day_that_cannot_be_is_refused_with_a_sentence(self, desk, marlow, case, day):
        refused = desk.post(on(written(marlow, case), "letter_posted"), {"day": day})
        assert refused.status_code == 409
        assert f'name="day" value="{day}"' in refused.content.decode()
        assert is_silent(case)

    def test_overtaken_it_shows_their_words_and_goes_only_if_somebody_says_so(self, desk, marlow, case):
        letter = written(marlow, case)
        marlow.harold.is_written_down("letter", "Never mind the chair, I fell.", by=marlow.ines)
        refused = desk.post(on(letter, "letter_posted"), {"day": "2026-06-01"})
        assert refused.status_code == 409
        assert "Never mind the chair, I fell." in refused.content.decode()
        assert "It went as it was all the same" in refused.content.decode()
        desk.post(on(letter, "letter_posted"), {"day": "2026-06-01", "despite": "all"})
        letter.refresh_from_db()
        assert letter.posted_on is not None

    def test_taken_back_the_same_day_it_lies_there_again(self, desk, marlow, case):
        letter = written(marlow, case)
        desk.post(on(letter, "letter_posted"), {"day": "2026-06-01"})
        desk.post(on(letter, "letter_not_posted"))
        assert is_silent(case)
        assert "Written, not yet posted" in desk.get(reverse("case", args=[case.public_id])).content.decode()

    def test_many_are_posted_at_once_and_the_one_that_cannot_be_says_why(self, desk, marlow, case):
        ack, letter = Letter.objects.get(), written(marlow, case)
        marlow.harold.is_written_down("letter", "Never mind the chair, I fell.", by=marlow.ines)
        ids = [str(one.message.public_id) for one in (ack, letter)]
        answer = desk.post(reverse("letters_posted"), {"letter": ids, "day": "2026-06-01"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "One letter is in the post." in page and "Never mind the chair, I fell." in page
        assert list(Letter.objects.filter(posted_on__isnull=False)) == [ack]
        assert f'value="{letter.message.public_id}" form="went" checked' in page

    def test_nothing_ticked_and_made_up_ids_change_nothing(self, desk, case):
        for ids in ([], ["x"], ["01890000-0000-7000-8000-000000000000"]):
            assert desk.post(reverse("letters_posted"), {"letter": ids, "day": "2026-06-01"}).status_code == 302
        assert Letter.objects.get().is_waiting

    def test_the_duty_is_done_by_posting_and_not_by_a_tick(self, desk, marlow, case):
        written(marlow, case)
        duty = Duty.objects.get(kind="post_letter")
        refused = desk.post(reverse("case_duty", args=[case.public_id, duty.pk]))
        assert refused.status_code == 409 and "Say on which day the letter was posted" in refused.content.decode()

    def test_acknowledged_in_another_way_the_letter_is_not_needed(self, desk, case):
        duty = Duty.objects.get(kind="acknowledge_by_hand")
        desk.post(reverse("case_duty", args=[case.public_id, duty.pk]))
        assert not Letter.objects.filter(is_waiting=True).exists()
        page = desk.get(reverse("case", args=[case.public_id])).content.decode()
        assert "A letter that acknowledges theirs was not needed" in page


class TestTheList:
    def test_the_first_due_stands_first_and_whose_they_are(self, desk, marlow, case):
        written(marlow, case)
        page = desk.get(reverse("letters")).content.decode()
        assert page.index("There is nowhere to sit") < page.index("tells them that their words are here")

    def test_mine_are_those_of_my_cases(self, client, marlow, case):
        for who, is_mine in ((case.owner, True), (marlow.ines, False)):
            client.force_login(who)
            assert ("Harold Finch" in client.get(reverse("letters") + "?whose=mine").content.decode()) is is_mine

    def test_twenty_on_a_page_and_the_rest_on_the_next(self, desk, marlow, case, django_assert_max_num_queries):
        for _n in range(21):
            written(marlow, case)
        with django_assert_max_num_queries(12):
            first = desk.get(reverse("letters")).content.decode()
        beyond = re.findall(r'href="([^"]+after=[^"]+)"', first)[0].replace("&amp;", "&")
        second = desk.get(beyond).content.decode()
        shown = [set(re.findall(r'name="letter" value="([^"]+)"', page)) for page in (first, second)]
        assert [len(one) for one in shown] == [20, 2]
        assert not shown[0] & shown[1]

    def test_a_letter_past_its_hour_says_so(self, desk, marlow, case):
        with time_machine.travel(marlow.clock.now + timedelta(days=4), tick=False):
            assert "late" in desk.get(reverse("letters")).content.decode()

    def test_an_empty_list_says_what_to_do(self, desk, marlow):
        assert "No letter waits to be posted" in desk.get(reverse("letters")).content.decode()


class TestTheCustomer:
    def test_their_page_says_on_which_day_a_letter_was_posted(self, client, desk, marlow, case):
        letter = written(marlow, case)
        code = reverse("letter_page", args=[letter_code(letter.pk).lower()])
        Identity.objects.filter(pk=letter.message.identity.pk).update(proven_at=marlow.clock.now)
        assert "a chair now" not in client.get(code, follow=True).content.decode()
        desk.post(on(letter, "letter_posted"), {"day": "2026-06-01"})
        page = client.get(code, follow=True).content.decode()
        assert "Priya Nair posted a letter to you" in page and "there is a chair now" in page

    def test_the_code_alone_shows_no_word_before_it_proves_who_reads_it(self, client, marlow, case):
        letter = written(marlow, case)
        page = client.get(reverse("letter_page", args=[letter_code(letter.pk)]), follow=True).content.decode()
        assert "nowhere to sit" not in page and "chair" not in page

    @pytest.mark.parametrize("code", ["x", "0000-0000-0000-0000-0000", "é" * 20])
    def test_a_made_up_code_opens_nothing(self, client, case, code):
        assert client.get(reverse("letter_page", args=[code])).status_code == 404

    def test_links_made_invalid_are_invalid_on_paper_too(self, client, desk, marlow, case):
        letter = written(marlow, case)
        desk.post(reverse("case_links", args=[case.public_id]))
        assert client.get(reverse("letter_page", args=[letter_code(letter.pk)]), follow=True).status_code == 404
