"""A folder that is watched for scans: nothing half written is taken, nothing is taken twice, nothing vanishes."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from kept.accounts.opening import add_account, close_account
from kept.cases.models import Case
from kept.doors import folder as door
from kept.doors.folder import DONE, NOT_TAKEN, Watching, go_round
from kept.doors.mailboxes import door_of, pulled_accounts
from kept.intake.models import Arrival

pytestmark = pytest.mark.django_db(transaction=True)
SCAN = b"%PDF-1.4 a scan"
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def marlow(transactional_db):
    from kept.demo.cast import Marlow

    return Marlow()


@pytest.fixture
def scans(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path / "paper" / "desk"


@pytest.fixture
def account(marlow, scans):
    made = add_account("paper", name="Front desk", settings={"folder": "desk", "medium": "fax"}, now=marlow.clock.now).account
    scans.mkdir(parents=True)
    return made


@pytest.fixture
def rounds(marlow, account):
    """`rounds(10)`: a look at the folder after so many seconds; returns how many were kept."""
    watching = Watching()

    def look(seconds: int = 0) -> int:
        account.refresh_from_db()
        return go_round(account, watching, at=marlow.clock.forward(seconds=seconds))

    return look


def put(scans, name: str, content: bytes = SCAN, *, on: datetime = MONDAY) -> None:
    (scans / name).write_bytes(content)
    os.utime(scans / name, (on.timestamp(),) * 2)


def files(place) -> list[str]:
    return sorted(str(one.relative_to(place)) for one in place.rglob("*") if one.is_file() or one.is_symlink())


def test_a_file_that_has_not_changed_for_ten_seconds_is_kept_and_then_lies_in_done(marlow, rounds, scans):
    put(scans, "finch.pdf")
    assert [rounds(), rounds(9)] == [0, 0] and files(scans) == ["finch.pdf"]
    assert rounds(1) == 1
    assert files(scans) == [f"{DONE}/2026-06-01/finch.pdf"]
    marlow.files()
    case = Case.objects.get()
    assert (case.media, case.owner) == ("fax", marlow.priya)
    assert case.messages.get(is_theirs=True).files.get().name == "finch.pdf"


def test_while_it_grows_it_is_left_alone(rounds, scans):
    put(scans, "finch.pdf", b"%PDF")
    for length in range(4):
        assert rounds(8) == 0
        put(scans, "finch.pdf", b"%PDF" + b"x" * length, on=MONDAY + timedelta(seconds=length + 1))
    assert [rounds(8), rounds(8), rounds(2)] == [0, 0, 1]


def test_a_file_that_loses_its_temporary_name_is_taken_at_once(rounds, scans):
    put(scans, "finch.pdf.part")
    assert [rounds(), rounds(60)] == [0, 0], "as long as it is called so it is not finished"
    (scans / "finch.pdf.part").rename(scans / "finch.pdf")
    assert rounds(1) == 1


def test_killed_between_the_commit_and_the_move_it_is_one_letter_all_the_same(rounds, scans, account, monkeypatch):
    put(scans, "finch.pdf")
    rounds()

    def killed(*_paths):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(door, "_move", killed)
        with pytest.raises(SystemExit):
            rounds(10)
    assert files(scans) == ["finch.pdf"] and Arrival.objects.count() == 1
    another_life = Watching()
    go_round(account, another_life, at=MONDAY + timedelta(minutes=1))
    go_round(account, another_life, at=MONDAY + timedelta(minutes=2))
    assert files(scans) == [f"{DONE}/2026-06-01/finch.pdf"]
    assert Arrival.objects.get().seen == 2


def test_what_cannot_be_moved_away_is_kept_once_and_said(rounds, scans, account, monkeypatch):
    put(scans, "finch.pdf")
    rounds()

    def refused(*_paths):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as locked:
        locked.setattr(door, "_move", refused)
        assert [rounds(10), rounds(2), rounds(2)] == [0, 0, 0]
    account.refresh_from_db()
    assert account.trouble == "finch.pdf: Permission denied" and Arrival.objects.get().seen == 1
    rounds(2)
    account.refresh_from_db()
    assert account.trouble == "" and files(scans) == [f"{DONE}/2026-06-01/finch.pdf"]


def test_what_cannot_be_taken_lies_in_a_place_of_its_own_with_the_reason_beside_it(rounds, scans, account, settings, tmp_path):
    settings.MAX_CONTACT_BYTES = 3 * 1024**2
    put(scans, "empty.pdf", b"")
    put(scans, "large.pdf", b"x" * (3 * 1024**2 + 1))
    (tmp_path / "secret-key").write_text("secret")
    (scans / "link.pdf").symlink_to(tmp_path / "secret-key")
    os.mkfifo(scans / "pipe.pdf")
    put(scans, "finch.pdf")
    assert [rounds(), rounds(10)] == [0, 1]
    beside = {name: (scans / NOT_TAKEN / f"{name}.why.txt").read_text() for name in ("empty.pdf", "large.pdf", "link.pdf")}
    assert "empty" in beside["empty.pdf"] and "larger than 3 MB" in beside["large.pdf"] and "link" in beside["link.pdf"]
    assert files(scans / DONE) == ["2026-06-01/finch.pdf"]
    assert bytes(Arrival.objects.get().body) == SCAN, "nothing behind the link was read"
    account.refresh_from_db()
    assert account.trouble.startswith("Not taken, and lies in") and "empty.pdf (It is empty. Scan it again.)" in account.trouble
    assert "and 1 more" in account.trouble
    for file in (scans / NOT_TAKEN).iterdir():
        file.unlink()
    rounds(2)
    account.refresh_from_db()
    assert account.trouble == "" and account.heard_at is not None


@pytest.mark.parametrize(
    ("name", "written", "came"),
    [
        ("finch.pdf", MONDAY - timedelta(days=3), "2026-05-29T09:00:00+00:00"),
        ("2026-05-28 finch.pdf", MONDAY, "2026-05-28T09:00:00+00:00"),
        ("2026-05-30.pdf", MONDAY, "2026-06-01T09:00:00+00:00"),
        ("2027-01-01.pdf", MONDAY, "2026-06-01T09:00:00+00:00"),
        ("2026-13-77.pdf", MONDAY, "2026-06-01T09:00:00+00:00"),
        ("finch.pdf", MONDAY + timedelta(days=400), "2026-06-01T09:00:00+00:00"),
    ],
)
def test_it_came_on_the_day_its_name_says_else_when_it_was_written_and_never_in_days_to_come(rounds, scans, name, written, came):
    put(scans, name, on=written)
    rounds()
    rounds(10)
    assert datetime.fromisoformat(Arrival.objects.get().envelope["arrived-at"]) <= Arrival.objects.get().reached_us_at
    assert Arrival.objects.get().envelope["arrived-at"][:10] == came[:10]


def test_two_files_of_one_name_both_stay(rounds, scans):
    for content in (b"%PDF one", b"%PDF two"):
        put(scans, "scan.pdf", content)
        rounds()
        rounds(10)
    assert files(scans) == [f"{DONE}/2026-06-01/scan (2).pdf", f"{DONE}/2026-06-01/scan.pdf"]
    assert Arrival.objects.count() == 2


def test_a_name_that_is_no_text_breaks_nothing(rounds, scans):
    odd = os.fsencode(scans) + b"/caf\xe9\n.pdf"
    with open(odd, "wb") as file:  # noqa: PTH123 - a path that is no text
        file.write(SCAN)
    rounds()
    assert rounds(10) == 1


def test_a_folder_that_is_set_is_watched_and_a_closed_account_is_not(marlow, account):
    from kept.accounts.translating import channel_of

    assert account in pulled_accounts() and door_of(channel_of(account)) is door.watch
    assert account.is_open, "it sends nothing, so there is nothing to open"
    close_account(account, by=marlow.ines, now=marlow.clock.now)
    assert account not in pulled_accounts()


def test_without_a_folder_nothing_is_watched(marlow):
    plain = add_account("paper", name="Letters", now=marlow.clock.now).account
    assert plain not in pulled_accounts() and go_round(plain, Watching(), at=marlow.clock.now) == 0
