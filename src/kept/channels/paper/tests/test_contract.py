"""The channel of paper keeps to the contract of all channels; the day a letter came is never a day to come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kept.channels.base import NotSetUp, Raw
from kept.channels.contract import NOON, ChannelContract
from kept.channels.paper.channel import PaperChannel
from kept.channels.paper.form import PaperSettings
from kept.channels.paper.sorts import HEIC, JPEG, PDF, PNG, TIFF, UNKNOWN, WEBP, sort_of


class TestContract(ChannelContract):
    channel = PaperChannel


def test_two_letters_have_two_keys_and_one_scan_brought_twice_has_one():
    channel = PaperChannel({})
    first, again, other = (
        channel.dedupe_key(Raw(body, {"filename": name}, NOON)) for body, name in ((b"A", "a"), (b"A", "b"), (b"B", "a"))
    )
    assert first == again != other


def test_a_letter_said_to_come_tomorrow_began_when_it_reached_us():
    (letter,) = PaperChannel({}).parse(Raw(b"scan", {"arrived-on": "2026-06-02"}, NOON))
    assert letter.began_at == NOON


def test_a_letter_of_last_week_began_then():
    (letter,) = PaperChannel({}).parse(Raw(b"scan", {"arrived-at": "2026-05-25T08:00:00+00:00"}, NOON))
    assert letter.began_at == datetime(2026, 5, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "sort"),
    [
        (b"%PDF-1.7", PDF),
        (b"\n\n%PDF-1.4", PDF),
        (b"II*\0", TIFF),
        (b"MM\0*", TIFF),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff\xe1", JPEG),
        (b"RIFF\0\0\0\0WEBP", WEBP),
        (b"\0\0\0\x18ftypheic", HEIC),
        (b"PK\3\4", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_bytes_and_not_by_its_name(begins, sort):
    assert sort_of(begins) == sort


@pytest.mark.parametrize("said", ["../../etc", "/etc", "", ".", "/", "front/../../.."])
def test_a_folder_that_nobody_allowed_is_not_watched(tmp_path, settings, said):
    settings.DATA, settings.PAPER_FOLDERS = tmp_path / "data", []
    form = PaperSettings({"folder": said})
    assert form.is_valid() is (said == "")
    if said:
        assert "KEPT_PAPER_FOLDERS" in str(form.errors["folder"])
        with pytest.raises(NotSetUp):
            PaperChannel({"folder": said}).watches()


def test_a_name_is_a_folder_of_our_own_and_a_link_out_of_it_is_not_followed(tmp_path, settings):
    settings.DATA, settings.PAPER_FOLDERS = tmp_path, []
    ours = tmp_path / "paper"
    assert PaperChannel({"folder": "front-desk"}).watches() == ours / "front-desk"
    ours.mkdir()
    (ours / "sly").symlink_to("/etc")
    with pytest.raises(NotSetUp):
        PaperChannel({"folder": "sly"}).watches()


def test_a_folder_named_by_whoever_runs_the_machine_is_watched(tmp_path, settings):
    settings.DATA, settings.PAPER_FOLDERS = tmp_path / "data", [str(tmp_path / "scans")]
    (tmp_path / "scans" / "desk").mkdir(parents=True)
    assert PaperChannel({"folder": str(tmp_path / "scans" / "desk")}).watches() == tmp_path / "scans" / "desk"
    assert "There is no folder" in str(PaperSettings({"folder": str(tmp_path / "scans" / "gone")}).errors["folder"])


def test_what_is_not_installed_is_said_with_the_name_of_its_package(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert [one.rpartition(": ")[2] for one in PaperChannel({}).problems()] == [
        "install tesseract-ocr.",
        "install poppler-utils.",
    ]
