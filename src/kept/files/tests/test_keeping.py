"""Bytes are on disk, whole and synced, before anything names them."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.files import keeping

PHOTO = b"\x89PNG cold pizza"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_what_is_kept_is_read_again_by_the_hash_of_its_content():
    name = keeping.keep(PHOTO)
    assert name == hashlib.sha256(PHOTO).hexdigest()
    assert keeping.read(name) == PHOTO


def test_the_same_bytes_twice_are_one_file(folder):
    assert keeping.keep(PHOTO) == keeping.keep(PHOTO)
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_nothing_at_all_can_be_kept_too():
    assert keeping.read(keeping.keep(b"")) == b""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=500))
def test_any_bytes_come_back_unchanged(content):
    assert keeping.read(keeping.keep(content)) == content


def test_the_file_and_every_folder_above_it_are_synced_before_we_say_so(folder, monkeypatch):
    synced = watch_syncs(monkeypatch)
    name = keeping.keep(PHOTO)
    assert synced[0].startswith(str(keeping.path_of(name)))
    assert set(synced[1:]) == {str(folder / "files" / name[:2]), str(folder / "files"), str(folder)}


def test_what_lay_there_already_is_synced_too_before_we_say_so(folder, monkeypatch):
    name = keeping.keep(PHOTO)
    synced = watch_syncs(monkeypatch)
    keeping.keep(PHOTO)
    assert str(folder / "files" / name[:2]) in synced


def watch_syncs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    synced: list[str] = []
    really = os.fsync

    def fsync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return synced


def test_a_full_disk_leaves_nothing_half_written(folder, monkeypatch):
    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        keeping.keep(PHOTO)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_after_the_disk_has_room_again_it_can_be_kept(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(errno.EIO, "io")))
        with pytest.raises(OSError, match="io"):
            keeping.keep(PHOTO)
    assert keeping.read(keeping.keep(PHOTO)) == PHOTO


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "/", "a" * 63 + "\n", "٣" * 64, "g" * 64]
)
def test_no_other_name_leads_to_a_file(name):
    with pytest.raises(ValueError, match="not a sha256"):
        keeping.path_of(name)


def test_what_was_never_kept_is_not_there():
    with pytest.raises(FileNotFoundError):
        keeping.read("0" * 64)
