"""`lagrum text`: official texts a user has, kept outside the repository and shown beside our rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import render, shown_path, to_dict
from lagrum.cli.help import Command, Group
from lagrum.cli.options import Options, shared_options
from lagrum.library import Library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.reasoning.envelope import envelope
from lagrum.service.official import lock_of
from lagrum.texts import Act, Texts, folder, open_texts, pin, read_acts, read_lock, save, write_lock


@click.group("text", cls=Group, examples=["lagrum text import L_202401689EN.*.xml", "lagrum text list"])
def command() -> None:
    """Keep official texts beside the rules.

    Import them, list them, pin rules to their words.
    """


@command.command(
    "import",
    cls=Command,
    examples=["lagrum text import L_202401689EN.*.xml", "lagrum text import 32024R1689.html --for eu-ai-act"],
)
@click.argument("files", nargs=-1, required=True)
@click.option("--for", "wanted", metavar="LAW", help="The law whose text this is; found by CELEX or ELI if left out.")
@shared_options()
def import_(files: tuple[str, ...], wanted: str | None, options: Options) -> int:
    """Read Formex files or EUR-Lex pages and keep their words."""
    asked = (options.library.law(wanted).instruments[0].id,) if wanted else ()
    read = read_acts([Path(file) for file in files])
    before = {(act.celex, act.language): act.instruments for act in open_texts().acts}
    for act in read:
        known = (*before.get((act.celex, act.language), ()), *asked)
        save(replace(act, instruments=tuple(dict.fromkeys(known)), imported=date.today()), folder())
    kept = open_texts()
    new = {(act.celex, act.language) for act in read}
    acts = [act for act in kept.acts if (act.celex, act.language) in new]
    _tell(acts, kept, options)
    return status.CLEAN


@command.command("list", cls=Command, examples=["lagrum text list"])
@shared_options()
def list_(options: Options) -> int:
    """List the official texts that were imported."""
    texts = open_texts()
    _tell(texts.acts, texts, options)
    if texts.diagnostics and not options.json:
        click.echo(render(texts.diagnostics, {}, options.error_colour), err=True)
    return status.INVALID_INPUT if texts.diagnostics else status.CLEAN


@command.command("pin", cls=Command, examples=["lagrum text pin eu-ai-act"])
@click.argument("wanted", metavar="LAW")
@shared_options()
def pin_(wanted: str, options: Options) -> int:
    """Record which words a law's rules were encoded from."""
    law = options.library.law(wanted)
    instrument = law.instruments[0]
    act = open_texts().act_for(instrument, options.lang)
    path = lock_of(options.library, instrument)
    if act is None or path is None:
        message = f"no official text of `{instrument.id}` in `{options.lang}` was imported"
        help_ = f"`lagrum text import FILE... --for {instrument.id}` imports it"
        raise InvalidInput([Diagnostic("LG0718", message, help=help_)])
    old = read_lock(path, instrument.id)
    lock, missing = pin(instrument, act)
    write_lock(lock, path)
    moved = [name for name, hash_ in lock.provisions.items() if old and old.provisions.get(name, hash_) != hash_]
    if options.json:
        answer = {
            "file": shown_path(str(path)),
            "celex": act.celex,
            "language": act.language,
            "provisions": dict(lock.provisions),
            "changed": moved,
            "missing": [str(citation) for citation in missing],
        }
        options.out.json(envelope("pin", (law,)) | answer)
    else:
        options.out.row(
            "Pinned", f"{len(lock.provisions)} provisions of {instrument.id} to {act.celex}, {act.language}"
        )
        options.out.row("File", shown_path(str(path)))
        for name in moved:
            options.out.row("Changed", name)
        for citation in missing:
            options.out.row("Missing", f"{citation}: the text has no such place")
    return status.FINDINGS if missing else status.CLEAN


def _tell(acts: Sequence[Act], texts: Texts, options: Options) -> None:
    laws = {id(act): [i.id for i in _encoding(act, texts, options.library)] for act in acts}
    if options.json:
        told = [_to_dict(act, laws[id(act)]) for act in acts]
        answer = {"folder": str(folder()), "texts": told, "damaged": [to_dict(d) for d in texts.diagnostics]}
        options.out.json(envelope("texts", ()) | answer)
        return
    for act in acts:
        encoded = ", ".join(laws[id(act)])
        options.out.entry(
            f"{act.celex} {act.language}",
            act.title or "without a title",
            [
                f"{len(act.spans)} provisions from {act.format}, {len(act.sources)} files, imported {act.imported}",
                f"text of {encoded}" if encoded else "no law here is known to encode it; `--for LAW` says which does",
            ],
        )
    if not acts and not texts.diagnostics:
        options.out.line("no official text was imported; `lagrum text import FILE...` does it")


def _encoding(act: Act, texts: Texts, library: Library) -> list[Instrument]:
    """The instruments whose text the act is."""
    instruments = sorted(library.pack.instruments.values(), key=lambda i: i.id)
    return [i for i in instruments if texts.act_for(i, act.language) is act]


def _to_dict(act: Act, laws: Sequence[str]) -> dict[str, object]:
    return {
        "celex": act.celex,
        "eli": act.eli,
        "title": act.title,
        "language": act.language,
        "format": act.format,
        "imported": act.imported.isoformat() if act.imported else None,
        "provisions": len(act.spans),
        "sources": [{"name": source.name, "sha256": source.sha256} for source in act.sources],
        "laws": list(laws),
    }
