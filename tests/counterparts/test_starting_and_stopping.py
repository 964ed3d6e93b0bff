"""`./kept run` as its operator knows it: started, told in one sentence what is wrong, stopped, killed, and there again."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counterparts.house import House, a_house, eventually, free_port, group_of

SERVER_KILLS_AFTER = 4.0
JOHN = {"name": "John Adeyemi", "email": "john@adeyemi.example", "message": "My pizza came cold."}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as (running, _post):
        yield running


@pytest.fixture
def empty(tmp_path: Path) -> House:
    """A folder in which nothing runs."""
    return House(tmp_path / "data", free_port(), free_port())


def john_writes(house: House) -> str:
    """His receipt."""
    return str(house.post(house.told("account", "add", "form", "--name", "Shop")["door"], JOHN).json["receipt"])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_leaves_nobody_behind_and_loses_nothing(house, how):
    receipt = john_writes(house)
    assert house.process is not None
    assert house.stop(how) in (0, -how, 128 + how)
    assert group_of(house.process.pid) == []
    with pytest.raises(OSError):
        house.get("/healthz")
    house.hires("Priya Nair", email="priya@marlow.example")
    house.start()
    house.gives_a_token()
    eventually(lambda: house.api("/audit")["received"] == 1 and house.api("/cases")["items"])
    assert receipt


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_of_it_at_once_as_a_terminal_sends_it_ends_it_as_well(house, how):
    assert house.process is not None
    for _again in range(3):
        with socket.create_connection(("127.0.0.1", house.lmtp_port), timeout=20) as idle:
            assert idle.recv(100).startswith(b"220")
            began = time.monotonic()
            os.killpg(house.process.pid, how)
            assert house.process.wait(20) in (0, -how, 128 + how)
            assert time.monotonic() - began < SERVER_KILLS_AFTER, "the server killed what had not ended by itself"
        assert group_of(house.process.pid) == []
        house.start()


def test_a_killed_house_leaves_no_orphan_at_its_door(house):
    assert house.process is not None
    assert len(group_of(house.process.pid)) > 1
    house.process.kill()
    eventually(lambda: group_of(house.process.pid) == [])
    with pytest.raises(OSError):
        house.get("/healthz")


def test_a_killed_worker_is_followed_by_another_that_has_everything(house):
    assert house.process is not None
    receipt = john_writes(house)
    before = set(group_of(house.process.pid)) - {house.process.pid}
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: set(group_of(house.process.pid)) - {house.process.pid} - before)
    eventually(lambda: _answers(house))
    assert john_writes(house) != receipt


def _answers(house: House) -> bool:
    try:
        return house.get("/readyz").status == 200
    except OSError:
        return False


def test_a_second_start_in_the_same_folder_says_so_and_does_no_harm(house):
    second = house.command("run", "--port", free_port())
    assert second.returncode == 2
    assert one_sentence(second.stderr).startswith("Kept is running already in")
    assert house.get("/healthz").status == 200


@pytest.mark.parametrize("option", ["--port", "--lmtp-port"])
def test_a_port_that_is_taken_is_named_with_the_option_that_names_another(empty, option):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ours = ("--port", free_port()) if option != "--port" else ()
        refused = empty.command("run", option, port, *ours)
    assert refused.returncode == 2
    says = one_sentence(refused.stderr)
    assert str(port) in says and option in says


@pytest.mark.parametrize("verb", ["doctor", "employee", "import"])
def test_where_no_house_is_yet_the_other_verbs_say_so_in_one_sentence(empty, verb):
    refused = empty.command(verb, "add", "Priya Nair")
    assert refused.returncode == 2
    assert "./kept run" in one_sentence(refused.stderr)


def test_pages_and_mail_cannot_share_one_port(empty):
    refused = empty.command("run", "--port", empty.port, "--lmtp-port", empty.port)
    assert refused.returncode == 2
    assert f"cannot share port {empty.port}" in one_sentence(refused.stderr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEPT_SMTP_URL", "mail.marlow.example"),
        ("KEPT_DATABASE_URL", "mysql://somewhere/kept"),
        ("KEPT_DATABASE_URL", "postgresql://kept@127.0.0.1:port/kept"),
        ("KEPT_BASE_URL", "marlow.example"),
        ("KEPT_MAIL_DOMAIN", "priya@marlow.example"),
        ("KEPT_LMTP_PORT", "65536"),
        ("KEPT_LANGUAGE", "tlh"),
        ("KEPT_SECRET_KEY", "short"),
        ("KEPT_WEB_THREADS", "many"),
        ("KEPT_LOG_LEVEL", "LOUD"),
        ("KEPT_DATABASE_URL", "postgresql://kept@127.0.0.1:1/kept"),
    ],
)
def test_a_wrong_setting_stops_it_with_one_sentence_that_names_it(empty, name, value):
    empty.environment[name] = value
    refused = empty.command("run", "--port", empty.port)
    assert refused.returncode == 2, refused.stderr.decode()
    says = one_sentence(refused.stderr)
    assert name in says


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    refused = House(tmp_path / "data", 0, 0).command("run", "--port", free_port())
    assert refused.returncode == 2
    assert str(tmp_path / "data") in one_sentence(refused.stderr)


def one_sentence(said: bytes) -> str:
    text = said.decode().strip()
    assert "Traceback" not in text, text
    assert "\n" not in text, text
    return text
