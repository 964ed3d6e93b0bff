"""What reaches outside does so in one place: HTTP through channels and lib/fetching.py, the wall clock through lib/clock.py."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import KEPT, dotted, imports, none, python_files

HTTP = ("requests", "httpx", "urllib.request", "http.client", "urllib3", "aiohttp")
MAY_FETCH = ("channels/", "lib/fetching.py")
WALL_CLOCKS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "functions.Now",
)
HOLDS_THE_CLOCK = "lib/clock.py"
FACES = {"", "lib", "channels", "doors", "web", "api", "clock", "running", "demo", "management"}
"""Whoever stands at the border asks lib/clock.py; everybody else is told the time."""


def fetchers(top: Path) -> list[str]:
    """Imports of an HTTP client where none belongs."""
    return [
        f"{source.at(node)} {name}"
        for source in python_files(top)
        if not source.name.startswith(MAY_FETCH)
        for node, name in imports(source.tree)
        if any(name == client or name.startswith(f"{client}.") for client in HTTP)
    ]


def clock_readers(top: Path) -> list[str]:
    """Places that read the wall clock themselves, called or handed on (`default=timezone.now`)."""
    return [
        f"{source.at(node)} {name}"
        for source in python_files(top)
        if source.name != HOLDS_THE_CLOCK
        for node, name in [*_names(source.tree), *imports(source.tree)]
        if name.endswith(WALL_CLOCKS) and _whole(name)
    ]


def askers(top: Path) -> list[str]:
    """Business code that asks what time it is instead of being told."""
    return [
        source.at(node)
        for source in python_files(top)
        if source.folder not in FACES
        for node, name in imports(source.tree)
        if name in {"kept.lib.clock", "kept.lib.clock.now"}
    ]


def self_dating_columns(top: Path) -> list[str]:
    """Model fields that stamp themselves."""
    return [
        f"{source.at(node.value)} {node.arg}"
        for source in python_files(top)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]


def _names(tree: ast.Module) -> list[tuple[ast.AST, str]]:
    return [(node, dotted(node)) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]


def _whole(name: str) -> bool:
    return ".".join(name.split(".")[-2:]) in WALL_CLOCKS


def test_only_channels_and_lib_fetching_speak_http_to_the_outside():
    none(fetchers(KEPT))


def test_only_lib_clock_reads_the_wall_clock():
    none(clock_readers(KEPT))
    none(self_dating_columns(KEPT))


def test_business_code_is_told_the_time():
    none(askers(KEPT))


@pytest.mark.parametrize(
    "line", ["import httpx", "from requests import get", "import urllib.request", "from urllib.request import urlopen"]
)
def test_a_client_in_the_wrong_place_is_found(planted, line):
    assert len(fetchers(planted("cases/asking.py", f"def ask():\n    {line}\n"))) == 1


@pytest.mark.parametrize("name", ["channels/mastodon/channel.py", "lib/fetching.py"])
def test_a_client_in_its_place_is_fine(planted, name):
    assert fetchers(planted(name, "import httpx\n")) == []


@pytest.mark.parametrize(
    "line",
    [
        "at = datetime.now(UTC)",
        "at = datetime.datetime.now(UTC)",
        "at = timezone.now()",
        "at = models.DateTimeField(default=timezone.now)",
        "at = time.time()",
        "from time import time",
        "day = date.today()",
        "from django.db.models.functions import Now",
    ],
)
def test_a_look_at_the_wall_clock_is_found(planted, line):
    assert len(clock_readers(planted("cases/silence.py", line + "\n"))) == 1


def test_waiting_by_the_monotonic_clock_is_fine(planted):
    assert clock_readers(planted("due/ringing.py", "import time\nuntil = time.monotonic() + 5\n")) == []


def test_business_code_that_asks_the_time_is_found(planted):
    planted("web/desk/case.py", "from kept.lib.clock import now\n")
    top = planted("cases/silence.py", "from kept.lib.clock import now\n")
    assert askers(top) == ["cases/silence.py:1"]


def test_a_column_that_dates_itself_is_found(planted):
    top = planted("cases/models.py", "at = models.DateTimeField(auto_now_add=True)\n")
    assert self_dating_columns(top) == ["cases/models.py:1 auto_now_add"]
