"""A comparison in words: the text for a terminal and the JSON object."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from lagrum.analysis.compare.result import Comparison, Deciding, Relation, Witness
from lagrum.model.rulings import Ruling

WIDTH = 80
AT_FIRST = 3
"""Cases told on each side in the short view."""
LONGEST_EXACT = 15
"""Digits up to which a number is printed in full; JSON has all of them."""


def as_text(result: Comparison, *, everything: bool = False, plain: bool = False) -> str:
    """The relation, the cases that tell the laws apart, and the counts; `everything` tells all cases, `plain` one
    statement a line."""
    lines = wrapped(f"{str(result.relation).upper()}  {_meaning(result)}", 0, plain)
    where = "over all cases" if result.as_is else "where both apply"
    lines += wrapped(f"A  {result.a}, on {result.on_a}", 0, plain, hanging=3)
    lines += wrapped(f"B  {result.b}, on {result.on_b}", 0, plain, hanging=3)
    lines += wrapped(f"compared {where}, by {_what(result)}", 0, plain)
    if result.method == "estimate":
        known = "the relation is exact" if result.proved else "the relation is not known"
        lines += wrapped(f"estimate: too large to count, so the shares are those of a sample; {known}", 0, plain)
    left = 0
    for side, witnesses in (("A", result.witnesses_a), ("B", result.witnesses_b)):
        told = witnesses if everything or plain else witnesses[:AT_FIRST]
        left += len(witnesses) - len(told)
        for witness in told:
            lines += [*([] if plain else [""]), *_witness(result, side, witness, everything, plain)]
    lines += [*([] if plain else [""]), *wrapped(f"cases: {_counted(result)}", 0, plain)]
    if left:
        lines.append(f"{left} more: --all")
    return "\n".join(lines)


def rows(results: Sequence[Comparison]) -> list[tuple[str, ...]]:
    """A line of a table for each of several comparisons, under `HEADS`."""
    return [(r.a, r.relation.value, r.b, *(_number(r, name) for name in ("only_a", "only_b", "both"))) for r in results]


HEADS = ("A", "is", "B", "only A", "only B", "both")


def _meaning(result: Comparison) -> str:
    verb = _verb(result)
    match result.relation:
        case Relation.EQUIVALENT:
            return "no possible case tells them apart"
        case Relation.STRICTER:
            return f"A {verb} all that B {verb}, and more"
        case Relation.LOOSER:
            return f"B {verb} all that A {verb}, and more"
        case Relation.INCOMPARABLE:
            return f"each {verb} what the other does not"
        case Relation.UNDETERMINED:
            return "the laws are too large to tell; fix facts with `--given`"


def _verb(result: Comparison) -> str:
    return "forbids" if result.by == "forbidden" else "catches"


def _what(result: Comparison) -> str:
    return "what they forbid" if result.by == "forbidden" else result.by


def _witness(result: Comparison, side: str, witness: Witness, everything: bool, plain: bool) -> Iterator[str]:
    yield from wrapped(f"only {side} {_verb(result)}: {'; '.join(witness.facts) or 'the ordinary case'}", 0, plain, 2)
    if witness.besides and everything:
        yield from wrapped(f"as usual: {'; '.join(witness.besides)}", 4, plain)
    a, b = _decided(witness.ruling_a, witness.by_a), _decided(witness.ruling_b, witness.by_b)
    yield from wrapped(f"A: {a}", 4, plain)
    yield from wrapped(f"B: {b}", 4, plain)
    other = "B" if side == "A" else "A"
    if witness.unless:
        yield from wrapped(f"{other} {_verb(result)} it too where {' and '.join(witness.unless)}", 4, plain)
    else:
        yield from wrapped(f"{other} has no rule that {_verb(result)} this, whatever else is so", 4, plain)
    more = [" + ".join(practice) or "none of them" for practice in witness.practices[1:]]
    if more:
        yield from wrapped(f"the same rules decide: {'; '.join(more)}", 4, plain)


def _decided(ruling: Ruling, by: Sequence[Deciding]) -> str:
    told = [_words(each) for each in by[:4]]
    told += [f"{len(by) - 4} more"] if len(by) > 4 else []
    return f"{ruling}: {', '.join(told)}" if told else str(ruling)


def _words(each: Deciding) -> str:
    subject = each.citation or each.instrument
    return f"{subject} {each.does} {', '.join(each.of)}" if each.of else f"{subject} {each.does}"


def _counted(result: Comparison) -> str:
    names = {"only_a": "only A", "only_b": "only B", "both": "both", "neither": "neither"}
    said = [f"{words} {_number(result, name)}" for name, words in names.items()]
    if result.counts is not None and result.counts.outside:
        said.append(f"not compared, outside one of them {grouped(result.counts.outside)}")
    return "; ".join(said)


def _number(result: Comparison, name: str) -> str:
    if result.counts is not None:
        return grouped(getattr(result.counts, name))
    share = result.shares[name]
    return f"{share.low:.1%} to {share.high:.1%}"


def grouped(count: int) -> str:
    """`1,204,224`; very large numbers rounded, as `3.9e53`."""
    digits = len(str(count))
    return f"{count:,}" if digits <= LONGEST_EXACT else f"{count // 10 ** (digits - 2) / 10:.1f}e{digits - 1}"


def wrapped(text: str, indent: int, plain: bool, hanging: int | None = None) -> list[str]:
    """The text folded at eighty columns; on one line for the plain twin."""
    if plain:
        return [text.strip()]
    text = text.strip()
    below = " " * (indent + 2 if hanging is None else hanging)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_dict(result: Comparison) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the comparison."""
    counts = result.counts
    return {
        **result.envelope,
        "a": result.a,
        "b": result.b,
        "on_a": result.on_a,
        "on_b": result.on_b,
        "by": result.by,
        "as_is": result.as_is,
        "relation": result.relation.value,
        "proved": result.proved,
        "only_a_forbids": None if counts is None else str(counts.only_a),
        "only_b_forbids": None if counts is None else str(counts.only_b),
        "both": None if counts is None else str(counts.both),
        "neither": None if counts is None else str(counts.neither),
        "outside": None if counts is None else str(counts.outside),
        "shares": {n: {"share": s.share, "low": s.low, "high": s.high} for n, s in result.shares.items()},
        "witnesses": {
            "only_a": [_witness_dict(witness) for witness in result.witnesses_a],
            "only_b": [_witness_dict(witness) for witness in result.witnesses_b],
        },
    }


def _witness_dict(witness: Witness) -> dict[str, Any]:
    return {
        "practices": [list(practice) for practice in witness.practices],
        "facts": list(witness.facts),
        "besides": list(witness.besides),
        "unless": list(witness.unless),
        "a": {"ruling": witness.ruling_a.value, "by": [deciding_dict(each) for each in witness.by_a]},
        "b": {"ruling": witness.ruling_b.value, "by": [deciding_dict(each) for each in witness.by_b]},
        "case": {k: v if isinstance(v, str) else list(v) for k, v in witness.case.items()},
    }


def deciding_dict(each: Deciding) -> dict[str, Any]:
    return {
        "instrument": each.instrument,
        "citation": each.citation,
        "label": each.label,
        "does": each.does,
        "of": list(each.of),
    }
