"""Letters as they come out of a scanner, read by the real programs: none of them is played."""
# needs: tesseract pdftotext pdftoppm

from __future__ import annotations

import io

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from kept.channels.paper.channel import PaperChannel
from kept.letters.proposing import propose
from kept.letters.recognising import CannotBeRead, NotInstalled, recognise
from kept.letters.tests.drawn import LETTERS, WAYS, Drawn, Way, draw, save
from kept.lib.programs import Stopped

ENGLISH, GERMAN, SHORT = LETTERS
SCAN_200, FAX = WAYS[1], WAYS[3]


def wrong(read: str, letter: Drawn) -> float:
    wanted = " ".join(letter.text.split())
    return Levenshtein.distance(" ".join(read.split()), wanted) / len(wanted)


def scanned(letter: Drawn, way: Way, folder) -> bytes:
    return save(letter, way, folder / "scan").read_bytes()


def test_a_skewed_scan_of_200_dots_is_read_and_every_fact_found_but_the_one_it_doubts(tmp_path):
    found = recognise(scanned(ENGLISH, SCAN_200, tmp_path))
    assert wrong(found.words.text, ENGLISH) < 0.02
    facts = {(one.kind, one.value) for one in propose(found.words.text, ours=["Marlow & Co", "8 Quay Street, Marlow"])}
    assert {fact for fact in ENGLISH.facts if fact[0] != "order"} <= facts
    (order,) = (value for kind, value in facts if kind == "order")
    doubted = [found.words.text[start:end] for start, end in found.words.doubtful]
    assert order == "ML-20417" or any(order in word for word in doubted)
    assert found.searchable.startswith(b"%PDF") and found.engine.startswith("tesseract 5")
    (picture,) = found.pictures
    assert Image.open(io.BytesIO(picture)).format == "JPEG"
    again = recognise(found.searchable)
    assert again.engine == "pdftotext" and "reading lamp" in again.words.text


def test_a_german_fax_of_two_pages_is_stretched_by_its_tags_and_read(tmp_path):
    pages = [draw(GERMAN, FAX), draw(SHORT, FAX)]
    pages[0].save(tmp_path / "fax.tif", compression="group4", dpi=(FAX.across, FAX.down), save_all=True, append_images=pages[1:])
    found = recognise((tmp_path / "fax.tif").read_bytes())
    assert "Gewartet haben wir achtzig Minuten" in found.words.text and "wet through" in found.words.text
    assert len(found.pictures) == 2
    first = Image.open(io.BytesIO(found.pictures[0]))
    assert 1.3 < first.height / first.width < 1.5, "a page of A4 again, not a strip"


def test_a_photo_taken_upside_down_is_turned_and_read(tmp_path):
    page = draw(SHORT, SCAN_200).rotate(180)
    page.save(tmp_path / "photo.jpg", quality=70)
    assert "Two of the sixteen were wet through" in recognise((tmp_path / "photo.jpg").read_bytes()).words.text


def test_a_pdf_written_by_a_computer_is_kept_as_it_is_and_every_word_is_certain(tmp_path):
    drawn = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    drawn += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    drawn += b"4 0 obj<</Length 68>>stream\nBT /F 14 Tf 10 50 Td (Where is the lamp that I ordered in May?) Tj ET   \n"
    drawn += b"endstream endobj\n"
    drawn += b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
    found = recognise(drawn)
    assert found.words.text == "Where is the lamp that I ordered in May?"
    assert (found.engine, found.searchable, found.words.doubtful) == ("pdftotext", drawn, ()) and len(found.pictures) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"PK\3\4 a document", "no scan"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "damaged"),
        (b"%PDF-1.4 and then nothing", "damaged"),
        (b"II*\0" + b"\7" * 60, "damaged"),
    ],
)
def test_what_no_machine_can_read_is_said_in_words_for_a_person(content, says):
    with pytest.raises(CannotBeRead, match=says):
        recognise(content)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path):
    Image.new("1", (40_000, 40_000)).save(tmp_path / "bomb.png", optimize=True)
    with pytest.raises(CannotBeRead):
        recognise((tmp_path / "bomb.png").read_bytes())


def test_without_tesseract_the_package_to_install_is_named(tmp_path, monkeypatch):
    scan = scanned(SHORT, SCAN_200, tmp_path)
    monkeypatch.setattr("kept.letters.recognising.TESSERACT", "tesseract-that-is-not-here")
    with pytest.raises(NotInstalled, match="install "):
        recognise(scan)


def test_a_house_that_closes_does_not_wait_for_a_letter(tmp_path):
    with pytest.raises(Stopped):
        recognise(scanned(SHORT, SCAN_200, tmp_path), should_stop=lambda: True)


def test_the_settings_page_says_nothing_when_everything_is_installed():
    assert PaperChannel({}).problems() == []
