"""`lagrum audit`: findings about law files that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from lagrum.analysis.audit import KINDS, Audit, unread_facts
from lagrum.analysis.audit.words import HEADS, as_text, rows
from lagrum.cli import status
from lagrum.cli.check import library_with
from lagrum.cli.files import inside
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.library import Library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument, Reading
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_audit


@click.command(
    cls=Command,
    examples=[
        "lagrum audit",
        "lagrum audit eu-ai-act-2021-proposal --all",
        "lagrum audit laws/us --kind never-applies --kind never-reached",
    ],
)
@click.argument("subjects", nargs=-1, metavar="[LAW|FOLDER]...")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only findings of this kind.")
@click.option("--vocabulary", is_flag=True, help="Also the questions of the vocabularies that no law asks.")
@click.option("--all", "everything", is_flag=True, help="Tell every finding, also those of low level.")
@shared_options(date=True, given=True, readings=True, table=True)
def command(
    subjects: tuple[str, ...], kinds: tuple[str, ...], vocabulary: bool, everything: bool, options: Options
) -> int:
    """Find rules that never apply, that others cover, or that their exceptions swallow."""
    library = library_with([Path(each) for each in subjects if Path(each).exists()], options.folders)
    laws = [_law(library, law_id, options) for law_id in _chosen(library, subjects)]
    given = options.given(*laws) if options.given_text else ()
    found = [kept_audit(law, library, options.on, options.day, given, options.readings).get() for law in laws]
    findings = sorted((finding for each in found for finding in each), key=lambda finding: finding.rank)
    findings += unread_facts(library.pack) if vocabulary or "unread-fact" in kinds else []
    chosen = tuple(finding for finding in findings if not kinds or finding.kind in kinds)
    result = Audit(tuple(law.id for law in laws), chosen)
    if options.json:
        asked = {"kinds": kinds, "vocabulary": vocabulary, "subjects": result.laws}
        head = envelope("audit", laws, on=options.on, text_of=options.text_of, given=given, inputs=asked)
        options.out.json(replace(result, envelope=head).to_dict())
    elif options.format != "text":
        options.out.rows(options.format, HEADS, rows(result))
    else:
        options.out.raw(as_text(result, everything=everything or bool(kinds), plain=options.out.plain))
    return status.FINDINGS if result.findings else status.CLEAN


def _chosen(library: Library, subjects: Sequence[str]) -> list[str]:
    """The ids of the laws that are meant, in order: each law named, and those with a file in a folder named."""
    everything = sorted(library.pack.instruments)
    if not subjects:
        return everything
    found: dict[str, None] = {}
    for subject in subjects:
        if subject in library.pack.instruments or not Path(subject).exists():
            found[subject] = None
            continue
        below = [i for i in everything if _lies_in(library, library.pack.instruments[i], Path(subject))]
        if not below:
            message = f"no law lies in `{subject}`"
            raise InvalidInput([Diagnostic("LG0720", message, help="name a folder with law files, or a law by its id")])
        found |= dict.fromkeys(below)
    return list(found)


def _lies_in(library: Library, instrument: Instrument, path: Path) -> bool:
    return any(inside(Path(library.path_of(file)), [path]) for file in instrument.files)


def _law(library: Library, law_id: str, options: Options) -> Law:
    """The law as its own text says it, without what attaches to it; with the readings that it has of those chosen."""
    own = {r.name for part in law_id.split("+") for r in _readings(library, part)}
    asked = {name: value for name, value in options.readings.items() if name.split(":", 1)[-1] in own}
    return library.laws([law_id], asked, options.text_of or options.day, attached=False)[0]


def _readings(library: Library, law_id: str) -> Iterable[Reading]:
    found = library.pack.instruments.get(law_id.strip())
    return found.readings if found else ()
