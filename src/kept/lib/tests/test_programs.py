"""Programs that work on a stranger's file have little time, memory and rights, and know nothing of us."""

from __future__ import annotations

import sys
import time

import pytest

from kept.lib.programs import ProgramFailed, ProgramMissing, Stopped, run

PYTHON = [sys.executable, "-I", "-c"]


def test_what_it_wrote_is_returned_and_it_ran_in_its_folder(tmp_path):
    assert run([*PYTHON, "import os; print(os.getcwd())"], folder=tmp_path, seconds=20).decode().strip() == str(tmp_path)


def test_it_sees_none_of_our_settings_and_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT_SECRET_KEY", "secret")
    said = run([*PYTHON, "import os; print(sorted(os.environ))"], folder=tmp_path, seconds=20).decode()
    assert "KEPT" not in said and "OMP_THREAD_LIMIT" in said


def test_it_stands_back_behind_everything_else(tmp_path):
    assert int(run([*PYTHON, "import os; print(os.nice(0))"], folder=tmp_path, seconds=20)) >= 15


def test_a_program_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ProgramMissing, match="no-such-program"):
        run(["no-such-program"], folder=tmp_path, seconds=20)


def test_what_it_complained_of_is_kept_when_it_ends_badly(tmp_path):
    with pytest.raises(ProgramFailed, match="no picture"):
        run([*PYTHON, "import sys; sys.exit('no picture')"], folder=tmp_path, seconds=20)


def test_one_that_never_ends_is_ended_with_all_its_children(tmp_path):
    began = time.monotonic()
    endless = "import os, time; os.fork(); open(f'{os.getpid()}.pid', 'w').close(); time.sleep(600)"
    with pytest.raises(ProgramFailed, match="longer than 4 s"):
        run([*PYTHON, endless], folder=tmp_path, seconds=4)
    assert time.monotonic() - began < 60
    pids = [file.stem for file in tmp_path.glob("*.pid")]
    assert pids, "it had begun"
    while any(_state(pid) not in {"", "Z"} for pid in pids):  # told to end; the kernel takes a moment
        assert time.monotonic() - began < 60, "it is gone, or only waits to be buried"
        time.sleep(0.05)


def _state(pid: str) -> str:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def test_one_that_wants_all_the_memory_does_not_get_it(tmp_path):
    with pytest.raises(ProgramFailed, match="MemoryError"):
        run([*PYTHON, "x = bytearray(900 * 1024**2)"], folder=tmp_path, seconds=20, megabytes=400)


def test_a_house_that_closes_does_not_wait_for_it(tmp_path):
    with pytest.raises(Stopped):
        run([*PYTHON, "import time; time.sleep(600)"], folder=tmp_path, seconds=600, should_stop=lambda: True)


def test_nothing_of_a_shell_is_understood(tmp_path):
    assert (
        run([*PYTHON, "import sys; print(sys.argv[1])", "$(touch oops); `id`"], folder=tmp_path, seconds=20)
        == b"$(touch oops); `id`\n"
    )
    assert not (tmp_path / "oops").exists()
