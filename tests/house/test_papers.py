"""What is written down is true: every folder, model, setting and API route is in the paper that promises to name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps

from tests.house.tree import KEPT, ROOT, none, python_files

DOCS = ROOT / "docs"
SETTING = re.compile(r"\bKEPT_[A-Z][A-Z_]*[A-Z]\b")


def folders(top: Path) -> list[str]:
    """Every feature folder, as ARCHITECTURE.md writes it: `cases/`."""
    return [f"{path.name}/" for path in sorted(top.iterdir()) if path.is_dir() and (path / "__init__.py").is_file()]


def settings_read(top: Path) -> list[str]:
    """Every KEPT_ variable that the code or its sh bootstrap knows."""
    texts = [source.text for source in python_files(top)]
    return sorted({name for text in texts for name in SETTING.findall(text)})


def unnamed(things: Iterable[str], paper: str) -> list[str]:
    """The things that this text does not name as whole words."""
    return [thing for thing in things if not re.search(rf"(?<![\w/-]){re.escape(thing)}(?![\w-])", paper)]


def _paper(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_folder_is_in_the_architecture():
    none(unnamed(folders(KEPT), _paper("ARCHITECTURE.md")))


def test_every_model_is_in_the_glossary():
    none(unnamed([model.__name__ for model in apps.get_app_config("kept").get_models()], _paper("GLOSSARY.md")))


def test_every_setting_is_in_the_guide_for_operators():
    bootstrap = ROOT / "kept"
    in_sh = SETTING.findall(bootstrap.read_text(encoding="utf-8")) if bootstrap.is_file() else []
    none(unnamed(sorted({*settings_read(KEPT), *in_sh}), _paper("self-hosting.md")))


def test_every_api_route_is_in_the_committed_description():
    from kept.api.routes import api

    committed = json.loads((KEPT / "api" / "openapi.json").read_text(encoding="utf-8"))
    live = json.loads(json.dumps(api.get_openapi_schema()))
    routes = [f"{method.upper()} {path}" for path, verbs in live["paths"].items() for method in verbs]
    written = [f"{method.upper()} {path}" for path, verbs in committed["paths"].items() for method in verbs]
    none(sorted(set(routes) ^ set(written)))
    assert committed == live, "openapi.json is not what the code says any more: write it again"


def test_a_word_inside_another_word_names_nothing():
    assert unnamed(["Case", "cases/", "KEPT_DATA"], "`Case` in cases/, KEPT_DATA_DIR") == ["KEPT_DATA"]
    assert unnamed(["Case", "cases/"], "Cases in showcases/") == ["Case", "cases/"]


def test_settings_are_found_wherever_they_are_read(planted):
    top = planted("lib/env.py", 'PORT = text("KEPT_PORT", "8000")\n')
    assert settings_read(top) == ["KEPT_PORT"]
