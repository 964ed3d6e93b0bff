"""Rows that name one thing name another from now on; which ones is remembered, so that exactly they can go back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

Moved = dict[str, list[int]]
"""{"kept.identity.customer": [7, 8]}: model and column, and the keys of its rows."""


def move_rows(gone: models.Model, into: models.Model) -> Moved:
    """Whatever pointed at `gone` points at `into`, but for what `into` has already and may have only once."""
    moved: Moved = {}
    for model, column in _pointing_at(type(gone)):
        if keys := _move(model, column, _keys(model, column, gone.pk), to=into.pk):
            moved[f"{model._meta.label_lower}.{column}"] = keys
    return moved


def move_back(moved: Moved, *, gone: models.Model) -> None:
    """Exactly these rows point at `gone` again, as far as they are still there."""
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        _move(apps.get_model(label), column, keys, to=gone.pk)


def _pointing_at(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every column that may name one of them; those of the model itself tell its own history and stay."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and relation.related_model is not model:
            yield relation.related_model, relation.field.name


def _keys(model: type[models.Model], column: str, pk: Any) -> list[int]:
    return list(model._default_manager.filter(**{column: pk}).order_by("pk").values_list("pk", flat=True))


def _move(model: type[models.Model], column: str, keys: list[int], *, to: Any) -> list[int]:
    """All at once; one after the other where one of them is there already."""
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=keys).update(**{column: to})
        return keys
    except IntegrityError:
        return [key for key in keys if _moves(model, column, key, to=to)]


def _moves(model: type[models.Model], column: str, key: int, *, to: Any) -> bool:
    try:
        with transaction.atomic():
            return bool(model._default_manager.filter(pk=key).update(**{column: to}))
    except IntegrityError:
        return False
