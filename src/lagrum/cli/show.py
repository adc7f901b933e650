"""`lagrum show`: the rules at a citation, whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import click

from lagrum.cli import status
from lagrum.cli.conditions import branch, condition_to_dict
from lagrum.cli.diagnostics import place_to_dict, shown_path
from lagrum.cli.help import Command
from lagrum.cli.official import Official
from lagrum.cli.options import Options, shared_options
from lagrum.cli.output import Branch
from lagrum.library import Library
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Note
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.envelope import envelope
from lagrum.spelling import did_you_mean

_AIMS = {NormKind.EXCEPT: "Lifts", NormKind.EXCLUDE: "Takes out", NormKind.PENALTY: "For"}
_EXCLUDABLE = (NormKind.FORBID, NormKind.PERMIT, NormKind.REQUIRE, NormKind.CLASSIFY)


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
    law_ids = (first,) if named else options.law_ids or _laws_with(place, library)
    laws = replace(options, law_ids=law_ids).chosen_laws()
    found = [(law, norm) for law in laws for norm in law.norms.values() if place.covers(norm.citation)]
    if not found:
        raise InvalidInput([_nothing(place, laws or library.every())])
    official = Official(options)
    if options.json:
        norms = [
            _to_dict(law, norm, options) | {"official": official.to_dict(law.instrument_of(norm), norm)}
            for law, norm in found
        ]
        notes = [
            {"law": law.id, "citation": str(note.citation), "text": note.text}
            for law in laws
            for note in _notes(law, place, options.day)
        ]
        answer = envelope("show", laws, on=options.day, text_of=options.text_of, inputs={"citation": str(place)})
        options.out.json(answer | {"citation": str(place), "norms": norms, "notes": notes})
        return status.CLEAN
    for i, (law, norm) in enumerate(found):
        if i:
            options.out.line()
        _print(law, norm, options)
        official.print(law.instrument_of(norm), norm)
    for law in laws:
        for note in _notes(law, place, options.day):
            options.out.row("Note", note.text, str(note.citation))
        for instrument in law.instruments:
            options.out.row("Review", instrument.review, instrument.id)
    return status.CLEAN


def read_citation(text: str) -> Citation:
    """Read a citation as people type it: also `Article 5`, `art 5(1)`, `5(1)(d)`. Raises `InvalidInput`."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:article|art)\b\.?\s*", "Art. ", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:section|sec)\b\.?\s*", "Sec. ", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?=[0-9])", "Art. ", text)
    try:
        return parse_citation(text)
    except ValueError:
        help_ = "write a unit, a number and steps in round brackets, e.g. `Art. 5(1)(d)`"
        raise InvalidInput([Diagnostic("LG0730", f"`{text}` is not a citation", help=help_)]) from None


def _laws_with(place: Citation, library: Library) -> tuple[str, ...]:
    return tuple(
        instrument.id
        for instrument in sorted(library.pack.instruments.values(), key=lambda i: i.id)
        if any(place.covers(norm.citation) for norm in instrument.norms)
    )


def _nothing(place: Citation, laws: Sequence[Law]) -> Diagnostic:
    known = {str(norm.citation) for law in laws for norm in law.norms.values()}
    where = f" in `{laws[0].id}`" if len(laws) == 1 else ""
    help_ = did_you_mean(str(place), sorted(known)) or "`lagrum laws` lists the laws there are"
    return Diagnostic("LG0729", f"no rule is encoded at `{place}`{where}", help=help_)


def _notes(law: Law, place: Citation, on: date) -> list[Note]:
    """The notes at the place that stand on the day."""
    notes = [note for instrument in law.instruments for note in instrument.notes if place.covers(note.citation)]
    return [n for n in notes if (n.since is None or n.since <= on) and (n.until is None or on < n.until)]


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
    for exclusion in _exclusions(law, norm):
        out.row("Excluded", exclusion.label, str(exclusion.citation))
    for start in norm.starts:
        if start.when is None:
            out.row("From", start.day.isoformat())
        else:
            out.tree("From", Branch(f"{start.day.isoformat()} when", "", (branch(start.when, law),)))
    if norm.until:
        out.row("Until", f"{norm.until.isoformat()} (that day no longer)")
    if not _stands(law, norm, options.day):
        out.row("But", f"not in force on {options.day.isoformat()}")
    for text in history(law, norm):
        out.row("History", text)
    if norm.note:
        out.row("Note", norm.note)


def history(law: Law, norm: Norm) -> list[str]:
    """Every wording of the rule in order, with the acts that made, moved or ended it; empty for one never amended."""
    wordings = [n for n in law.instrument_of(norm).norms if _same_rule(n, norm)]
    if not any(n.by or n.ended_by for n in wordings):
        return []
    told = []
    for each in sorted(wordings, key=lambda n: min((s.day for s in n.starts), default=date.min)):
        starts = ", ".join(s.day.isoformat() for s in each.starts)
        span = " ".join([f"from {starts}" if starts else "", f"until {each.until}" if each.until else ""]).strip()
        made = f"by {', '.join(each.by)}" if each.by else "as it was made"
        ended = f", ended by {each.ended_by}" if each.ended_by else ""
        told.append(f"{span or 'always'}: {made}{ended}")
    return told


def _same_rule(one: Norm, other: Norm) -> bool:
    return (one.citation, one.label, one.name) == (other.citation, other.label, other.name)


def _exclusions(law: Law, norm: Norm) -> tuple[Norm, ...]:
    """The exclusions that matter to the norm: definitions, exceptions and the scope hold without regard to them."""
    return law.exclusions.get(norm.key, ()) if norm.kind in _EXCLUDABLE else ()


def _exceptions(law: Law, norm: Norm, above: set[str]) -> Branch:
    """The exception with the exceptions to it below; one that comes round again is not opened twice."""
    deeper = law.exceptions.get(norm.key, ()) if norm.key not in above else ()
    return Branch(norm.label, str(norm.citation), tuple(_exceptions(law, e, above | {norm.key}) for e in deeper))


def _stands(law: Law, norm: Norm, on: date) -> bool:
    """Whether the wording can be in force on the day, for some case at least."""
    instrument = law.instrument_of(norm)
    begins = [s.day for s in norm.starts] or [instrument.in_force or date.min]
    ends = [day for day in (norm.until, instrument.until) if day]
    return min(begins) <= on and (instrument.in_force or date.min) <= on and all(on < day for day in ends)


def _to_dict(law: Law, norm: Norm, options: Options) -> dict[str, object]:
    return {
        "key": norm.key,
        "law": norm.instrument,
        "kind": norm.kind.value,
        "citation": str(norm.citation),
        "label": norm.label,
        "name": norm.name,
        "tier": norm.tier,
        "who": list(norm.who),
        "when": condition_to_dict(norm.when),
        "unless": condition_to_dict(norm.unless),
        "met_when": condition_to_dict(norm.met_when),
        "before_use": norm.before_use,
        "then": condition_to_dict(norm.then),
        "amount": str(norm.amount or ""),
        "from_all": norm.from_all,
        "targets": [_reference(law.norms[key]) for key in norm.targets if key in law.norms],
        "exceptions": [_reference(e) for e in law.exceptions.get(norm.key, ())],
        "exclusions": [_reference(e) for e in _exclusions(law, norm)],
        "starts": [{"day": s.day.isoformat(), "when": condition_to_dict(s.when)} for s in norm.starts],
        "until": norm.until.isoformat() if norm.until else None,
        "in_force": _stands(law, norm, options.day),
        "headings": list(norm.headings),
        "note": norm.note,
        "by": list(norm.by),
        "ended_by": norm.ended_by,
        "history": history(law, norm),
        "place": place_to_dict(options.library.real(norm.place)),
    }


def _reference(norm: Norm) -> Mapping[str, str]:
    return {"key": norm.key, "citation": str(norm.citation), "label": norm.label}
