"""`lagrum search`: full text over rules, prose, questions and notes."""

from __future__ import annotations

import shlex

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import shown_path
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.finding import Index, entries
from lagrum.service.documents import search_document


@click.command(cls=Command, examples=["lagrum search face database", "lagrum search '5(1)(d)' --law eu-ai-act"])
@click.argument("words", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(1, 1000), default=12, help="How many findings at most.")
@shared_options(law=True)
def command(words: tuple[str, ...], most: int, options: Options) -> int:
    """Search rules, prose, questions and notes."""
    library = options.library
    law_ids = tuple(part for law_id in options.law_ids for part in law_id.split("+"))
    laws = library.laws(law_ids) if law_ids else ()
    typed = " ".join(words)
    index = Index(entries(library, law_ids))
    answer, found = search_document(index, typed, most, laws, shown_path)
    if options.json:
        options.out.json(answer)
        return status.CLEAN
    if not found:
        options.out.line(f"nothing was found for `{typed}`; try fewer or other words")
    for hit in found:
        entry = hit.entry
        where = f"{entry.source} {entry.citation}".strip()
        more = [hit.snippet] if hit.snippet != entry.title else []
        options.out.entry(where, f"{entry.kind}, {entry.title}", more)
    first = next((hit.entry for hit in found if hit.entry.citation), None)
    if first is not None:
        options.out.hint(shlex.join(["lagrum", "show", first.citation, "--law", first.source]))
    return status.CLEAN
