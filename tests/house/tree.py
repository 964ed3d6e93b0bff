"""Reading the source tree: files, functions, calls. What every rule needs and no more."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "src" / "kept"


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path
    top: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(self.top).as_posix()

    @property
    def folder(self) -> str:
        """The feature folder it lies in, or an empty text at the top."""
        parts = self.path.relative_to(self.top).parts
        return parts[0] if len(parts) > 1 else ""

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    def at(self, node: ast.AST) -> str:
        """Where it is, as people and editors write it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def python_files(top: Path = KEPT, *, with_tests: bool = False, with_migrations: bool = False) -> list[Source]:
    """Every Python file below `top`, in order."""
    return [source for source in _all(top) if _counts(source, with_tests, with_migrations)]


@cache
def _all(top: Path) -> list[Source]:
    return [Source(path, top) for path in sorted(top.rglob("*.py"))]


def _counts(source: Source, with_tests: bool, with_migrations: bool) -> bool:
    parts = source.path.relative_to(source.top).parts
    is_test = "tests" in parts or parts[-1] in {"conftest.py", "contract.py"}
    return (with_tests or not is_test) and (with_migrations or "migrations" not in parts)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in there, nested functions excepted: they answer for themselves."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls(child)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or an attribute; a call or an index in between reads "()"."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "()"


def imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported name in full, wherever in the file: `import a.b` gives a.b, `from a import b` gives a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def none(found: list[str]) -> None:
    """Fails with one finding a line."""
    assert not found, "\n" + "\n".join(found)
