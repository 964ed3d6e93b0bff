"""What every channel must keep to, as tests: a channel's own test file subclasses ChannelContract and adds what is special.

A sample is a file in the channel's `samples/` with `<name>.expected.json` beside it: the settings, the envelope, and what
it must become. Samples of machines, which no person wrote, have names that begin with `machine_`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from kept.channels.base import Attachment, Channel, Forged, Handle, Incoming, Outgoing, Raw, TryLater, Undeliverable, Unreadable

# ruff: noqa: S101  - these are tests, though they lie where channels can inherit them

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MOST_CUTS = 400  # for each sample; small samples are cut at every byte


class ChannelContract:
    """Subclass as `TestContract`, name the channel; override `forged` and `outside` where the channel proves or sends."""

    channel: type[Channel]

    def forged(self) -> tuple[Channel, Raw] | None:
        """Something whose sender is not who it says; None for channels that have nothing to prove."""
        return None

    def outside(self, answer: Literal["taken", "busy", "refused"]) -> AbstractContextManager[Channel]:
        """A channel whose counterpart takes what is sent, is busy, or refuses it for good."""
        raise NotImplementedError

    def speaking(self) -> AbstractContextManager[tuple[Channel, Callable[[], object]]]:
        """A channel whose place has a stream, and what makes somebody there speak to us; only for channels that listen."""
        raise NotImplementedError

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each sample."""
        if "sample" in metafunc.fixturenames:
            found = samples_of(type(self))
            metafunc.parametrize("sample", found, ids=[one.name for one in found])

    def test_there_are_samples(self) -> None:
        """Nothing below says anything without samples."""
        assert samples_of(type(self))

    def test_each_sample_becomes_what_is_written_beside_it(self, sample: Path) -> None:
        """Every field that differs from its default, to the letter."""
        wanted = _wanted(sample)
        channel, raw = _opened(self.channel, sample)
        if wanted["incoming"] == "Unreadable":
            with pytest.raises(Unreadable):
                channel.parse(raw)
            return
        assert [as_json(one) for one in channel.parse(raw)] == wanted["incoming"]

    def test_parsing_twice_gives_equal_values(self, sample: Path) -> None:
        """Filing may be repeated after a crash."""
        channel, raw = _opened(self.channel, sample)
        assert _parsed(channel, raw) == _parsed(channel, raw)
        assert channel.dedupe_key(raw) == channel.dedupe_key(raw)

    def test_a_cut_sample_is_either_read_or_unreadable(self, sample: Path) -> None:
        """Whatever a broken line leaves of it: no other exception, and nothing that a database refuses."""
        channel, raw = _opened(self.channel, sample)
        step = max(1, len(raw.body) // MOST_CUTS)
        for length in range(0, len(raw.body), step):
            cut = Raw(raw.body[:length], raw.envelope, raw.reached_us_at)
            channel.dedupe_key(cut)
            for incoming in _parsed(channel, cut):
                _is_storable(incoming)

    def test_a_damaged_sample_is_either_read_or_unreadable(self, sample: Path) -> None:
        """NUL, stray high bytes and doubled brackets at many places."""
        channel, raw = _opened(self.channel, sample)
        step = max(1, len(raw.body) // MOST_CUTS)
        for number, place in enumerate(range(0, len(raw.body), step)):
            bad = (b"\x00", b"\xff", b"\xe2\x80\xa8", b"\r\n", b'"', b"((<<")[number % 6]
            for incoming in _parsed(
                channel, Raw(raw.body[:place] + bad + raw.body[place + 1 :], raw.envelope, raw.reached_us_at)
            ):
                _is_storable(incoming)

    def test_only_machines_are_called_automatic(self, sample: Path) -> None:
        """To take a customer for a machine is the worst mistake a channel can make."""
        channel, raw = _opened(self.channel, sample)
        for incoming in _parsed(channel, raw):
            assert bool(incoming.automatic) == sample.name.startswith("machine_"), incoming.automatic
            assert not (incoming.automatic and incoming.may_acknowledge)

    def test_the_clock_never_begins_in_the_future(self, sample: Path) -> None:
        """A moment ahead of us would hide how long the customer has waited."""
        channel, raw = _opened(self.channel, sample)
        assert all(one.began_at <= raw.reached_us_at and one.began_at.tzinfo for one in _parsed(channel, raw))

    def test_a_forged_item_is_refused(self) -> None:
        """Or there is nothing to prove, and the channel does not pretend to."""
        given = self.forged()
        if given is None:
            assert self.channel.prove is Channel.prove
            return
        channel, raw = given
        with pytest.raises(Forged):
            channel.prove(raw)

    def test_what_is_sent_is_taken_or_its_trouble_is_named(self) -> None:
        """Busy is TryLater, refused for good is Undeliverable."""
        if not self.channel.can_send:
            assert self.channel.send is Channel.send
            return
        with self.outside("taken") as channel:
            assert channel.send(an_answer())
        with self.outside("busy") as channel, pytest.raises(TryLater):
            channel.send(an_answer())
        with self.outside("refused") as channel, pytest.raises(Undeliverable):
            channel.send(an_answer())

    def test_what_it_listens_to_comes_back_often_and_has_the_key_under_which_it_is_collected(self) -> None:
        """So that both legs may tell of the same word, and whoever listens can stop."""
        if self.channel.listen is Channel.listen:
            assert not self.channel({}).streams()
            return
        with self.speaking() as (channel, speak):
            assert channel.streams()
            for heard in channel.listen():
                if heard.raw is not None:
                    assert channel.parse(heard.raw)
                    assert channel.dedupe_key(heard.raw) in {channel.dedupe_key(raw) for raw in channel.collect()}
                    break
                speak()

    def test_its_settings_page_can_be_drawn(self) -> None:
        """Every field has a label a person can read."""
        form = self.channel.Settings()
        assert all(field.label for field in form.fields.values())
        assert self.channel.kind and self.channel.label


def an_answer(**changed: Any) -> Outgoing:
    """Priya's answer to John, for channels to send."""
    values: dict[str, Any] = {
        "to": Handle("email", "john@example.org"),
        "to_name": "John Adeyemi",
        "author": "Priya Nair",
        "from_address": "help@marlow.example",
        "subject": "Re: Third cold pizza",
        "text": "Dear John,\n\nthe next one comes hot, and I bring it myself.\n\nPriya",
        "message_id": "answer-1@marlow.example",
    }
    return Outgoing(**(values | changed))


def as_json(incoming: Incoming) -> dict[str, Any]:
    """The fields that differ from their defaults, as an expected.json writes them; of a file its name, type and size."""
    defaults = Incoming(sender=(), text="", began_at=NOON, medium="")
    said = {}
    for field in fields(incoming):
        value = getattr(incoming, field.name)
        if value != getattr(defaults, field.name) or field.name == "began_at":
            said[field.name] = _plain(value)
    said.pop("content_hash", None)
    return said


def samples_of(test: type) -> list[Path]:
    """The samples of the channel whose tests these are."""
    folder = Path(inspect.getfile(test)).parent.parent / "samples"
    return sorted(one for one in folder.iterdir() if not one.name.endswith(".expected.json"))


def _wanted(sample: Path) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return wanted


def _opened(channel: type[Channel], sample: Path) -> tuple[Channel, Raw]:
    wanted = _wanted(sample)
    reached_us_at = datetime.fromisoformat(wanted["reached_us_at"]) if "reached_us_at" in wanted else NOON
    return channel(wanted.get("settings", {})), Raw(sample.read_bytes(), wanted.get("envelope", {}), reached_us_at)


def _parsed(channel: Channel, raw: Raw) -> list[Incoming]:
    try:
        return channel.parse(raw)
    except Unreadable:
        return []


def _is_storable(incoming: Incoming) -> None:
    """PostgreSQL takes no NUL and no lone surrogate, in any text."""
    for words in _texts(incoming):
        assert "\0" not in words
        words.encode()


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for one in value for words in _texts(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [words for field in fields(value) for words in _texts(getattr(value, field.name))]
    return []


def _plain(value: Any) -> Any:
    if isinstance(value, Handle):
        return [value.kind, value.value, *(["proven"] if value.proven else [])]
    if isinstance(value, Attachment):
        return [value.name, value.content_type, len(value.content)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value
