"""The vocabulary is whole: every kind has a sentence and an audience, is recorded, and gets the facts it tells."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

from kept.timeline.happenings import HAPPENINGS, Audience, Happened, sentence
from tests.house.tree import KEPT, dotted, none, python_files

ALWAYS = {"by_name"}


def missing_facts(top: Path, sentences: dict[str, str]) -> list[str]:
    """Every record(...) that leaves out a fact its sentence has a gap for."""
    return [
        f"{source.at(call)} {kind}: {', '.join(sorted(missing))}"
        for source in python_files(top)
        for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
        for kind in [_kind(call)]
        if kind in sentences and (missing := _fields(sentences[kind]) - _facts(call))
    ]


def recorded(top: Path) -> set[str]:
    """The names of all kinds that the code mentions outside the vocabulary itself."""
    return {
        node.attr
        for source in python_files(top)
        if source.name != "timeline/happenings.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and dotted(node.value).endswith("Happened")
    }


def _kind(call: ast.Call) -> str:
    if dotted(call.func).split(".")[-1] != "record" or len(call.args) < 2:
        return ""
    name = dotted(call.args[1])
    return name.rpartition(".")[2] if name.startswith("Happened.") else ""


def _facts(call: ast.Call) -> set[str]:
    named = {keyword.arg for keyword in call.keywords}
    return set(ALL) if None in named else {name for name in named if name}


def _fields(says: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(says) if name} - ALWAYS


SENTENCES = {kind.name: str(happening.says) for kind, happening in HAPPENINGS.items()}
ALL = {field for says in SENTENCES.values() for field in _fields(says)}


def test_every_kind_has_a_sentence_and_an_audience():
    none([kind for kind in Happened if kind not in HAPPENINGS or not str(HAPPENINGS[kind].says).strip()])
    none([kind for kind, happening in HAPPENINGS.items() if not isinstance(happening.audience, Audience)])


def test_every_sentence_can_be_said_when_its_facts_were_erased():
    for kind in Happened:
        assert "{" not in sentence(kind, {}, by_name="Priya Nair")


def test_every_kind_is_recorded_somewhere():
    none(sorted({kind.name for kind in Happened} - recorded(KEPT)))


def test_whoever_records_gives_the_facts_that_the_sentence_tells():
    none(missing_facts(KEPT, SENTENCES))


def test_a_forgotten_fact_is_found(planted):
    top = planted("cases/assigning.py", "def assign(case):\n    record(case, Happened.ASSIGNED, at=now, owner='Priya')\n")
    assert missing_facts(top, {"ASSIGNED": "{owner} has it: {why}"}) == ["cases/assigning.py:2 ASSIGNED: why"]
    assert recorded(top) == {"ASSIGNED"}


def test_facts_passed_on_as_a_whole_are_taken_on_trust(planted):
    top = planted("cases/assigning.py", "def assign(case, **facts):\n    record(case, Happened.ASSIGNED, at=now, **facts)\n")
    assert missing_facts(top, {"ASSIGNED": "{owner} has it: {why}"}) == []
