"""Bells between threads of one process: after a commit the worker is woken at once instead of at its next sweep."""

from __future__ import annotations

import threading

from django.db import models, transaction

_ring = threading.Condition()
_rung: set[str] = set()
_is_closing = False


def wake(model: type[models.Model]) -> None:
    """Once this transaction is committed, whoever waits for rows of `model` looks for them."""
    transaction.on_commit(lambda: ring(model))


def ring(model: type[models.Model]) -> None:
    """Whoever waits for rows of `model` looks for them now."""
    with _ring:
        _rung.add(model.__name__)
        _ring.notify_all()


def wait(models_: tuple[type[models.Model], ...], *, seconds: float) -> None:
    """Returns when one of these bells has rung since the last wait, or after `seconds`."""
    names = {model.__name__ for model in models_}
    with _ring:
        _ring.wait_for(lambda: _is_closing or bool(_rung & names), timeout=seconds)
        _rung.difference_update(names)


def ring_everywhere() -> None:
    """Everybody who waits looks up, whatever they wait for: the house is closing."""
    global _is_closing
    with _ring:
        _is_closing = True
        _ring.notify_all()
