"""Where imported acts are kept: a folder outside every repository, one JSON file for an act in a language.

The folder is `LAGRUM_TEXTS`, else `lagrum/texts` in `XDG_DATA_HOME` or in `~/.local/share`. A file is written beside
its place and moved there whole, so that an import that fails leaves what was there. Each file carries a hash of its
content: one that was damaged or changed by hand is named and never read as law.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lagrum.model.diagnostics import Diagnostic
from lagrum.texts.act import Act, Line, Source, Span
from lagrum.texts.identity import is_celex

VERSION = 1
LARGEST = 128 * 1024 * 1024


def folder() -> Path:
    """The folder of imported acts; it need not be there yet."""
    if named := os.environ.get("LAGRUM_TEXTS"):
        return Path(named)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "lagrum" / "texts"


def file_of(act: Act, where: Path) -> Path:
    """The file of an act in a language. Raises `ValueError` where CELEX number or language could name another file."""
    if not is_celex(act.celex) or not act.language.isalpha():
        raise ValueError("no name for a file")
    return where / f"{act.celex}.{act.language}.json"


def save(act: Act, where: Path) -> Path:
    """Write an act in the place of the one that may be there, all or nothing. Raises `OSError`."""
    where.mkdir(parents=True, exist_ok=True)
    content = _to_json(act)
    told = json.dumps({"lagrum_text": VERSION, "sha256": _hash(content), "act": content}, ensure_ascii=False)
    path = file_of(act, where)
    write_whole(path, told + "\n")
    return path


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that nobody ever sees half of it. Raises `OSError`."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def load(where: Path) -> tuple[tuple[Act, ...], tuple[Diagnostic, ...]]:
    """All acts of the folder, by CELEX number and language, and a diagnostic for each file that is damaged."""
    acts: list[Act] = []
    damaged: list[Diagnostic] = []
    for path in sorted(where.glob("*.json")) if where.is_dir() else ():
        try:
            acts.append(_read(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            help_ = "import the act again; until then the file stays as it is"
            damaged.append(Diagnostic("LG0717", f"the stored text `{path}` is damaged and is left out", help=help_))
    return tuple(acts), tuple(damaged)


def _read(path: Path) -> Act:
    if path.stat().st_size > LARGEST:
        raise ValueError("too large")
    told = json.loads(path.read_text(encoding="utf-8"))
    if told["lagrum_text"] != VERSION or told["sha256"] != _hash(told["act"]):
        raise ValueError("not what was written")
    act = _from_json(told["act"])
    if file_of(act, path.parent) != path:
        raise ValueError("not the act that the name says")
    return act


def _hash(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _to_json(act: Act) -> dict[str, object]:
    return {
        "celex": act.celex,
        "eli": act.eli,
        "title": act.title,
        "language": act.language,
        "format": act.format,
        "imported": act.imported.isoformat() if act.imported else None,
        "instruments": list(act.instruments),
        "sources": [[source.name, source.sha256] for source in act.sources],
        "lines": [[line.depth, line.label, line.text] for line in act.lines],
        "provisions": {name: [s.start, s.end, s.sha256, s.title] for name, s in act.spans.items()},
    }


def _from_json(told: Mapping[str, Any]) -> Act:
    act = Act(
        celex=told["celex"],
        eli=told["eli"],
        title=told["title"],
        language=told["language"],
        format=told["format"],
        sources=tuple(Source(*each) for each in told["sources"]),
        lines=tuple(Line(*each) for each in told["lines"]),
        spans={name: Span(*each) for name, each in told["provisions"].items()},
        instruments=tuple(told["instruments"]),
        imported=date.fromisoformat(told["imported"]) if told["imported"] else None,
    )
    if not all(0 <= span.start < span.end <= len(act.lines) for span in act.spans.values()):
        raise ValueError("a provision outside the text")
    return act
