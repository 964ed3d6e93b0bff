"""What every test gets: a database in a file, and the sample house with a post office that goes nowhere."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as invention

invention.register_profile("kept", deadline=None)
invention.load_profile("kept")
"""A busy machine is no finding: no invented example is timed."""

NEEDS = re.compile(r"^# needs: (.+)$", re.M)
"""A test file that wants real counterparts names their programs in such a line: `# needs: chromium dovecot`."""
left_out: dict[str, str] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also what takes minutes")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without its counterpart a file is not collected, and named at the end; in CI none may be missing."""
    if collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    needs = NEEDS.search(collection_path.read_text(encoding="utf-8")[:2000])
    missing = [name for name in (needs[1].split() if needs else []) if _program(name) is None]
    if not missing:
        return None
    left_out[collection_path.name] = ", ".join(missing)
    return True


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, missing in left_out.items():
        terminalreporter.write_line(f"Left out: {name} (needs {missing})")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if left_out and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _post_that_goes_nowhere(settings: object) -> Iterator[None]:
    """No test reaches a mail server unless it starts one itself."""
    from kept import channels
    from kept.demo.post import RecordedPost

    settings.CHANNELS = [
        path.replace("kept.channels.email.channel.EmailChannel", "kept.demo.post.RecordedPost") for path in settings.CHANNELS
    ]
    channels.kinds.cache_clear()
    RecordedPost.empty()
    yield
    channels.kinds.cache_clear()


@pytest.fixture(autouse=True)
def _speaks_english() -> Iterator[None]:
    """A request leaves its language behind in its thread; in life the next one sets its own."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _writer_rests() -> Iterator[None]:
    """The writer of arrivals has a connection of its own, which must be gone before the database is emptied."""
    yield
    from kept.intake.accepting import rest

    rest()


@pytest.fixture(autouse=True, scope="session")
def _flush_may_pass_the_guards() -> Iterator[None]:
    """Between tests everything is emptied, which in life the triggers refuse (SQLite; PostgreSQL truncates)."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_unguarded(self, statements):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        flush(self, statements)
        with self.connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = flush_unguarded
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def marlow(db: object):
    """The sample house on a Monday morning."""
    from kept.demo.cast import Marlow

    return Marlow()
