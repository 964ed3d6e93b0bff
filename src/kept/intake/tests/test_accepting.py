"""Accepted is kept: one writer, groups, a first receipt for every repeat, and an honest no where nothing was kept (R1)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection

from kept.accounts.models import ChannelAccount
from kept.accounts.settling_in import settle_in
from kept.due import ringing
from kept.files import keeping
from kept.intake import accepting
from kept.intake.accepting import Busy, Receipt, accept, accept_here, check_durability, rest
from kept.intake.keeping_rows import insert
from kept.intake.models import Arrival, ArrivalState
from kept.lib.ids import new_id

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def form(transactional_db) -> ChannelAccount:
    return settle_in(NOW)


def keep(form: ChannelAccount, body: bytes = b"message=Hello", *, key: str = "", **also) -> Receipt:
    return accept(form, body, {"content-type": "text/plain", **also}, key=key, reached_us_at=NOW)


@pytest.fixture
def broken(monkeypatch):
    """A database that refuses the rows whose body is in this set."""
    refused: set[bytes] = set()

    def insert_or_refuse(cursor, row):
        if row.body in refused:
            raise DatabaseError("disk I/O error")
        return insert(cursor, row)

    monkeypatch.setattr(accepting, "insert", insert_or_refuse)
    return refused


class TestOneContact:
    def test_its_bytes_are_committed_when_we_say_yes(self, form):
        receipt = keep(form, b"message=My+pizza+was+cold")
        arrival = Arrival.objects.get(receipt=receipt.receipt)
        assert receipt == Receipt(arrival.receipt, arrival.pk, True)
        assert arrival.bytes == b"message=My+pizza+was+cold"
        assert (arrival.account, arrival.reached_us_at, arrival.seen) == (form, NOW, 1)
        assert (arrival.state, arrival.next_try_at) == (ArrivalState.WAITING, NOW)
        assert arrival.envelope == {"content-type": "text/plain"}

    def test_whoever_files_is_rung_at_once(self, form):
        ringing.wait((Arrival,), seconds=0)
        keep(form)
        assert "Arrival" in ringing._rung

    def test_what_is_quarantined_is_not_due(self, form):
        receipt = accept(form, b"x", {}, key="", reached_us_at=NOW, state=ArrivalState.QUARANTINED)
        assert Arrival.objects.get(receipt=receipt.receipt).next_try_at is None

    def test_a_large_body_lies_in_a_file_and_is_read_from_there(self, form):
        body = b"x" * (accepting.LARGEST_ROW + 1)
        arrival = Arrival.objects.get(receipt=keep(form, body).receipt)
        assert bytes(arrival.body) == b""
        assert keeping.path_of(arrival.body_file).read_bytes() == body
        assert arrival.bytes == body

    def test_a_body_just_small_enough_lies_in_its_row(self, form):
        arrival = Arrival.objects.get(receipt=keep(form, b"x" * accepting.LARGEST_ROW).receipt)
        assert arrival.body_file == ""

    @pytest.mark.parametrize("nasty", ["a\0b", "a\ud800b", "ä ✓ 🍕"])
    def test_no_header_can_turn_its_contact_away(self, form, nasty):
        receipt = keep(form, key=f"key {nasty}", subject=nasty)
        arrival = Arrival.objects.get(receipt=receipt.receipt)
        assert "\0" not in arrival.envelope["subject"]
        assert arrival.key.startswith("key a" if nasty[0] == "a" else "key ä")

    def test_a_very_long_key_still_names_one_occurrence(self, form):
        assert keep(form, key="k" * 1000).receipt == keep(form, key="k" * 1000).receipt


class TestTheSameOccurrence:
    def test_a_repeat_keeps_its_first_receipt_and_is_counted(self, form):
        first = keep(form, key="one")
        again = keep(form, b"other bytes", key="one")
        assert (again.receipt, again.arrival_id, again.is_new) == (first.receipt, first.arrival_id, False)
        arrival = Arrival.objects.get()
        assert (arrival.seen, arrival.bytes) == (2, b"message=Hello")

    def test_without_a_key_the_same_words_twice_are_two_contacts(self, form):
        assert keep(form).receipt != keep(form).receipt
        assert Arrival.objects.count() == 2

    def test_a_key_belongs_to_its_account(self, form):
        other = ChannelAccount.objects.get(pk=form.pk)
        other.pk, other.slug, other.door_hash = None, "other", "other"
        other.public_id = new_id()
        other.save()
        assert keep(form, key="one").receipt != keep(other, key="one").receipt

    def test_a_repeat_of_what_was_filed_does_not_make_it_wait_again(self, form):
        keep(form, key="one")
        Arrival.objects.update(state=ArrivalState.FILED, next_try_at=None)
        keep(form, key="one")
        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.next_try_at) == (ArrivalState.FILED, None)

    def test_ten_tries_at_the_same_instant_are_one(self, form):
        with ThreadPoolExecutor(10) as pool:
            receipts = list(pool.map(lambda _n: keep(form, key="one"), range(10)))
        assert len({receipt.receipt for receipt in receipts}) == 1
        assert sum(receipt.is_new for receipt in receipts) == 1
        assert Arrival.objects.get().seen == 10


class TestManyAtOnce:
    def test_sixty_people_at_the_same_instant_are_all_kept(self, form):
        with ThreadPoolExecutor(20) as pool:
            receipts = list(pool.map(lambda n: keep(form, b"n=%d" % n, key=str(n)), range(60)))
        assert len({receipt.receipt for receipt in receipts}) == 60
        assert {arrival.bytes for arrival in Arrival.objects.all()} == {b"n=%d" % n for n in range(60)}

    def test_those_who_wait_share_one_commit(self, form, monkeypatch):
        groups: list[int] = []
        commit, first, go = accepting._commit, threading.Event(), threading.Event()

        def slow(group):
            groups.append(len(group))
            first.set()
            go.wait(10)
            commit(group)

        monkeypatch.setattr(accepting, "_commit", slow)
        with ThreadPoolExecutor(9) as pool:
            one = pool.submit(keep, form, b"first")
            first.wait(10)
            others = [pool.submit(keep, form, b"other") for _n in range(8)]
            while len(accepting._writer._waiting) < 8:
                threading.Event().wait(0.001)
            go.set()
            assert all(future.result(10).is_new for future in [one, *others])
        assert groups == [1, 8]

    def test_one_bad_row_does_not_turn_away_its_neighbours(self, form, broken):
        broken.add(b"bad")
        with ThreadPoolExecutor(9) as pool:
            futures = [pool.submit(keep, form, b"bad" if n == 4 else b"n=%d" % n) for n in range(9)]
        failed = [future for future in futures if future.exception() is not None]
        assert len(failed) == 1
        assert isinstance(failed[0].exception(), Busy)
        assert Arrival.objects.count() == 8


class TestNothingWasKept:
    def test_a_database_that_refuses_is_an_honest_no(self, form, broken):
        broken.add(b"message=Hello")
        with pytest.raises(Busy):
            keep(form)
        assert not Arrival.objects.exists()

    def test_and_the_next_one_is_kept_as_soon_as_it_is_well_again(self, form, broken):
        broken.add(b"message=Hello")
        with pytest.raises(Busy):
            keep(form)
        broken.clear()
        assert keep(form).is_new

    def test_a_full_disk_under_a_large_body_is_an_honest_no(self, form, monkeypatch):
        def full(_content):
            raise OSError("no space left on device")

        monkeypatch.setattr(keeping, "keep", full)
        with pytest.raises(Busy):
            keep(form, b"x" * (accepting.LARGEST_ROW + 1))
        assert not Arrival.objects.exists()

    def test_too_many_who_wait_are_asked_to_come_again(self, form, monkeypatch):
        monkeypatch.setattr(accepting, "MOST_WAITING", 0)
        with pytest.raises(Busy):
            keep(form)

    def test_a_disk_that_does_not_answer_is_an_honest_no_and_nothing_is_kept_afterwards(self, form, monkeypatch):
        monkeypatch.setattr(accepting, "PATIENCE", 0.05)
        commit, go = accepting._commit, threading.Event()

        def stuck(group):
            go.wait(10)
            commit(group)

        monkeypatch.setattr(accepting, "_commit", stuck)
        with ThreadPoolExecutor(1) as pool:
            busy = pool.submit(keep, form, b"first")  # its group is stuck in the disk
            with pytest.raises(Busy):
                busy.result(10)
            with pytest.raises(Busy):
                keep(form, b"second")  # still waits its turn: given up by its sender, so never written
        go.set()
        rest()
        assert [arrival.bytes for arrival in Arrival.objects.all()] in ([], [b"first"])


class TestRest:
    def test_the_writer_goes_and_the_next_arrival_starts_another(self, form):
        keep(form)
        assert accepting._writer._thread is not None
        rest()
        assert accepting._writer._thread is None
        assert keep(form, b"again").is_new

    def test_resting_twice_or_without_having_worked_is_fine(self, form):
        rest()
        rest()

    def test_what_waits_is_written_first(self, form, monkeypatch):
        commit, go = accepting._commit, threading.Event()

        def slow(group):
            go.wait(10)
            commit(group)

        monkeypatch.setattr(accepting, "_commit", slow)
        with ThreadPoolExecutor(6) as pool:
            futures = [pool.submit(keep, form, b"n=%d" % n) for n in range(5)]
            resting = pool.submit(rest)
            go.set()
            resting.result(10)
            assert all(future.result(10).is_new for future in futures)
        assert Arrival.objects.count() == 5

    def test_after_a_minute_without_any_it_goes_by_itself(self, form, monkeypatch):
        monkeypatch.setattr(accepting, "REST_AFTER", 0.01)
        keep(form)
        thread = accepting._writer._thread
        if thread is not None:
            thread.join(10)
        assert accepting._writer._thread is None
        assert keep(form, b"again").is_new


class TestInTheCallersOwnTransaction:
    def test_it_is_kept_with_whatever_else_the_caller_does(self, db):
        form = settle_in(NOW)
        receipt = accept_here(form, b"x", {}, key="one", reached_us_at=NOW)
        again = accept_here(form, b"x", {}, key="one", reached_us_at=NOW)
        assert receipt.is_new
        assert (again.receipt, again.is_new) == (receipt.receipt, False)
        assert Arrival.objects.get().seen == 2


class TestDurability:
    def test_the_database_we_run_on_keeps_what_it_says_yes_to(self, form):
        if connection.vendor == "sqlite":
            assert check_durability() == []
        else:
            assert all(says.startswith("The database runs with fsync") for says in check_durability())

    def test_a_database_that_forgets_in_a_power_cut_is_named(self, form):
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
                try:
                    assert any("synchronous_commit = off" in says for says in check_durability())
                finally:
                    cursor.execute("SET synchronous_commit = on")
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")
            try:
                assert any("synchronous = 1" in says for says in check_durability())
            finally:
                cursor.execute("PRAGMA synchronous = FULL")
