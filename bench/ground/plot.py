"""A house of its own for a bench: a folder and a database that nobody else uses, and that are gone when the process ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def claim_a_plot() -> None:
    """Settings point at a fresh folder and database. Nothing that anybody uses is ever touched."""
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-", dir=os.environ.get("KEPT_BENCH_FOLDER")))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["KEPT_DATA"] = str(folder)
    os.environ["KEPT_SECRET_KEY"] = "a-key-for-benches-only-" + "0" * 32
    os.environ["KEPT_BASE_URL"] = "http://localhost:8000"
    os.environ["KEPT_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "kept.settings"
    if url := os.environ.get("KEPT_DATABASE_URL"):
        os.environ["KEPT_DATABASE_URL"] = _a_database_beside(url)
    import django

    django.setup()


def _a_database_beside(url: str) -> str:
    """On PostgreSQL: a new database on the same server, dropped at the end."""
    import psycopg

    parts = urlsplit(url)
    name = f"kept_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    atexit.register(_drop, url, name)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _drop(url: str, name: str) -> None:
    import psycopg
    from django.db import connections

    connections.close_all()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
