"""Imports go down only (.importlinter), and the contract is shown to bite on a copy of the house with broken rules in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import KEPT, ROOT, none, python_files

CONTRACT = ROOT / ".importlinter"
LINT = [
    sys.executable,
    "-c",
    "from importlinter.cli import lint_imports_command; lint_imports_command()",
    "--no-logo",
    "--no-cache",
]
BROKEN = {
    "lib/peeking.py": "from kept.cases.models import Case",
    "intake/peeking.py": "from kept.web import urls",
    "api/peeking.py": "from kept.web import errors",
    "channels/webform/peeking.py": "from kept.text import words",
    "replies/peeking.py": "from kept import models",
}


def lint(top: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LINT, str(CONTRACT)], cwd=top.parent, env={"PYTHONPATH": str(top.parent)}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path):
    """The house in a place where it may be broken."""
    shutil.copytree(
        KEPT, tmp_path / "kept", ignore=lambda _, names: [name for name in names if "." in name and not name.endswith(".py")]
    )
    return tmp_path / "kept"


def test_imports_go_down_only():
    ran = lint(KEPT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_stray_folder_is_found(copy):
    (copy / "stray").mkdir()
    (copy / "stray" / "__init__.py").touch()
    ran = lint(copy)
    assert ran.returncode == 1
    assert "kept.stray" in ran.stdout


def test_imports_upwards_sideways_and_into_the_index_are_found(copy):
    for name, line in BROKEN.items():
        (copy / name).write_text(line + "\n", encoding="utf-8")
    said = lint(copy).stdout
    none([name for name in BROKEN if name.removesuffix(".py").replace("/", ".") not in said])


def test_every_folder_of_code_is_a_package():
    """A folder without __init__.py is invisible to the contract."""
    folders = {source.path.parent for source in python_files(KEPT, with_tests=True, with_migrations=True)}
    none(sorted(str(folder.relative_to(KEPT)) for folder in folders if not (folder / "__init__.py").is_file()))
