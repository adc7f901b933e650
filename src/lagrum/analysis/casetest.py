"""Worked cases held against the law, and which of its rules and exceptions they reach.

A case passes when everything it expects comes out. Coverage counts norms, not lines: whether a norm applied in some
case, was met and then lifted or taken out in some case, or never mattered; and for each exception and exclusion whether
some case has it lift or take out each norm it is meant for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from lagrum.model.cases import Case, Expectation
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning import Assessment, assess

_STOPS = {NormKind.EXCEPT: Status.DEFEATED, NormKind.EXCLUDE: Status.EXCLUDED}


@dataclass(frozen=True, slots=True)
class Trial:
    """One case under one law on one date. `failures` says in sentences what did not come out; empty: it passed."""

    case: Case
    law: str
    on: date
    ruling: Ruling
    possible: tuple[Ruling, ...]
    failures: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.failures


@dataclass(slots=True)
class NormCoverage:
    """In how many trials a norm applied, and in how many it was met and lifted or taken out."""

    norm: Norm
    applied: int = 0
    stopped: int = 0

    @property
    def reached(self) -> bool:
        return bool(self.applied or self.stopped)


@dataclass(slots=True)
class EdgeCoverage:
    """In how many trials an exception lifted a norm, or an exclusion took it out."""

    source: Norm
    target: Norm
    held: int = 0


@dataclass(slots=True)
class Coverage:
    """What the trials of one law reach."""

    law: Law
    norms: dict[str, NormCoverage] = field(default_factory=dict)
    edges: list[EdgeCoverage] = field(default_factory=list)

    def add(self, assessment: Assessment) -> None:
        """Count one assessment of this law."""
        found = dict(zip(self.law.norms, (each.status for each in assessment.norms), strict=True))
        for key, status in found.items():
            self.norms[key].applied += status is Status.APPLIES
            self.norms[key].stopped += status in (Status.DEFEATED, Status.EXCLUDED)
        for edge in self.edges:
            stops = found[edge.target.key] is _STOPS[edge.source.kind]
            edge.held += stops and found[edge.source.key] is Status.APPLIES


@dataclass(frozen=True, slots=True)
class Tested:
    """All trials, and the coverage of each law that was tried."""

    trials: tuple[Trial, ...]
    coverage: tuple[Coverage, ...]

    @property
    def failed(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if not trial.passed)


def run_cases(cases: Iterable[tuple[Case, Sequence[Law]]], each: Callable[[Trial], None] = lambda _: None) -> Tested:
    """Try each case that expects something under each of its laws on each of its dates (today where it names none).

    `each` hears of every trial as it is done. Raises `InvalidInput` for a case that says what cannot be.
    """
    trials: list[Trial] = []
    coverage: dict[tuple[str, str], Coverage] = {}
    for case, laws in cases:
        if case.expect is None:
            continue
        for law in laws:
            reach = coverage.setdefault((law.id, law.hash), _coverage_of(law))
            for day in case.dates or (date.today(),):
                assessment = assess(law, case, day)
                reach.add(assessment)
                trials.append(_trial(assessment, case.expect))
                each(trials[-1])
    return Tested(tuple(trials), tuple(coverage.values()))


def _coverage_of(law: Law) -> Coverage:
    edges = [
        EdgeCoverage(norm, law.norms[target])
        for norm in law.norms.values()
        if norm.kind in _STOPS and not norm.from_all
        for target in norm.targets
        if target in law.norms
    ]
    return Coverage(law, {key: NormCoverage(norm) for key, norm in law.norms.items()}, edges)


def _trial(assessment: Assessment, expect: Expectation) -> Trial:
    reasons = [norm.citation for norm in assessment.because_norms]
    return Trial(
        assessment.case,
        assessment.law.id,
        assessment.on,
        assessment.ruling,
        assessment.possible,
        tuple(_failures(assessment, expect, [parse_citation(reason) for reason in reasons])),
        tuple(dict.fromkeys(reasons)),
    )


def _failures(assessment: Assessment, expect: Expectation, reasons: Sequence[Citation]) -> Iterable[str]:
    if expect.ruling is not None and expect.ruling != assessment.ruling:
        yield f"expected {expect.ruling}, got {_words(assessment)}"
    if expect.possible is not None and set(expect.possible) != {str(r) for r in assessment.possible}:
        yield f"expected {' or '.join(expect.possible)} to be possible, got {_words(assessment)}"
    named = ", ".join(dict.fromkeys(str(reason) for reason in reasons)) or "none"
    for text in expect.because:
        if not _among(text, reasons):
            yield f"expected {text} among the reasons, got {named}"
    for text in expect.not_because:
        if _among(text, reasons):
            yield f"expected {text} not to be a reason, and it is: {named}"
    if expect.tiers is not None:
        tiers = sorted({tier.tier for tier in assessment.tiers if tier.applies == "yes"})
        if sorted(set(expect.tiers)) != tiers:
            yield f"expected the tiers {_listed(sorted(expect.tiers))}, got {_listed(tiers)}"


def _among(text: str, reasons: Sequence[Citation]) -> bool:
    """Whether one of the reasons stands at the citation or below it."""
    return any(parse_citation(text).covers(reason) for reason in reasons)


def _words(assessment: Assessment) -> str:
    if assessment.ruling is not Ruling.UNDETERMINED:
        return assessment.ruling.value
    return f"undetermined ({' or '.join(r.value for r in assessment.possible)})"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
