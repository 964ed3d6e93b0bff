"""Names a customer-service person would say: no code words, no abbreviations, in modules, classes and functions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import KEPT, Source, none, python_files

BANNED = {
    *("ticket", "agent", "service", "handler", "helper", "processor", "util", "data", "info", "manager", "base"),
    *(
        "msg",
        "cfg",
        "conf",
        "ctx",
        "mgr",
        "usr",
        "emp",
        "cust",
        "acct",
        "addr",
        "cnt",
        "tmp",
        "obj",
        "req",
        "resp",
        "res",
        "idx",
        "proc",
    ),
}
FINE = {"channels/base.py"}
PERSON = re.compile(r"^_?[a-z]")
"""A manager in a function's name is a person (`manager_of`); in a class's or a module's it is a code word."""
PEOPLE = {"manager", "managers"}
THEIRS = {"handle_data", "handle_comment", "handle_decl", "base_url"}
"""Names that the standard library asks for (html.parser), and the setting KEPT_BASE_URL."""
SMTP_VERB = re.compile(r"handle_[A-Z]+")
"""aiosmtpd looks for these names: handle_RCPT, handle_DATA."""


def bad_names(top: Path) -> list[str]:
    return [
        f"{where} {name}"
        for source in python_files(top)
        for where, name in _names(source)
        if name not in THEIRS and {_singular(word) for word in words(name)} & BANNED and not _is_about_a_person(name)
    ]


def words(name: str) -> list[str]:
    """`EmployeeManager` and `manager_of` in words."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name.replace("_", " "))


def _names(source: Source) -> list[tuple[str, str]]:
    defined = [
        (source.at(node), node.name)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not SMTP_VERB.fullmatch(node.name)
    ]
    path = source.path.relative_to(source.top).with_suffix("")
    return defined if source.name in FINE else [*((source.name, part.capitalize()) for part in path.parts), *defined]


def _singular(word: str) -> str:
    word = word.lower()
    return word if word in BANNED else word.removesuffix("s")


def _is_about_a_person(name: str) -> bool:
    said = {word.lower() for word in words(name)}
    return bool(PERSON.match(name)) and bool(said & PEOPLE) and not {_singular(word) for word in said - PEOPLE} & BANNED


def test_modules_classes_and_functions_have_names_people_say():
    none(bad_names(KEPT))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cases/utils.py", ""),
        ("cases/ticket_joining.py", ""),
        ("services/joining.py", ""),
        ("cases/joining.py", "class CaseManager: ..."),
        ("cases/joining.py", "def gather_data(): ..."),
        ("cases/joining.py", "class Join:\n    def get_info(self): ..."),
        ("cases/joining.py", "async def send_msg(): ..."),
    ],
)
def test_a_code_word_is_found(planted, name, code):
    assert len(bad_names(planted(name, code + "\n"))) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("people/presence.py", "def manager_of(employee): ..."),
        ("channels/base.py", "class Channel: ..."),
        ("places/databases.py", "def based_on(): ..."),
        ("people/presence.py", "def managers(): ..."),
    ],
)
def test_a_person_who_manages_is_fine(planted, name, code):
    assert bad_names(planted(name, code + "\n")) == []
