"""How diagnostics look: place, sentence, code; the source line with the words underlined; how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lagrum.cli.output import WIDTH, clean
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.model.places import Place

IN_FULL = 10  # so many are shown with their excerpt, the others on one line each
_GUTTER = 7


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], colour: bool = False) -> str:
    """All diagnostics as text, errors before warnings, each by place, the count last. Empty where there are none."""
    ordered = sorted(diagnostics, key=_order)
    parts = [_in_full(d, sources, colour) if i < IN_FULL else _head(d, colour) for i, d in enumerate(ordered)]
    if len(ordered) > 1:
        parts.append(count(ordered))
    return "\n".join(parts)


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`; `no errors` where there is nothing."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    said = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(said) or "no errors"


def to_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """The JSON form of a diagnostic."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "place": place_to_dict(diagnostic.place),
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": [{"place": place_to_dict(r.place), "label": r.label} for r in diagnostic.related],
    }


def place_to_dict(place: Place | None) -> dict[str, object] | None:
    """The JSON form of a place; None where there is none."""
    if place is None:
        return None
    return {
        "file": shown_path(place.file),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def shown_path(file: str) -> str:
    """The path as a person here would type it: relative to the current folder where it lies below it."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        return str(path.relative_to(Path.cwd()))
    return file


def _order(diagnostic: Diagnostic) -> tuple[bool, bool, str, int, int, str]:
    place = diagnostic.place
    where = (place.file, place.line, place.column) if place else ("", 0, 0)
    return diagnostic.severity is not Severity.ERROR, place is not None, *where, diagnostic.code


def _head(diagnostic: Diagnostic, colour: bool) -> str:
    word = diagnostic.severity.value
    styled = click.style(word, fg="red" if diagnostic.severity is Severity.ERROR else "yellow", bold=True)
    place = diagnostic.place
    where = f"{clean(shown_path(place.file))}:{place.line}:{place.column}: " if place else ""
    return f"{where}{styled if colour else word}: {clean(diagnostic.message)} [{diagnostic.code}]"


def _in_full(diagnostic: Diagnostic, sources: Mapping[str, str], colour: bool) -> str:
    lines = [_head(diagnostic, colour)]
    if diagnostic.place:
        lines += _excerpt(diagnostic.place, diagnostic.label, sources)
    for related in diagnostic.related:
        lines.append(f"  {clean(shown_path(related.place.file))}:{related.place.line}:{related.place.column}:")
        lines += _excerpt(related.place, related.label, sources)
    if diagnostic.help:
        lines.append(f"  help: {clean(diagnostic.help)}")
    return "\n".join(lines)


def _excerpt(place: Place, label: str, sources: Mapping[str, str]) -> list[str]:
    """The source line with the place underlined; nothing where the source is not at hand."""
    text = sources.get(place.file)
    source = text.split("\n") if text is not None else []
    if not 0 < place.line <= len(source):
        return []
    line = clean(source[place.line - 1])
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
    end = max(end, start + 1)
    room = WIDTH - _GUTTER - 3
    if len(line) > room:  # keep the underlined words in sight
        cut = max(0, min(start - room // 3, len(line) - room))
        line = line[cut : cut + room]
        start, end = start - cut, min(end - cut, room)
    underline = " " * _columns(line[:start]) + "^" * max(1, _columns(line[start:end]))
    said = f"{underline} {clean(label)}".rstrip()
    return [f"{place.line:>{_GUTTER - 2}} | {line}".rstrip(), f"{'':>{_GUTTER - 2}} | {said}"]


def _columns(text: str) -> int:
    """How many columns a terminal gives the text."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
