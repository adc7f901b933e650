"""`lagrum laws`: what law there is to ask."""

from __future__ import annotations

import click

from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.service.documents import laws_document


@click.command(cls=Command, examples=["lagrum laws", "lagrum laws --format json"])
@shared_options()
def command(options: Options) -> int:
    """List the laws there are."""
    laws = options.library.every()
    if options.json:
        options.out.json(laws_document(options.library))
    elif laws:
        for law in laws:
            _print(law, options)
        first = next((norm for law in laws for norm in law.norms.values() if norm.kind is NormKind.FORBID), None)
        if first is not None:
            options.out.hint(f"lagrum show '{first.citation}' --law {first.instrument}")
    else:
        options.out.line("no laws are loaded; `lagrum new law NAME` starts one, `--laws DIR` adds a folder")
    if options.library.left_out:
        names = ", ".join(options.library.left_out)
        click.echo(f"left out because of errors: {names}; see `lagrum check`", err=True)
    return status.CLEAN


def _print(law: Law, options: Options) -> None:
    instrument = law.instruments[0]
    kind = f"{instrument.kind}, {instrument.jurisdiction}"
    more = [f"{instrument.citation}; {kind}; {_dates(instrument)}; {_norms(instrument)}"]
    if instrument.readings:
        more.append(f"disputed readings: {', '.join(reading.name for reading in instrument.readings)}")
    more.append(instrument.review)
    options.out.entry(instrument.id, instrument.title, more)


def _dates(instrument: Instrument) -> str:
    said = [
        f"published {instrument.published}" if instrument.published else "",
        f"in force {instrument.in_force}" if instrument.in_force else "",
        f"until {instrument.until}" if instrument.until else "",
        f"amended by {' and '.join(instrument.amended_by)}" if instrument.amended_by else "",
    ]
    return ", ".join(s for s in said if s) or "no dates"


def _norms(instrument: Instrument) -> str:
    return f"{len(instrument.norms)} rule{'' if len(instrument.norms) == 1 else 's'}"
