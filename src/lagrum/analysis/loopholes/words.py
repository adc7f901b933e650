"""Loopholes in words: the text for a terminal and the JSON object."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from lagrum.analysis.loopholes.result import APART, BoxCondition, Family, Loophole, Loopholes, Opener
from lagrum.model.rulings import Ruling

WIDTH = 80
AT_FIRST = 5
"""Families told in the short view; one after another they fit a terminal of 24 lines."""


def condition_words(condition: BoxCondition) -> str:
    """`timing is later [Art. 3(42)]`; what the others imply stands in round brackets."""
    values = condition.values
    if len(values) > 6:
        values = (*values[:5], f"{len(values) - 5} more")
    joined = " and ".join(values) if any(v.startswith("not ") for v in values) else " or ".join(values)
    words = f"{condition.fact}: {joined}"
    return f"({words})" if condition.implied else words


def as_text(result: Loopholes, *, everything: bool = False, plain: bool = False) -> str:
    """The list of families, gravest first; `everything` tells all of them, `plain` one statement a line."""
    lines = [_summary(result), f"{result.law} against {result.position}, on {result.on}"]
    lines += [f"not complete: {reason}" for reason in result.unfinished]
    if result.also_governed_by:
        lines += _wrapped(f"also governed by {'; '.join(result.also_governed_by)}, not encoded", 0, plain)
    told = result.families if everything or plain else result.families[:AT_FIRST]
    apart = False
    for number, family in enumerate(told, start=1):
        if family.kind in APART and not apart:
            apart = True
            lines += ["", "about where and when the law applies:"]
        lines += [*([] if plain else [""]), *_family(number, family, plain)]
    if (rest := len(result.families) - len(told)) > 0:
        lines += ["", f"{rest} more: --all, or one in full: --show {len(told) + 1}"]
    return "\n".join(lines)


def family_text(result: Loopholes, number: int, *, plain: bool = False) -> str:
    """One family in full: what opens it, each loophole with its conditions and witness, what would close it."""
    family = result.families[number - 1]
    lines = [*_family(number, family, plain)]
    for count, hole in enumerate(family.loopholes, start=1):
        lines += [
            *([] if plain else [""]),
            f"loophole {number}.{count} ({' + '.join(hole.practice) or 'any practice'})",
        ]
        lines += [line for c in hole.conditions for line in _wrapped(_with_place(c), 2, plain)]
        lines += _wrapped(f"the witness gets {hole.ruling}{_by(hole.duties)}:", 2, plain)
        for fact, answer in hole.witness.items():
            said = answer if isinstance(answer, str) else ", ".join(answer) or "none"
            lines += _wrapped(f"{fact}: {said}", 4, plain)
    return "\n".join(lines)


def _summary(result: Loopholes) -> str:
    ways = f"{len(result.families)} {'way' if len(result.families) == 1 else 'ways'} in"
    holes = f"{result.count} {'loophole' if result.count == 1 else 'loopholes'}"
    return f"{ways}, {holes}, {'complete' if result.complete else 'NOT COMPLETE'}"


def _family(number: int, family: Family, plain: bool) -> Iterator[str]:
    head = "; ".join(_opener_words(opener) for opener in family.openers)
    yield from _wrapped(f"{number}. {head}", 0, plain, hanging=4)
    practices = "; ".join(" + ".join(p) for p in family.practices)
    if practices:
        yield from _wrapped(f"practice: {practices}", 4, plain)
    if family.loopholes:
        yield from _wrapped(_ordinary(family.loopholes[0], family), 4, plain)
    word = f"the word of {family.vouched_by}" if family.vouched_by else "nobody's word"
    count = f"{len(family.loopholes)} loophole{'' if len(family.loopholes) == 1 else 's'}"
    rulings = " or ".join(family.rulings)
    yield from _wrapped(f"gets {rulings}{_by(family.duties)}; rests on {word}; {count}", 4, plain)
    if family.judgements:
        yield from _wrapped(f"somebody must judge: {', '.join(family.judgements)}", 4, plain)
    yield from _wrapped(f"closed by: {', or '.join(family.closed_by)}", 4, plain)


def _opener_words(opener: Opener) -> str:
    norm = opener.norm.split(" ", 1)[-1]
    match opener.kind:
        case "no norm":
            return opener.condition
        case "element":
            return f"{opener.condition}, {opener.citation}: element of {norm}"
        case "date":
            return f"{norm}: {opener.condition}"
        case kind:
            return f"{opener}: {kind} to {norm}" if kind == "exception" else f"{opener}: {kind}"


def _ordinary(hole: Loophole, family: Family) -> str:
    if not hole.except_that:
        return "the ordinary case itself"
    start = "the ordinary case" if family.openers[0].kind == "no norm" else "the ordinary forbidden case"
    return f"{start}, except that {' and '.join(hole.except_that)}"


def _with_place(condition: BoxCondition) -> str:
    return f"{condition_words(condition)}  [{condition.citation}]" if condition.citation else condition_words(condition)


def _by(citations: tuple[str, ...]) -> str:
    return f", {', '.join(citations)}" if citations else ""


def _wrapped(text: str, indent: int, plain: bool, hanging: int | None = None) -> list[str]:
    if plain:
        return [text]
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2 if hanging is None else hanging)
    )


def as_dict(result: Loopholes) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the families."""
    return {
        **result.envelope,
        "law": result.law,
        "position": result.position,
        "complete": result.complete,
        "unfinished": list(result.unfinished),
        "practices": [list(p) for p in result.practices],
        "families": [_family_dict(family) for family in result.families],
        "also_governed_by": list(result.also_governed_by),
    }


def _family_dict(family: Family) -> dict[str, Any]:
    return {
        "id": family.id,
        "title": family.title,
        "practices": [list(p) for p in family.practices],
        "openers": [
            {"kind": o.kind, "norm": o.norm, "citation": o.citation, "condition": o.condition, "way": o.way}
            for o in family.openers
        ],
        "ruling": _joined(family.rulings),
        "duties": list(family.duties),
        "changes": family.changes,
        "vouched_by": family.vouched_by,
        "judgements": list(family.judgements),
        "closed_by": list(family.closed_by),
        "share": family.share,
        "loopholes": [_loophole_dict(hole) for hole in family.loopholes],
    }


def _loophole_dict(hole: Loophole) -> dict[str, Any]:
    return {
        "practice": list(hole.practice),
        "conditions": [
            {"fact": c.fact, "values": list(c.values), "citation": c.citation, "implied": c.implied}
            for c in hole.conditions
        ],
        "witness": {k: v if isinstance(v, str) else list(v) for k, v in hole.witness.items()},
        "except_that": list(hole.except_that),
        "ruling": hole.ruling,
        "duties": list(hole.duties),
    }


def _joined(rulings: tuple[Ruling, ...]) -> str:
    return " or ".join(rulings)
