"""A small tree of source files in which a rule may be broken on purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def planted(tmp_path: Path) -> Callable[..., Path]:
    """`planted("cases/ending.py", "code")` writes the file into an empty tree and returns the tree."""

    def plant(name: str, text: str) -> Path:
        path = tmp_path / "kept" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "kept"

    return plant
