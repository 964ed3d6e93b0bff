# needs: strace
"""The kernel as witness: the bytes are on the disk before anybody is told yes (R1)."""

from __future__ import annotations

import smtplib

from tests.counterparts.house import a_house

TRACED = "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg"


def test_the_disk_has_it_before_yes_is_said(tmp_path):
    trace = tmp_path / "trace"
    with a_house(tmp_path, wrapped_in=("strace", "-f", "-y", "-s", "5000", "-e", TRACED, "-o", str(trace))) as (house, _post):
        house.opens("email", "Help", address="help@marlow.example")
        door = house.told("account", "add", "form", "--name", "Shop")["door"]
        assert house.post(door, {"message": "COLDPIZZA"}).status == 202
        with smtplib.LMTP("127.0.0.1", house.lmtp_port) as line:
            line.sendmail("mary@m.example", ["help@marlow.example"], "From: mary@m.example\r\n\r\nTORNBOX\r\n")
    calls = trace.read_text(errors="replace").splitlines()
    assert_synced_in_between(calls, written="COLDPIZZA", said="202 Accepted")
    assert_synced_in_between(calls, written="TORNBOX", said="250 2.0.0 Kept")


def assert_synced_in_between(calls: list[str], *, written: str, said: str) -> None:
    """A finished fdatasync lies between the last page of the log with these words on it and the first yes."""
    yes = next(number for number, call in enumerate(calls) if said in call)
    pages = [number for number, call in enumerate(calls[:yes]) if "pwrite64" in call and "-wal" in call and written in call]
    assert pages, "the words never reached the log"
    assert [call for call in calls[pages[-1] : yes] if "fdatasync" in call and call.endswith("= 0")]
