"""`lagrum show`: the rules at a citation, whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from lagrum.cli import status
from lagrum.cli.conditions import branch
from lagrum.cli.diagnostics import place_to_dict, shown_path
from lagrum.cli.help import Command
from lagrum.cli.official import Official
from lagrum.cli.options import Options, shared_options
from lagrum.cli.output import Branch
from lagrum.finding import typed
from lagrum.model.citations import Citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.envelope import envelope
from lagrum.service.shown import (
    exclusions_of,
    history,
    laws_with,
    norm_to_dict,
    norms_at,
    notes_at,
    notes_to_dicts,
    stands,
)
from lagrum.spelling import did_you_mean

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
    first, _, rest = citation.strip().partition(" ")
    named = first in library.pack.instruments and bool(rest)
    place = read_citation(rest if named else citation)
    law_ids = (first,) if named else options.law_ids or laws_with(library, place)
    laws = replace(options, law_ids=law_ids).chosen_laws()
    found = [(law, norm) for law in laws for norm in norms_at(law, place)]
    if not found:
        raise InvalidInput([_nothing(place, laws or library.every())])
    official = Official(options)
    if options.json:
        norms = [_to_dict(law, norm, options, official) for law, norm in found]
        notes = notes_to_dicts(laws, place, options.day)
        answer = envelope("show", laws, on=options.day, text_of=options.text_of, inputs={"citation": str(place)})
        options.out.json(answer | {"citation": str(place), "norms": norms, "notes": notes})
        return status.CLEAN
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


def read_citation(text: str) -> Citation:
    """Read a citation as people type it: also `Article 5`, `5(1)(d)`, `artikel 5.1 d`. Raises `InvalidInput`."""
    found = typed(text)
    if not found:
        help_ = "write a unit, a number and steps in round brackets, e.g. `Art. 5(1)(d)`"
        raise InvalidInput([Diagnostic("LG0730", f"`{' '.join(text.split())}` is not a citation", help=help_)])
    return found[0]


def _nothing(place: Citation, laws: Sequence[Law]) -> Diagnostic:
    known = {str(norm.citation) for law in laws for norm in law.norms.values()}
    where = f" in `{laws[0].id}`" if len(laws) == 1 else ""
    help_ = did_you_mean(str(place), sorted(known)) or "`lagrum laws` lists the laws there are"
    return Diagnostic("LG0729", f"no rule is encoded at `{place}`{where}", help=help_)


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


def _to_dict(law: Law, norm: Norm, options: Options, official: Official) -> dict[str, object]:
    place = place_to_dict(options.library.real(norm.place))
    words = official.to_dict(law.instrument_of(norm), norm)
    return norm_to_dict(law, norm, options.day) | {"place": place, "official": words}


def _exceptions(law: Law, norm: Norm, above: set[str]) -> Branch:
    """The exception with the exceptions to it below; one that comes round again is not opened twice."""
    deeper = law.exceptions.get(norm.key, ()) if norm.key not in above else ()
    return Branch(norm.label, str(norm.citation), tuple(_exceptions(law, e, above | {norm.key}) for e in deeper))
