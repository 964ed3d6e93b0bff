"""Only the customer ends a case, and only outcomes/ writes it down; what arrived and happened is never deleted (R8, R13, R14)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.house.tree import KEPT, dotted, none, python_files

WRITES = {"save", "update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
FOR_EVER = ("Arrival", "Event")


def endings_elsewhere(top: Path) -> list[str]:
    """Every place outside outcomes/ that sets `ended_at`."""
    return [
        source.at(node)
        for source in python_files(top)
        if source.folder != "outcomes"
        for node in ast.walk(source.tree)
        if _sets_the_end(node)
    ]


def _sets_the_end(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "ended_at" and isinstance(node.ctx, ast.Store | ast.Del)
    if not isinstance(node, ast.Call):
        return False
    called = dotted(node.func).split(".")[-1]
    if called in WRITES | {"Case"}:
        return any(keyword.arg == "ended_at" for keyword in node.keywords) or "ended_at" in _words(node)
    return called == "setattr" and "ended_at" in _words(node)


def _words(call: ast.Call) -> set[object]:
    inner = [*call.args, *(keyword.value for keyword in call.keywords)]
    return {node.value for arg in inner for node in ast.walk(arg) if isinstance(node, ast.Constant)}


def deletions(top: Path, names: tuple[str, ...] = FOR_EVER) -> list[str]:
    """Every .delete() on one of these models, or on a variable called after one."""
    spoken = {name.lower() for name in names} | {f"{name.lower()}s" for name in names}
    return [
        source.at(node)
        for source in python_files(top)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func).endswith(".delete") and _names_in(node.func) & ({*names} | spoken)
    ]


def _names_in(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def ways_to_vanish(names: tuple[str, ...] = FOR_EVER) -> Iterator[str]:
    """Foreign keys through which deleting something else would delete one of these rows."""
    for name in names:
        for field in apps.get_model("kept", name)._meta.get_fields():
            if field.many_to_one and field.remote_field.on_delete is models.CASCADE:
                yield f"{name}.{field.name}"


def test_only_outcomes_sets_the_end():
    none(endings_elsewhere(KEPT))


def test_nothing_deletes_an_arrival_or_an_event():
    none(deletions(KEPT))
    none(list(ways_to_vanish()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FOR_EVER)
def test_the_database_itself_refuses_to_delete_one(name, marlow):
    marlow.john.fills_in_the_form("My pizza was cold. Again.")
    model = apps.get_model("kept", name)
    before = model.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert model.objects.count() == before > 0


@pytest.mark.parametrize(
    "line",
    [
        "case.ended_at = now",
        "case.ended_at, case.outcome = now, 'white'",
        "Case.objects.filter(pk=1).update(ended_at=now)",
        "case.save(update_fields=['ended_at'])",
        "Case.objects.bulk_update(cases, ['ended_at'])",
        "Case(ended_at=now)",
        "setattr(case, 'ended_at', now)",
    ],
)
def test_an_end_set_elsewhere_is_found(planted, line):
    assert endings_elsewhere(planted("cases/closing.py", line + "\n")) == ["cases/closing.py:1"]


@pytest.mark.parametrize("line", ["Case.objects.filter(ended_at__isnull=True)", "shown(ended_at=case.ended_at)"])
def test_reading_the_end_is_fine(planted, line):
    assert endings_elsewhere(planted("cases/reading.py", line + "\n")) == []


@pytest.mark.parametrize("line", ["Arrival.objects.filter(pk=1).delete()", "event.delete()", "(Event.objects.all()).delete()"])
def test_a_deletion_is_found(planted, line):
    assert deletions(planted("intake/tidying.py", line + "\n")) == ["intake/tidying.py:1"]
