"""Rules as they are shown: what stands at a citation, what it says, what bears on it, how its wording came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from lagrum.library import Library
from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, Applies, AtLeast, Condition, Defined, Group, IsMet, NoneOf, singles
from lagrum.model.instruments import Instrument, Note
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.order import conditions_of, facts_of

_EXCLUDABLE = (NormKind.FORBID, NormKind.PERMIT, NormKind.REQUIRE, NormKind.CLASSIFY)


def norms_at(law: Law, place: Citation) -> list[Norm]:
    """The rules at a place and below it, in the order of the law."""
    return [norm for norm in law.norms.values() if place.covers(norm.citation)]


def notes_at(law: Law, place: Citation, on: date) -> list[Note]:
    """The notes at a place and below it that stand on the day."""
    notes = [note for instrument in law.instruments for note in instrument.notes if place.covers(note.citation)]
    return [n for n in notes if (n.since is None or n.since <= on) and (n.until is None or on < n.until)]


def exclusions_of(law: Law, norm: Norm) -> tuple[Norm, ...]:
    """The exclusions that matter to the norm: definitions, exceptions and the scope hold without regard to them."""
    return law.exclusions.get(norm.key, ()) if norm.kind in _EXCLUDABLE else ()


def stands(instrument: Instrument, norm: Norm, on: date) -> bool:
    """Whether the wording can be in force on the day, for some case at least."""
    begins = [s.day for s in norm.starts] or [instrument.in_force or date.min]
    ends = [day for day in (norm.until, instrument.until) if day]
    return min(begins) <= on and (instrument.in_force or date.min) <= on and all(on < day for day in ends)


def wordings(instrument: Instrument, norm: Norm) -> list[Norm]:
    """Every wording of the rule, in the order in which they apply."""
    found = [n for n in instrument.norms if _name(n) == _name(norm)]
    return sorted(found, key=lambda n: min((s.day for s in n.starts), default=date.min))


def _name(norm: Norm) -> tuple[Citation, str, str]:
    return norm.citation, norm.label, norm.name


def history(instrument: Instrument, norm: Norm) -> list[str]:
    """Every wording of the rule in order, with the acts that made, moved or ended it; empty for one never amended."""
    found = wordings(instrument, norm)
    if not any(n.by or n.ended_by for n in found):
        return []
    told = []
    for each in found:
        starts = ", ".join(s.day.isoformat() for s in each.starts)
        span = " ".join([f"from {starts}" if starts else "", f"until {each.until}" if each.until else ""]).strip()
        made = f"by {', '.join(each.by)}" if each.by else "as it was made"
        ended = f", ended by {each.ended_by}" if each.ended_by else ""
        told.append(f"{span or 'always'}: {made}{ended}")
    return told


def as_lines(norm: Norm) -> str:
    """What a rule says, line by line as in the law files, so that two wordings can be held against each other."""
    lines = [f"{norm.kind.value} {norm.citation} {norm.label}".strip()]
    lines += [f"  who {', '.join(norm.who)}"] if norm.who else []
    for start in norm.starts:
        lines += [f"  from {start.day}" + (" when" if start.when else ""), *_lines(start.when, 2)]
    lines += [f"  until {norm.until}"] if norm.until and not norm.ended_by else []
    parts = (("when", norm.when), ("unless", norm.unless), ("presumes", norm.then), ("met when", norm.met_when))
    for name, condition in parts:
        lines += [f"  {name}", *_lines(condition, 2)] if condition is not None else []
    lines += [f"  {norm.amount}"] if norm.amount is not None else []
    return "\n".join(lines)


def _lines(condition: Condition | None, depth: int) -> Iterator[str]:
    if condition is None:
        return
    margin = "  " * depth
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        yield f"{margin}{head_of(condition)}" + (f" [{condition.citation}]" if condition.citation else "")
        for item in condition.items:
            yield from _lines(item, depth + 1)
    else:
        line = condition.line
        yield f"{margin}{line.text}" + (f" [{line.citation}]" if line.citation else "")


# --- who speaks of whom ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule that speaks of another: its condition `uses` it, or it `lifts`, `takes out` or is a `penalty` for it."""

    norm: Norm
    how: str


_HOW = {NormKind.EXCEPT: "lifts", NormKind.EXCLUDE: "takes out", NormKind.PENALTY: "penalty"}


def mentions(instruments: Sequence[Instrument]) -> Mapping[str, tuple[Mention, ...]]:
    """For each rule, by its key, the rules of all instruments that speak of it. One that takes out everything is left
    out: it would be said of every rule."""
    found: dict[str, dict[str, Mention]] = {}
    for instrument in instruments:
        for norm in instrument.norms:
            if not norm.from_all:
                for key in norm.targets:
                    found.setdefault(key, {})[norm.key] = Mention(norm, _HOW.get(norm.kind, "uses"))
            for key in _spoken_of(norm):
                found.setdefault(key, {}).setdefault(norm.key, Mention(norm, "uses"))
    return {key: tuple(mention for mention in each.values() if mention.norm.key != key) for key, each in found.items()}


def _spoken_of(norm: Norm) -> Iterator[str]:
    for condition in (norm.when, norm.unless, norm.met_when, norm.then, *(start.when for start in norm.starts)):
        for single in singles(condition):
            if isinstance(single, Applies | IsMet):
                yield from single.norms
            elif isinstance(single, Defined):
                yield single.norm


def askers(instruments: Sequence[Instrument]) -> Mapping[str, tuple[Norm, ...]]:
    """For each fact, by its name, the rules that ask it."""
    found: dict[str, dict[str, Norm]] = {}
    for norm in (norm for instrument in instruments for norm in instrument.norms):
        for name in facts_of(conditions_of(norm)):
            found.setdefault(name, {})[norm.key] = norm
    return {name: tuple(norms.values()) for name, norms in found.items()}


# --- for programs ----------------------------------------------------------------------------------------------------


def norm_to_dict(law: Law, norm: Norm, on: date) -> dict[str, object]:
    """A rule for programs, without the place in its file."""
    instrument = law.instrument_of(norm)
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
        "exclusions": [_reference(e) for e in exclusions_of(law, norm)],
        "starts": [{"day": s.day.isoformat(), "when": condition_to_dict(s.when)} for s in norm.starts],
        "until": norm.until.isoformat() if norm.until else None,
        "in_force": stands(instrument, norm, on),
        "headings": list(norm.headings),
        "note": norm.note,
        "by": list(norm.by),
        "ended_by": norm.ended_by,
        "history": history(instrument, norm),
    }


def notes_to_dicts(laws: Sequence[Law], place: Citation, on: date) -> list[dict[str, str]]:
    """The notes at a place, for programs."""
    return [
        {"law": law.id, "citation": str(note.citation), "text": note.text}
        for law in laws
        for note in notes_at(law, place, on)
    ]


def _reference(norm: Norm) -> Mapping[str, str]:
    return {"key": norm.key, "citation": str(norm.citation), "label": norm.label}


def condition_to_dict(condition: Condition | None) -> dict[str, object] | None:
    """A group as `{group, items, citation}`, a single condition as `{text, citation}`; None for no condition."""
    if condition is None:
        return None
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        return {
            "group": head_of(condition),
            "items": [condition_to_dict(item) for item in condition.items],
            "citation": str(condition.citation) if condition.citation else None,
        }
    line = condition.line
    return {"text": line.text, "citation": str(line.citation) if line.citation else None}


def head_of(group: Group) -> str:
    """`all of`, `any of`, `none of`, `at least 2 of`."""
    match group:
        case AllOf():
            return "all of"
        case AnyOf():
            return "any of"
        case NoneOf():
            return "none of"
        case AtLeast():
            return f"at least {group.count} of"
        case _:
            assert_never(group)


def laws_with(library: Library, place: Citation) -> tuple[str, ...]:
    """The laws that have a rule at the place or below it, by id."""
    found = (i for i in library.pack.instruments.values() if any(place.covers(norm.citation) for norm in i.norms))
    return tuple(sorted(i.id for i in found))
