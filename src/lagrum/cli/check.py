"""`lagrum check`: mistakes in law, case and mapping files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import count, render, to_dict
from lagrum.cli.files import case_files, inside, is_case, require
from lagrum.cli.help import Command
from lagrum.cli.official import changed_words
from lagrum.cli.options import Options, shared_options
from lagrum.language.files import read_text
from lagrum.language.translations import LANGUAGES
from lagrum.library import Library, built_in_laws, open_library
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.reasoning.envelope import envelope
from lagrum.screening.mappingfile import is_mapping, read_mapping


@click.command(cls=Command, examples=["lagrum check", "lagrum check my-laws/ station.yaml"])
@click.argument("paths", nargs=-1)
@shared_options()
def command(paths: tuple[str, ...], options: Options) -> int:
    """Find mistakes in law and case files, and in mappings of registers."""
    wanted = require(paths)
    library = library_with(wanted, options.folders)
    asked = wanted or library.folders
    found = [d for d in library.diagnostics if d.place is None or inside(Path(d.place.file), asked)]
    sources = dict(library.sources)
    cases = list(dict.fromkeys(file for path in asked for file in _cases(path)))
    mappings = 0
    for file in cases:
        diagnostics, text = _problems(library, file)
        mappings += is_mapping(text)
        found += diagnostics
        sources[str(file)] = text
    laws = sorted(name for name in library.sources if inside(Path(name), asked))
    found += changed_words(library, laws)
    for translated in (library.translated(lang) for lang in LANGUAGES):
        found += [d for d in translated.diagnostics if d.place is None or inside(Path(d.place.file), asked)]
        sources |= translated.sources
    if options.json:
        errors = sum(d.severity is Severity.ERROR for d in found)
        answer = {"files": len(laws) + len(cases), "errors": errors, "warnings": len(found) - errors}
        options.out.json(envelope("check", ()) | answer | {"diagnostics": [to_dict(d) for d in found]})
    else:
        if found:
            options.out.raw(render(found, sources, options.out.colour), styled=True)
        read = f"{_several(len(laws), 'law file')}, {_several(len(cases) - mappings, 'case')}"
        read += f", {_several(mappings, 'mapping')}" if mappings else ""
        options.out.line(f"{read}: {count(found)}")
    return status.INVALID_INPUT if any(d.severity is Severity.ERROR for d in found) else status.CLEAN


def _problems(library: Library, file: Path) -> tuple[tuple[Diagnostic, ...], str]:
    """What is wrong with a case or mapping file, and its text."""
    text, unread = read_text(file)
    if text is None:
        return unread, ""
    if is_mapping(text):
        return read_mapping(text, str(file), library.pack.facts)[1], text
    return library.read_case(file)[1], text


def library_with(paths: Iterable[Path], folders: Sequence[Path]) -> Library:
    """The library of `folders` and the built-in law, widened by those of the paths that lie elsewhere."""
    extra = list(folders)
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if not is_case(path) and not inside(folder, [built_in_laws(), *extra]):
            extra.append(folder)
    return open_library(extra)


def _cases(path: Path) -> Iterable[Path]:
    return case_files(path) if path.is_dir() or is_case(path) else ()


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
