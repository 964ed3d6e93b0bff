"""Nothing changes without a trace: whoever writes a row records an Event, or says on the spot why none is needed (R13)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import KEPT, Source, calls, dotted, none, python_files

WRITES = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete"}
GROUND = {"lib", "text", "due", "files", "channels", "timeline", "search", "demo"}
"""Folders that know none of our matter, or play it."""
EXCUSE = "# no event: "


def silent_writers(top: Path) -> list[str]:
    """Functions that write rows and neither record it nor say why not."""
    return [
        f"{source.at(function)} {function.name}"
        for source in python_files(top)
        if source.folder not in GROUND
        for function in source.functions
        if _writes(function) and not _records(function) and not _excuse(source, function)
    ]


def empty_excuses(top: Path) -> list[str]:
    """ "# no event" with no reason behind it."""
    return [
        f"{source.at(function)} {function.name}"
        for source in python_files(top)
        for function in source.functions
        if "# no event" in _text(source, function) and not _excuse(source, function)
    ]


def _writes(function: ast.AST) -> bool:
    return any(_is_write(call) for call in calls(function))


def _is_write(call: ast.Call) -> bool:
    called = call.func
    if not isinstance(called, ast.Attribute) or called.attr not in WRITES:
        return False
    # dict.update(...), set.update(...), hash.update(...) write no row: those are reached through a manager, a set or a row.
    if called.attr == "update":
        return bool(call.keywords) and not call.args
    if called.attr == "save":
        return True
    return called.attr != "delete" or not call.args


def _records(function: ast.AST) -> bool:
    return any(dotted(call.func).split(".")[-1] == "record" for call in calls(function))


def _text(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return "\n".join(source.lines[function.lineno - 1 : function.end_lineno])


def _excuse(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return _text(source, function).partition(EXCUSE)[2].partition("\n")[0].strip()


def test_whoever_writes_a_row_records_an_event_or_says_why_not():
    none(silent_writers(KEPT))


def test_no_excuse_is_empty():
    none(empty_excuses(KEPT))


def test_a_silent_writer_is_found(planted):
    top = planted("cases/assigning.py", "def assign(case, to):\n    case.owner = to\n    case.save(update_fields=['owner'])\n")
    assert silent_writers(top) == ["cases/assigning.py:1 assign"]


def test_a_bulk_update_and_a_delete_are_writes_too(planted):
    tidy = "def tidy(now):\n    Note.objects.filter(at=now).delete()\n\n"
    move = "def move(a):\n    Case.objects.filter(owner=a).update(owner=None)\n"
    assert silent_writers(planted("cases/tidying.py", tidy + move)) == ["cases/tidying.py:1 tidy", "cases/tidying.py:4 move"]


def test_recording_or_a_reason_is_enough(planted):
    planted("cases/assigning.py", "def assign(case):\n    case.save()\n    record(case, Happened.ASSIGNED, at=now)\n")
    top = planted("cases/silence.py", "def refresh(case):  # no event: derived from words that have theirs\n    case.save()\n")
    assert silent_writers(top) == []


def test_a_function_inside_another_answers_for_itself(planted):
    code = "def outer():\n    def inner(case):\n        case.save()\n    record(1, 2)\n    return inner\n"
    assert silent_writers(planted("cases/nesting.py", code)) == ["cases/nesting.py:2 inner"]


def test_updating_a_dictionary_writes_no_row(planted):
    assert silent_writers(planted("cases/counting.py", "def count(seen, more):\n    seen.update(more)\n")) == []


def test_an_excuse_without_a_reason_is_found(planted):
    top = planted("cases/shrugging.py", "def shrug(case):  # no event: \n    case.save()\n")
    assert empty_excuses(top) == ["cases/shrugging.py:1 shrug"]
