"""Files and functions that a person can hold in their head."""

from __future__ import annotations

import statistics
from pathlib import Path

from tests.house.tree import KEPT, none, python_files

MOST_LINES, MOST_IN_A_FUNCTION = 300, 50
MEDIAN = 80


def too_long(top: Path) -> list[str]:
    return [f"{source.name}: {len(source.lines)} lines" for source in python_files(top) if len(source.lines) > MOST_LINES]


def functions_too_long(top: Path) -> list[str]:
    return [
        f"{source.at(function)} {function.name}: {size} lines"
        for source in python_files(top)
        for function in source.functions
        if (size := (function.end_lineno or 0) - function.lineno + 1) > MOST_IN_A_FUNCTION
    ]


def median(top: Path) -> float:
    return statistics.median(len(source.lines) for source in python_files(top) if source.lines)


def test_no_file_is_longer_than_300_lines():
    none(too_long(KEPT))


def test_no_function_is_longer_than_50_lines():
    none(functions_too_long(KEPT))


def test_half_of_the_files_are_shorter_than_80_lines(capsys):
    files = len(python_files(KEPT))
    with capsys.disabled():
        print(f"\nkept: {files} files, median {median(KEPT):.0f} lines")
    assert median(KEPT) < MEDIAN


def test_a_long_file_and_a_long_function_are_found(planted):
    top = planted("cases/matching.py", "def find():\n" + "    x = 1\n" * 300)
    assert too_long(top) == ["cases/matching.py: 301 lines"]
    assert functions_too_long(top) == ["cases/matching.py:1 find: 301 lines"]


def test_tests_and_migrations_may_be_long(planted):
    planted("cases/tests/test_matching.py", "x = 1\n" * 400)
    top = planted("migrations/0001_initial.py", "x = 1\n" * 400)
    assert too_long(top) == []
