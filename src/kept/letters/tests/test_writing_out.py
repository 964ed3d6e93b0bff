"""What comes out of the printer: read by pdftotext, as a program would that takes nobody's word for it."""

# needs: pdftotext

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Attached, MessageKind
from kept.demo.cast import last_word_of
from kept.letters import lettering
from kept.letters.finding import letter_named_in, token_in
from kept.letters.writing_out import missing_signs, page_address, print_out, sheet_of, with_everything
from kept.lib.letter_codes import letter_code
from kept.places.models import Brand
from kept.replies.models import Letter
from kept.replies.sending import Reply, reply

BACK = "Marlow & Co · 8 Quay Street, Marlow"
WORDS = "Dear Mr Finch,\n\nthere is a chair now, and it stays.\n\nYours sincerely"


@pytest.fixture
def case(marlow):
    marlow.harold.postal = "14 Weir Lane, MA1 2BC Marlow"
    return marlow.harold.is_written_down("letter", "There is nowhere to sit. May we have a chair?", by=marlow.ines)


def letter(marlow, case, text=WORDS, kind=MessageKind.ANSWER) -> Letter:
    case.refresh_from_db()
    said = Reply(text, kind, medium="letter", saw_up_to=last_word_of(case))
    message = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    return with_everything(Letter.objects.filter(message=message)).get()


def read(pdf: bytes, *how: str) -> str:
    """The words on the sheets, as pdftotext finds them."""
    return subprocess.run(["pdftotext", *how, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


class TestTheSheet:
    def test_window_words_signature_and_code_stand_on_it(self, marlow, case):
        ours = letter(marlow, case)
        text = read(print_out([ours]), "-layout")
        for line in (
            "Marlow & Co · 8 Quay Street, Marlow",
            "Harold Finch",
            "14 Weir Lane",
            "MA1 2BC Marlow",
            "Monday 1 June 2026",
        ):
            assert line in text
        for line in ("there is a chair now, and it stays.", "Priya Nair", "customer care", "Is it solved?", letter_code(ours.pk)):
            assert line in text
        assert page_address(ours).removeprefix("https://") in " ".join(text.split())

    def test_the_address_is_where_the_window_of_the_envelope_is(self, marlow, case):
        """DIN 5008, form B: 20 to 105 mm from the left, 45 to 90 mm from the top."""
        per_mm = 72 / 25.4
        box = [str(int(mm * per_mm)) for mm in (20, 45, 85, 45)]
        inside = read(print_out([letter(marlow, case)]), "-x", box[0], "-y", box[1], "-W", box[2], "-H", box[3])
        assert inside.split("\n")[:5] == [
            "Marlow & Co · 8 Quay Street, Marlow",
            "",
            "Harold Finch",
            "14 Weir Lane",
            "MA1 2BC Marlow",
        ]

    def test_a_long_letter_has_numbered_pages_and_the_code_on_each(self, marlow, case):
        long = letter(marlow, case, "\n\n".join(f"Paragraph {n}. " + "We looked at every stair. " * 12 for n in range(30)))
        pages = read(print_out([long])).split("\f")[:-1]
        assert len(pages) > 2
        for number, page in enumerate(pages, start=1):
            assert f"Page {number} of {len(pages)}" in page
            assert letter_code(long.pk) in page
        assert all(f"Paragraph {n}." in "".join(pages) for n in range(30))
        assert "Priya Nair" in pages[-1] and "looked at every stair" in pages[-1]

    def test_the_acknowledgement_names_the_hour_and_nothing_of_what_they_wrote(self, marlow, case):
        ack = with_everything(Letter.objects.filter(message__kind="acknowledgement")).get()
        text = read(print_out([ack]))
        assert "Your words are here and are mine to answer. You hear from me by Friday 5 June, 17:00." in " ".join(text.split())
        assert "Dear Harold Finch," in text
        assert "chair" not in text and "nowhere to sit" not in text
        assert "Is it solved" not in text

    def test_many_are_one_file_each_on_a_page_of_its_own(self, marlow, case):
        ack = with_everything(Letter.objects.all()).get()
        pages = read(print_out([ack, letter(marlow, case)])).split("\f")
        assert "You hear from me by" in pages[0] and "there is a chair" in pages[1]

    @pytest.mark.parametrize(
        "words", ["Zażółć gęślą jaźń", "Dříve než čekání", "Γεια σας", "Спасибо за письмо", "Größe, Maß, ﬁn, 20 € – “so”"]
    )
    def test_latin_polish_greek_and_cyrillic_letters_are_printed(self, marlow, case, words):
        ours = letter(marlow, case, f"Dear Mr Finch,\n\n{words}\n\nYours")
        assert lettering.has_dejavu(), "install fonts-dejavu-core"
        assert missing_signs(ours) == ""
        assert words in read(print_out([ours]))

    def test_it_speaks_the_language_of_the_brand(self, marlow, case):
        Brand.objects.update(language="de")
        assert "Montag" in read(print_out([letter(marlow, case)]))

    def test_a_file_that_goes_along_is_named(self, marlow, case):
        ours = letter(marlow, case)
        Attached.objects.create(message=ours.message, name="receipt.pdf", size=1, content="0" * 64)
        assert "Enclosed: receipt.pdf" in read(print_out([with_everything(Letter.objects.filter(pk=ours.pk)).get()]))

    def test_a_word_longer_than_the_paper_is_cut_and_not_lost(self, marlow, case):
        ours = letter(marlow, case, "Dear Mr Finch,\n\n" + "x" * 400)
        assert read(print_out([ours])).count("x") >= 400

    def test_the_sheet_that_comes_back_is_found_and_proposed(self, marlow, case):
        ours = letter(marlow, case)
        text = read(print_out([ours]))
        assert token_in(text) == letter_code(ours.pk)
        found = letter_named_in(text)
        assert found == ours and found.message.case == case
        assert letter_named_in("A sheet without any code.") is None


class TestTheFile:
    def test_the_same_letter_is_the_same_bytes(self, marlow, case):
        ours = letter(marlow, case)
        first = print_out([ours])
        marlow.clock.forward(days=3)
        assert print_out([with_everything(Letter.objects.filter(pk=ours.pk)).get()]) == first

    def test_it_says_what_it_is_and_in_which_language(self, marlow, case):
        pdf = print_out([letter(marlow, case)])
        assert b"/Lang (en)" in pdf and b"/DisplayDocTitle true" in pdf
        assert b"Letter to Harold Finch" in pdf

    def test_a_hundred_letters_are_two_questions(self, marlow, case):
        for _n in range(3):
            letter(marlow, case, kind=MessageKind.SIGN_OF_LIFE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            print_out(list(with_everything(Letter.objects.all())))
        assert len(asked) == 2

    def test_a_customer_we_share_an_address_with_nobody_knows_gets_no_link_to_a_page(self, marlow, case):
        other = marlow.samir.mails("My toner has not come.")
        said = Reply(
            "Hello Samir, it comes.", medium="letter", saw_up_to=last_word_of(other), address="14 Weir Lane, MA1 2BC Marlow"
        )
        ours = reply(other, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"})).letter
        assert not any("only for you" in line for line in sheet_of(with_everything(Letter.objects.filter(pk=ours.pk)).get()).foot)


class TestWithoutDejaVu:
    @pytest.fixture(autouse=True)
    def _nowhere(self, monkeypatch):
        monkeypatch.setattr(lettering, "DEJAVU", Path("/nowhere"))
        lettering.fonts.cache_clear()
        lettering.unprintable.cache_clear()
        yield
        lettering.fonts.cache_clear()
        lettering.unprintable.cache_clear()

    def test_the_doctor_says_which_fonts_to_install(self):
        [says] = lettering.lettering_problems()
        assert "fonts-dejavu-core" in says

    def test_a_letter_is_printed_all_the_same_and_what_is_missing_is_known(self, marlow, case):
        ours = letter(marlow, case, "Dear Mr Finch,\n\nσας\n\nYours")
        assert missing_signs(ours) == "σας"[:2] + "ς"
        assert print_out([ours]).startswith(b"%PDF")


def test_with_the_fonts_the_doctor_has_nothing_to_say():
    assert lettering.lettering_problems() == [] or not lettering.has_dejavu()
