"""Letters brought at the desk, each with what became of it; and the page on which a person looks at what was read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import Case, Message
from kept.files import keeping
from kept.letters.models import LetterReading
from kept.lib.letter_codes import letter_code
from kept.people.models import Identity
from kept.replies.models import Letter
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = b"\xff\xd8\xff a page"
READ = "Dear Marlow,\nthe lannp is broken. Write to harold@finch.example\n\nHarold Finch"


@pytest.fixture
def marlow(transactional_db):
    from kept.demo.cast import Marlow

    return Marlow()


def files(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"scan{number}.pdf", content) for number, content in enumerate(contents, start=1)]


def bring(priya, *contents: bytes, **typed: str):
    fields = {"scans": files(*contents), "medium": "letter", "came_on": "2026-05-29", **typed}
    return priya.posts("/desk/paper", fields)


@pytest.fixture
def letter(marlow) -> LetterReading:
    """Harold's letter as a machine has read it."""
    marlow.gets_paper(PAGE, filename="finch.jpg")
    facts = [
        {"kind": "name", "value": "Harold Finch", "state": ""},
        {"kind": "email", "value": "harold@finch.example", "state": ""},
    ]
    start = READ.index("lannp")
    read = {"text": READ, "doubtful": [[start, start + 5]], "facts": facts, "engine": "tesseract 5.3.0", "next_try_at": None}
    LetterReading.objects.update(
        read_at=marlow.clock.now, pictures=[keeping.keep(PAGE)], searchable=keeping.keep(b"%PDF-"), **read
    )
    Message.objects.filter(medium="letter").update(text=READ)
    return LetterReading.objects.get()


def test_a_pile_is_brought_in_one_go_and_each_letter_is_somebodys(marlow, seat):
    answer = bring(seat(marlow.priya), b"%PDF one", b"%PDF two")
    page = text_of(answer)
    assert answer.status_code == 200, page[page.find("error-summary") :][:600]
    assert "2 are kept." in page and page.count("Priya has it:") == 2
    one, two = Case.objects.order_by("id")
    assert one.owner == marlow.priya and str(one.silent_since) == "2026-05-29 09:00:00+00:00"
    assert f'href="/desk/cases/{two.public_id}"' in page
    assert one.messages.get(is_theirs=True).author == marlow.priya and one.media == "letter"


def test_a_fax_is_a_fax(marlow, seat):
    bring(seat(marlow.priya), b"II*\0 fax", medium="fax")
    assert Case.objects.get().media == "fax"


def test_the_same_letter_brought_twice_leads_to_the_case_it_is_on(marlow, seat):
    priya = seat(marlow.priya)
    bring(priya, b"%PDF one")
    page = text_of(bring(priya, b"%PDF one"))
    assert "Nothing new was kept." in page and "here already" in page
    assert f'href="/desk/cases/{Case.objects.get().public_id}"' in page


def test_a_scan_that_came_by_the_folder_before_leads_to_its_case_too(marlow, seat):
    case = marlow.gets_paper(b"%PDF one")
    page = text_of(bring(seat(marlow.priya), b"%PDF one"))
    assert "Nothing new was kept." in page and f'href="/desk/cases/{case.public_id}"' in page and Case.objects.count() == 1


def test_what_cannot_be_kept_is_named_and_the_rest_is_kept_all_the_same(marlow, seat, settings):
    settings.MAX_CONTACT_BYTES = 1024**2
    page = text_of(bring(seat(marlow.priya), b"", b"%PDF" + b"x" * 1024**2, b"%PDF good"))
    assert "It is empty; nothing was kept." in page and "It is larger than 1 MB; nothing was kept." in page
    assert "One is kept." in page and Case.objects.count() == 1


def test_a_photo_that_no_machine_can_read_is_somebodys_all_the_same(marlow, seat):
    bring(seat(marlow.priya), b"\0\0\0\x18ftypheic" + b"\0" * 40)
    marlow.works()
    page = seat(marlow.priya).sees(f"/desk/cases/{Case.objects.get().public_id}")
    assert "This is a HEIC photo, which Kept cannot read." in page and "Write down what it says" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"came_on": "2026-06-02"}, "A letter cannot have come on a day that is still to come."),
        ({"came_on": "2006-06-01"}, "That is more than a year ago."),
        ({"came_on": "yesterday"}, "Write the day as 2026-06-01"),
        ({"came_on": ""}, "Say on which day they came"),
        ({"case": "number 12"}, "There is no such case."),
        ({"case": "0190a0b0-0000-7000-8000-000000000001"}, "There is no such case."),
    ],
)
def test_what_is_mistyped_is_said_and_stays_and_nothing_is_kept(marlow, seat, typed, says):
    answer = bring(seat(marlow.priya), b"%PDF one", **typed)
    page = text_of(answer)
    assert answer.status_code == 422 and says in page and "Choose the files once more" in page
    assert not Case.objects.exists() and all(value in page for value in typed.values())


def test_without_a_file_it_says_so(marlow, seat):
    answer = seat(marlow.priya).posts("/desk/paper", {"medium": "letter", "came_on": "2026-06-01"})
    assert answer.status_code == 422 and "Choose at least one file" in text_of(answer)


def test_brought_from_a_case_it_stands_on_that_case(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    priya = seat(marlow.priya)
    assert f'value="{case.public_id}"' in priya.sees(f"/desk/paper?case={case.public_id}")
    assert f"/desk/paper?case={case.public_id}" in priya.sees(f"/desk/write-down?case={case.public_id}")
    bring(priya, b"%PDF one", case=f"https://kept.example/desk/cases/{case.public_id}#m-1")
    assert Case.objects.count() == 1 and case.messages.filter(medium="letter").exists()


def test_the_page_says_what_is_not_installed(marlow, seat, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    page = seat(marlow.priya).sees("/desk/paper")
    assert "install tesseract-ocr." in page and "Letters are kept and wait until it is there." in page


def test_doubtful_words_are_marked_beside_the_page(marlow, seat, letter):
    priya = seat(marlow.priya)
    page = priya.sees(f"/desk/paper/{letter.public_id}")
    assert "<mark>lannp</mark>" in page and f'src="/desk/paper/{letter.public_id}/pages/1"' in page
    assert "It was not sure of one word, which is marked." in page
    picture = priya.opens(f"/desk/paper/{letter.public_id}/pages/1")
    assert b"".join(picture.streaming_content) == PAGE and picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Security-Policy"].startswith("sandbox") and picture["X-Content-Type-Options"] == "nosniff"
    pdf = priya.opens(f"/desk/paper/{letter.public_id}/pdf")
    assert pdf["Content-Disposition"].startswith("attachment") and b"".join(pdf.streaming_content) == b"%PDF-"
    assert [priya.opens(f"/desk/paper/{letter.public_id}/pages/{number}").status_code for number in (0, 2)] == [404, 404]


def test_on_the_case_each_fact_waits_for_a_person(marlow, seat, letter):
    case, priya = letter.file.message.case, seat(marlow.priya)
    page = priya.sees(f"/desk/cases/{case.public_id}")
    assert "Does the paper say so?" in page and 'value="harold@finch.example"' in page
    assert not Identity.objects.filter(value="harold@finch.example").exists()
    answer = priya.posts(
        f"/desk/paper/{letter.public_id}/fact", {"number": "1", "value": "h.finch@finch.example", "from": "case"}
    )
    assert answer["Location"] == f"/desk/cases/{case.public_id}#paper-{letter.pk}"
    assert Identity.objects.get(value="h.finch@finch.example").customer == case.customer
    priya.posts(f"/desk/paper/{letter.public_id}/fact", {"number": "0", "value": "Harold Finch", "does": "not"})
    after = priya.sees(f"/desk/cases/{case.public_id}")
    assert "Does the paper say so?" not in after and "h.finch@finch.example" in after


def test_a_letter_of_somebody_known_is_joined_to_them_only_by_a_persons_yes(marlow, seat, letter):
    marlow.clock.forward(minutes=5)
    harold = marlow.john.mails("Hello", subject="Hello").customer
    Identity.objects.filter(customer=harold).update(value="harold@finch.example")
    case, priya = letter.file.message.case, seat(marlow.priya)
    page = priya.sees(f"/desk/cases/{case.public_id}")
    assert "This is how we reach John Adeyemi. Your yes says that the letter is from them." in page
    priya.posts(f"/desk/paper/{letter.public_id}/fact", {"number": "1", "value": "harold@finch.example", "from": "case"})
    case.refresh_from_db()
    assert Case.objects.filter(customer=case.customer).count() == 2


def test_a_returned_sheet_of_ours_proposes_its_matter_and_joins_nothing_by_itself(marlow, seat, letter):
    marys = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    ours = Letter.objects.create(message=marlow.answers(marys, "On Friday."), address="4 Mill Lane", due_at=marlow.clock.now)
    LetterReading.objects.update(text=f"{READ}\n\n{letter_code(ours.pk)}")
    case, priya = letter.file.message.case, seat(marlow.priya)
    page = priya.sees(f"/desk/cases/{case.public_id}")
    assert "It seems to answer a letter of ours to Mary Whitcombe." in page and case.customer != marys.customer
    answer = priya.posts(f"/desk/paper/{letter.public_id}/answers")
    assert answer["Location"] == f"/desk/cases/{case.public_id}/belonging"
    case.refresh_from_db()
    marys.refresh_from_db()
    assert case.customer == marys.customer and case.joined_into is None, "whether it is one matter is another question"
    assert "16 boxes" in priya.sees(answer["Location"])


def test_without_a_code_of_ours_there_is_nothing_to_say_yes_to(marlow, seat, letter):
    assert seat(marlow.priya).posts(f"/desk/paper/{letter.public_id}/answers").status_code == 409


def test_a_code_typed_at_the_desk_leads_to_its_case(marlow, seat):
    marys = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    ours = Letter.objects.create(message=marlow.answers(marys, "On Friday."), address="4 Mill Lane", due_at=marlow.clock.now)
    bring(seat(marlow.priya), b"%PDF one", case=letter_code(ours.pk).lower())
    assert marys.messages.filter(medium="letter").exists() and Case.objects.count() == 1


def test_what_is_no_address_is_refused_with_what_was_typed(marlow, seat, letter):
    answer = seat(marlow.priya).posts(f"/desk/paper/{letter.public_id}/fact", {"number": "1", "value": "harold at finch"})
    assert (
        answer.status_code == 409
        and "This is no e-mail address." in text_of(answer)
        and 'value="harold at finch"' in text_of(answer)
    )
    nobody = seat(marlow.priya).posts(f"/desk/paper/{letter.public_id}/fact", {"number": "seven"})
    assert nobody.status_code == 409


def test_the_words_are_mended_by_a_person_whose_name_stands_there(marlow, seat, letter):
    priya = seat(marlow.priya)
    priya.posts(f"/desk/paper/{letter.public_id}/words", {"words": READ.replace("lannp", "lamp")})
    page = priya.sees(f"/desk/paper/{letter.public_id}")
    assert "Priya Nair mended them" in page and "<mark>lannp</mark>" in page, "what the machine read stays beside it"
    assert "the lamp is broken" in priya.sees(f"/desk/cases/{letter.file.message.case.public_id}")
    refused = priya.posts(f"/desk/paper/{letter.public_id}/words", {"words": " "})
    assert refused.status_code == 409 and "Write what the letter says." in text_of(refused)


def test_a_case_without_paper_asks_nothing_more(marlow, seat, django_assert_max_num_queries):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.now += timedelta(seconds=1)
    priya = seat(marlow.priya)
    priya.opens(f"/desk/cases/{case.public_id}")
    with django_assert_max_num_queries(13):
        assert "letter_reading" not in text_of(priya.opens(f"/desk/cases/{case.public_id}"))
