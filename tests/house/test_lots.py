"""`./kept test` divides the tests into lots: none is left out, and on SQLite none runs twice."""

from pathlib import Path

from tests.everything import ROOT, lots

EVERYWHERE = (ROOT / "src" / "kept", ROOT / "tests")


def runs(lot, path):
    named = [ROOT / one for one in lot.arguments if not one.startswith("--")] or EVERYWHERE
    ignored = [ROOT / one.removeprefix("--ignore=") for one in lot.arguments if one.startswith("--ignore=")]
    return _is_under(path, named) and not _is_under(path, ignored)


def _is_under(path: Path, folders) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def test_every_test_runs_once_on_sqlite_and_those_that_need_a_database_once_more_on_postgresql():
    found = [path for folder in EVERYWHERE for path in folder.rglob("test_*.py")]
    on_sqlite = [lot for lot in lots("postgresql://") if not lot.database]
    assert len(found) > 200
    assert [str(path) for path in found if sum(runs(lot, path) for lot in on_sqlite) != 1] == []
    again = {path for path in found for lot in lots("postgresql://") if lot.database and runs(lot, path)}
    assert again == {path for path in found if runs(next(lot for lot in on_sqlite if lot.name == "On SQLite"), path)}
