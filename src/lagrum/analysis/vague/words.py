"""Vagueness in words: the text for a terminal, tables, and the JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lagrum.analysis.compare.words import grouped, wrapped
from lagrum.analysis.vague.result import Judged, Measure, Vague, Witness

AT_FIRST = 5
"""Judgements told with a case in the short view."""
HEADS = ("judgement", "alone", "in company", "method", "decided by", "vouched by", "asked at")
ANY, INSIDE = "any judgement", "any, outside left aside"


def as_text(result: Vague, *, everything: bool = False, plain: bool = False) -> str:
    """The share that hangs on any judgement, then each judgement; `everything` tells a case of each, `plain` one
    statement a line."""
    gap = [] if plain else [""]
    lines = wrapped(f"{_percent(result.anything)} of the cases that {result.law} governs hang on a judgement", 0, plain)
    lines += wrapped(f"where it is settled that the law reaches them: {_percent(result.inside)}", 0, plain)
    lines += wrapped(f"on {result.on}; {_counted(result)}", 0, plain)
    switching = [each for each in result.judged if each.witness is not None]
    for number, each in enumerate(switching, start=1):
        shown = everything or plain or number <= AT_FIRST
        if shown or number == AT_FIRST + 1:
            lines += gap
        lines += _judged(number, each, shown, plain)
    idle = [f"{each.fact} ({', '.join(each.asked_at)})" for each in result.judged if each.witness is None]
    if idle:
        lines += [*gap, *wrapped(f"switch no ruling of these cases: {'; '.join(idle)}", 0, plain)]
    if len(switching) > AT_FIRST and not (everything or plain):
        lines += [*gap, "a case for each: --all"]
    return "\n".join(lines)


def _counted(result: Vague) -> str:
    which = f" that {result.against} forbids" if result.against else ""
    if result.cases is None:
        return f"too many cases{which} to count: shares of a sample, with their 95 % intervals"
    told = f"{grouped(result.cases)} cases{which}"
    return f"{told}, counted exactly" if result.method == "exact" else f"{told}; where it says so, shares of a sample"


def _judged(number: int, each: Judged, shown: bool, plain: bool) -> Iterator[str]:
    shares = f"{_percent(each.alone)} alone, {_percent(each.company)} in company"
    if not shown:
        yield from wrapped(f"{number}. {each.fact}: {shares}  {', '.join(each.asked_at)}", 0, plain, 4)
        return
    yield from wrapped(f"{number}. {each.fact}: {each.question}", 0, plain, 4)
    yield from wrapped(shares, 4, plain)
    by = [
        f"decided by {each.decided_by}" if each.decided_by else "",
        each.vouched_by and f"vouched by {each.vouched_by}",
    ]
    yield from wrapped("; ".join(filter(None, [", ".join(each.asked_at), *by])), 4, plain)
    if each.witness is not None:
        yield from _witness(each.witness, plain)


def _witness(witness: Witness, plain: bool) -> Iterator[str]:
    before, after = "; ".join(witness.before), "; ".join(witness.after)
    yield from wrapped(f"{witness.ruling_before}: {before}", 4, plain)
    yield from wrapped(f"{witness.ruling_after}: {after}", 4, plain)
    yield from wrapped(f"where {'; '.join(witness.facts) or 'all is as usual'}", 4, plain)
    turned = [f"{each.citation or each.instrument} {each.before}, then {each.after}" for each in witness.turned]
    if turned:
        yield from wrapped("; ".join(turned[:4]) + (f"; {len(turned) - 4} more" if len(turned) > 4 else ""), 4, plain)


def _percent(measure: Measure) -> str:
    if measure.method == "exact":
        return percent(measure.share)
    return f"{percent(measure.share)} (estimate, {percent(measure.low)} to {percent(measure.high)})"


def percent(share: float) -> str:
    """A share with two or three digits that count.

    >>> percent(0.6054), percent(0.0000426), percent(0.0), percent(1.0)
    ('60.5%', '0.0043%', '0%', '100%')
    """
    hundredth = 100 * share
    if hundredth >= 10:
        return f"{hundredth:.1f}%".replace(".0%", "%")
    if hundredth and hundredth < 1e-4:
        return f"{hundredth:.1e}%"
    return f"{float(f'{hundredth:.2g}'):.6f}".rstrip("0").rstrip(".") + "%"


def rows(result: Vague) -> list[tuple[str, ...]]:
    """The lines of a table, under `HEADS`; what hangs on any judgement first."""
    found: list[tuple[str, ...]] = [
        (name, _percent(measure), "", measure.method, "", "", "")
        for name, measure in ((ANY, result.anything), (INSIDE, result.inside))
    ]
    for each in result.judged:
        method = "exact" if each.alone.method == each.company.method == "exact" else "estimate"
        shares = (_percent(each.alone), _percent(each.company), method)
        found.append((each.fact, *shares, each.decided_by, each.vouched_by, ", ".join(each.asked_at)))
    return found


def heads_beside(results: Sequence[Vague]) -> tuple[str, ...]:
    """The heads of the table that sets several laws side by side."""
    return ("judgement", *(f"{r.law}: {what}" for r in results for what in ("alone", "in company")))


def rows_beside(results: Sequence[Vague]) -> list[tuple[str, ...]]:
    """A line for each judgement that any of the laws asks, `not asked` where a law does not; the most telling first."""
    by_law = [{each.fact: each for each in result.judged} for result in results]
    names = dict.fromkeys(name for judged in by_law for name in judged)
    most = {name: max(j[name].alone.share for j in by_law if name in j) for name in names}
    found = [
        (ANY, *(cell for r in results for cell in (_percent(r.anything), ""))),
        (INSIDE, *(cell for r in results for cell in (_percent(r.inside), ""))),
    ]
    for name in sorted(names, key=lambda each: -most[each]):
        cells = [_cells(judged.get(name)) for judged in by_law]
        found.append((name, *(cell for pair in cells for cell in pair)))
    return found


def _cells(each: Judged | None) -> tuple[str, str]:
    return ("not asked", "") if each is None else (_percent(each.alone), _percent(each.company))


def as_dict(result: Vague) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the measure."""
    return {
        **result.envelope,
        "law": result.law,
        "against": result.against,
        "counted_on": result.on,
        "cases": None if result.cases is None else str(result.cases),
        "any": _measure_dict(result.anything),
        "inside": _measure_dict(result.inside),
        "judged": [_judged_dict(each) for each in result.judged],
    }


def _judged_dict(each: Judged) -> dict[str, Any]:
    return {
        "fact": each.fact,
        "question": each.question,
        "asked_at": list(each.asked_at),
        "decided_by": each.decided_by,
        "vouched_by": each.vouched_by,
        "switches": each.witness is not None,
        "alone": _measure_dict(each.alone),
        "company": _measure_dict(each.company),
        "witness": None if each.witness is None else _witness_dict(each.witness),
    }


def _measure_dict(measure: Measure) -> dict[str, Any]:
    return {
        "share": measure.share,
        "low": measure.low,
        "high": measure.high,
        "cases": None if measure.cases is None else str(measure.cases),
        "method": measure.method,
    }


def _witness_dict(witness: Witness) -> dict[str, Any]:
    return {
        "facts": list(witness.facts),
        "before": {"answers": list(witness.before), "ruling": witness.ruling_before.value},
        "after": {"answers": list(witness.after), "ruling": witness.ruling_after.value},
        "turned": [
            {"instrument": t.instrument, "citation": t.citation, "label": t.label, "before": t.before, "after": t.after}
            for t in witness.turned
        ],
        "case": {name: value if isinstance(value, str) else list(value) for name, value in witness.case.items()},
    }
