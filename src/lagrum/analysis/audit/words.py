"""An audit in words: the text for a terminal, the rows of a table and the JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lagrum.analysis.audit.result import Audit, Finding, Level, Moment
from lagrum.analysis.compare.words import wrapped

AT_FIRST = 12
"""Findings told in the short view."""

HEADS = ("law", "level", "kind", "citation", "finding", "reasons", "readings")


def as_text(result: Audit, *, everything: bool = False, plain: bool = False) -> str:
    """The findings, the most telling first; `everything` tells those of low level and all reasons too."""
    lines = wrapped(_summary(result), 0, plain)
    told = [f for f in result if everything or plain or f.level is not Level.LOW]
    told = told if everything or plain else told[:AT_FIRST]
    law = ""
    for number, finding in enumerate(told, start=1):
        if finding.law != law and len(result.laws) > 1:
            law = finding.law
            lines += [*([] if plain else [""]), law]
        lines += [*([] if plain else [""]), *_finding(number, finding, plain)]
    if (rest := len(result) - len(told)) > 0:
        lines += ["", f"{rest} more: --all tells them, --kind KIND chooses"]
    return "\n".join(lines)


def _summary(result: Audit) -> str:
    of = result.laws[0] if len(result.laws) == 1 else f"{len(result.laws)} laws"
    if not result.findings:
        return f"NOTHING FOUND  in {of}"
    counts = Counter(finding.level for finding in result)
    levels = ", ".join(f"{counts[level]} {level}" for level in Level if counts[level])
    return f"{len(result)} FINDING{'' if len(result) == 1 else 'S'}  in {of}: {levels}"


def _finding(number: int, finding: Finding, plain: bool) -> Iterator[str]:
    yield from wrapped(f"{number}. {finding.kind}: {finding.sentence}", 0, plain, 4)
    for i, reason in enumerate(finding.reasons):
        head = "" if finding.kind == "silent" else "because " if i == 0 else "and "
        yield from wrapped(f"{head}{reason}", 4, plain, 6)
    if finding.readings:
        yield from wrapped(f"only where {' and '.join(finding.readings)}", 4, plain, 6)
    if finding.moment is not None:
        yield from wrapped(_told(finding.moment), 4, plain, 6)


def _told(moment: Moment) -> str:
    case = f"the usual case, except that {'; '.join(moment.except_that)}" if moment.except_that else "the usual case"
    reading = f", where {' and '.join(moment.readings)}" if moment.readings else ""
    return f"as in {case}; on {moment.on}{reading} it is {moment.ruling}"


def rows(result: Audit) -> Iterator[tuple[str, ...]]:
    """A row for each finding, under `HEADS`."""
    for f in result:
        citation = f.citations[0] if f.citations else ""
        yield f.law, f.level, f.kind, citation, f.sentence, "; ".join(f.reasons), "; ".join(f.readings)


def as_dict(result: Audit) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the findings."""
    return {**result.envelope, "audited": list(result.laws), "findings": [_as_dict(finding) for finding in result]}


def _as_dict(finding: Finding) -> dict[str, Any]:
    return {
        "law": finding.law,
        "kind": finding.kind,
        "level": str(finding.level),
        "norm": finding.norm,
        "citations": list(finding.citations),
        "sentence": finding.sentence,
        "reasons": list(finding.reasons),
        "by": list(finding.by),
        "readings": list(finding.readings),
        "witness": None if finding.moment is None else _moment(finding.moment),
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "on": moment.on,
        "ruling": str(moment.ruling),
        "readings": list(moment.readings),
        "except_that": list(moment.except_that),
        "case": {name: said if isinstance(said, str) else list(said) for name, said in moment.case.items()},
    }
