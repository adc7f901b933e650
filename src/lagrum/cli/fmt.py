"""`lagrum fmt`: law files, and mappings of registers, in their one layout."""

from __future__ import annotations

from pathlib import Path

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import render, shown_path, to_dict
from lagrum.cli.files import CASE_SUFFIXES, law_files, require, rewrite
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.language import format_document, parse_document
from lagrum.language.files import read_text
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.reasoning.envelope import envelope
from lagrum.screening.layout import format_mapping
from lagrum.screening.mappingfile import is_mapping


@click.command(cls=Command, examples=["lagrum fmt laws/", "lagrum fmt --check laws/"])
@click.argument("paths", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; status 2 where a file would change.")
@shared_options()
def command(paths: tuple[str, ...], check: bool, options: Options) -> int:
    """Put law files, and mappings of registers, in their one layout."""
    changed: list[Path] = []
    refused: list[Diagnostic] = []
    sources: dict[str, str] = {}
    files = list(dict.fromkeys(file for path in require(paths) for file in law_files(path)))
    for file in files:
        text, layout, errors = _layout(file)
        if errors:
            refused += errors
            sources[str(file)] = text
        elif layout != text:
            changed.append(file)
            if not check:
                rewrite(file, layout)
    _tell(files, changed, refused, sources, check, options)
    if refused:
        return status.INVALID_INPUT
    return status.FINDINGS if check and changed else status.CLEAN


def _layout(file: Path) -> tuple[str, str, list[Diagnostic]]:
    """The file's text, the same in its one layout, and the errors for which it is left alone."""
    text, problems = read_text(file)
    if text is None:
        return "", "", list(problems)
    if file.suffix in CASE_SUFFIXES:
        layout, diagnostics = format_mapping(text, str(file)) if is_mapping(text) else (text, ())
        return text, layout, [d for d in diagnostics if d.severity is Severity.ERROR]
    document, diagnostics = parse_document(str(file), text)
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    return text, "" if errors else format_document(document), errors


def _tell(
    files: list[Path],
    changed: list[Path],
    refused: list[Diagnostic],
    sources: dict[str, str],
    check: bool,
    options: Options,
) -> None:
    if options.json:
        options.out.json(
            envelope("fmt", ())
            | {
                "files": len(files),
                "changed": [shown_path(str(file)) for file in changed],
                "written": not check,
                "diagnostics": [to_dict(d) for d in refused],
            }
        )
        return
    for file in changed:
        options.out.line(f"{'would change' if check else 'changed'} {shown_path(str(file))}")
    if refused:
        click.echo(render(refused, sources, options.error_colour), err=True)
        broken = len({d.place.file for d in refused if d.place})
        click.echo(f"left alone: {broken} file{'' if broken == 1 else 's'} with errors", err=True)
    if not changed and not refused:
        options.out.line(f"{len(files)} file{'' if len(files) == 1 else 's'}, nothing to change")
