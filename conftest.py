"""What every test gets: a database in a file, and the sample house with a post office that goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


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


@pytest.fixture(autouse=True, scope="session")
def _flush_may_pass_the_guards() -> Iterator[None]:
    """Between tests everything is emptied, which in life the triggers refuse (SQLite; PostgreSQL truncates)."""
    from django.db.backends.sqlite3.operations import DatabaseOperations

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
