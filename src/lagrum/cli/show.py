"""`lagrum show`: the rules at a citation, whole."""

from __future__ import annotations

import click

from lagrum.cli import status
from lagrum.cli.conditions import branch
from lagrum.cli.diagnostics import shown_path
from lagrum.cli.help import Command
from lagrum.cli.official import Official
from lagrum.cli.options import Options, shared_options
from lagrum.cli.output import Branch
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.service.documents import norms_document, rules_at
from lagrum.service.shown import (
    exclusions_of,
    history,
    notes_at,
    stands,
)

_AIMS = {NormKind.EXCEPT: "Lifts", NormKind.EXCLUDE: "Takes out", NormKind.PENALTY: "For"}


@click.command(
    cls=Command,
    examples=[
        "lagrum show 'Art. 5(1)(d)' --law eu-ai-act-2021-proposal",
        "lagrum show 'eu-ai-act-2021-proposal Art. 5'",
    ],
)
@click.argument("citation")
@shared_options(law=True, date=True)
def command(citation: str, options: Options) -> int:
    """Show the rules at a citation: conditions, exceptions, dates."""
    library = options.library
    official = Official(options)
    if options.json:
        asked = (library, citation, options.law_ids, options.terms)
        options.out.json(norms_document(*asked, lambda: official.words, options.lang, shown_path))
        return status.CLEAN
    place, laws, found = rules_at(library, citation, options.law_ids, options.terms)
    for i, (law, norm) in enumerate(found):
        if i:
            options.out.line()
        _print(law, norm, options)
        official.print(law.instrument_of(norm), norm)
    for law in laws:
        for note in notes_at(law, place, options.day):
            options.out.row("Note", note.text, str(note.citation))
        for instrument in law.instruments:
            options.out.row("Review", instrument.review, instrument.id)
    return status.CLEAN


def _print(law: Law, norm: Norm, options: Options) -> None:
    out = options.out
    instrument = law.instrument_of(norm)
    what = f"{norm.kind.value} {norm.citation}"
    said = norm.label or norm.name
    out.headline(what, said, [("norm", what), ("says", said)] if said else [("norm", what)])
    place = f", {shown_path(options.library.path_of(norm.place.file))}:{norm.place.line}" if norm.place else ""
    out.row("Law", f"{instrument.id}{place}")
    if norm.headings:
        out.row("Under", " > ".join(norm.headings))
    if norm.name and norm.label not in ("", norm.name):
        out.row("Defines", norm.name)
    for label, text in (("Who", ", ".join(norm.who)), ("Tier", norm.tier)):
        if text:
            out.row(label, text)
    for label, condition in (
        ("When", norm.when),
        ("Unless", norm.unless),
        ("Presumes", norm.then),
        ("Met when", norm.met_when),
    ):
        if condition is not None:
            out.tree(label, branch(condition, law))
    if norm.amount is not None:
        out.row("Penalty", str(norm.amount))
    if norm.before_use:
        out.row("Before use", "a condition of lawful use: unmet, the use is forbidden")
    if norm.from_all:
        out.row("Takes out", "everything in this law")
    targets = [law.norms[key] for key in norm.targets if key in law.norms and not norm.from_all]
    for target in targets:
        out.row(_AIMS[norm.kind], target.label, str(target.citation))
    for exception in law.exceptions.get(norm.key, ()):
        out.tree("Except", _exceptions(law, exception, {norm.key}))
    for exclusion in exclusions_of(law, norm):
        out.row("Excluded", exclusion.label, str(exclusion.citation))
    for start in norm.starts:
        if start.when is None:
            out.row("From", start.day.isoformat())
        else:
            out.tree("From", Branch(f"{start.day.isoformat()} when", "", (branch(start.when, law),)))
    if norm.until:
        out.row("Until", f"{norm.until.isoformat()} (that day no longer)")
    if not stands(instrument, norm, options.day):
        out.row("But", f"not in force on {options.day.isoformat()}")
    for text in history(instrument, norm):
        out.row("History", text)
    if norm.note:
        out.row("Note", norm.note)


def _exceptions(law: Law, norm: Norm, above: set[str]) -> Branch:
    """The exception with the exceptions to it below; one that comes round again is not opened twice."""
    deeper = law.exceptions.get(norm.key, ()) if norm.key not in above else ()
    return Branch(norm.label, str(norm.citation), tuple(_exceptions(law, e, above | {norm.key}) for e in deeper))
