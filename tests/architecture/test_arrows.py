"""The shape of the house: arrows run downward, modules stay small, faces keep their promises."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import lagrum

SOURCE = Path(lagrum.__file__).parent
LONGEST = 500

# The parts of the package from the bottom up, each with the parts it may know. A new part is added here on purpose.
BELOW = {
    "spelling": set[str](),
    "wording": set[str](),
    "model": {"spelling"},
    "language": {"spelling", "model"},
    "texts": {"model"},
    "library": {"spelling", "model", "language"},
    "semantics": {"spelling", "model"},
    "reasoning": {"spelling", "model", "semantics"},
    "finding": {"model", "library", "semantics"},
    "handle": {"model", "language", "library", "reasoning"},
    "analysis": {"spelling", "model", "semantics", "reasoning"},
    "screening": {"spelling", "model", "language", "semantics", "reasoning"},
    "screened": {"model", "language", "library", "screening"},
    "register": {"spelling", "model", "language", "library", "semantics", "reasoning", "analysis"},
    "report": {"spelling", "wording", "model", "semantics", "reasoning", "analysis", "screening", "register"},
    "service": {
        "screened",
        *("spelling", "wording", "model", "language", "library", "texts", "semantics", "reasoning", "analysis"),
        *("screening", "finding", "handle", "report", "register"),
    },
    "client": {"service"},
    "assistant": {"model", "service", "texts"},
}
MAY_IMPORT = BELOW | {"web": set(BELOW), "cli": {*BELOW, "web"}}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def part_of(module: str) -> str:
    """`lagrum.model.facts` → `model`; the package itself is the empty string."""
    return (module.split(".") + [""])[1]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Each module of lagrum that the file imports, also inside functions, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            # `from lagrum import model` names a part; `from lagrum import __version__` does not
            names = [f"lagrum.{a.name}" for a in node.names] if node.module == "lagrum" else [node.module or ""]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.startswith((".", "lagrum.")))


def named(path: Path) -> str:
    relative = path.relative_to(SOURCE).with_suffix("")
    parts = [p for p in relative.parts if p != "__init__"]
    return ".".join(["lagrum", *parts])


@pytest.mark.parametrize("path", modules(), ids=named)
def test_imports_run_downward(path: Path) -> None:
    part = part_of(named(path))
    if part == "":
        return  # the face of the whole package may show anything
    assert part in MAY_IMPORT, f"`{part}` is a new part of the package: say in MAY_IMPORT what it may know"
    for line, name in imports(path):
        assert not name.startswith("."), f"{path.name}:{line}: relative import; write the full name"
        target = part_of(name)
        if target in MAY_IMPORT and target != part:
            assert target in MAY_IMPORT[part], f"{path.name}:{line}: {part} must not import {target}"


def test_the_arrows_have_no_cycle() -> None:
    reached: dict[str, set[str]] = {}
    for part in MAY_IMPORT:
        todo, seen = [part], set[str]()
        while todo:
            for below in MAY_IMPORT[todo.pop()] - seen:
                seen.add(below)
                todo.append(below)
        reached[part] = seen
    assert [part for part, below in reached.items() if part in below] == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", modules(), ids=named)
def test_modules_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{named(path)} has no docstring"


@pytest.mark.parametrize("name", [m.name for m in pkgutil.walk_packages(lagrum.__path__, "lagrum.")])
def test_faces_export_what_they_say(name: str) -> None:
    module = importlib.import_module(name)
    missing = [export for export in getattr(module, "__all__", []) if not hasattr(module, export)]
    assert missing == []
