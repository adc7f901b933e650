"""Worked cases held against the law, and which of its rules and exceptions they reach.

A case passes when everything it expects comes out. Coverage counts norms, not lines: whether a norm applied in some
case, was met and then lifted or taken out in some case, or never mattered; and for each exception and exclusion whether
some case has it lift or take out each norm it is meant for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lagrum.model.cases import Case, Expectation
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.attaching import attaching
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.standing import Standing, deciding

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

    def add(self, standing: Standing) -> None:
        """Count how every norm of this law stands to one case."""
        found = {key: standing.status(key) for key in self.law.norms}
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
                standing = Standing(here_for(law, day, case)[0])
                reach.add(standing)
                trials.append(_trial(case, case.expect, standing))
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


def _trial(case: Case, expect: Expectation, standing: Standing) -> Trial:
    """What the law makes of the case: less than an assessment, only what a case can expect, and so much quicker."""
    possible = standing.here.possible_rulings()
    reasons = list(dict.fromkeys(str(norm.citation) for _, norm in deciding(standing, possible)))
    failures = [*_ruling_failures(expect, possible), *_reason_failures(expect, reasons)]
    if expect.tiers is not None:
        tiers = sorted({tier.tier for tier in attaching(standing)[0] if tier.applies == "yes"})
        if sorted(set(expect.tiers)) != tiers:
            failures.append(f"expected the tiers {_listed(sorted(expect.tiers))}, got {_listed(tiers)}")
    law, on = standing.law.id, standing.here.on
    return Trial(case, law, on, ruling_of(possible), possible, tuple(failures), tuple(reasons))


def _ruling_failures(expect: Expectation, possible: Sequence[Ruling]) -> Iterator[str]:
    got = possible[0].value if len(possible) == 1 else f"undetermined ({' or '.join(possible)})"
    if expect.ruling is not None and expect.ruling != ruling_of(possible):
        yield f"expected {expect.ruling}, got {got}"
    if expect.possible is not None and set(expect.possible) != set(possible):
        yield f"expected {' or '.join(expect.possible)} to be possible, got {got}"


def _reason_failures(expect: Expectation, reasons: Sequence[str]) -> Iterator[str]:
    for text in expect.because:
        if not _among(text, reasons):
            yield f"expected {text} among the reasons, got {_listed(reasons)}"
    for text in expect.not_because:
        if _among(text, reasons):
            yield f"expected {text} not to be a reason, and it is: {_listed(reasons)}"


def _among(text: str, reasons: Sequence[str]) -> bool:
    """Whether one of the reasons stands at the citation or below it. A law not in force is a reason by its own name."""
    place = _citation(text)
    return any(reason == text or (place and (c := _citation(reason)) and place.covers(c)) for reason in reasons)


def _citation(text: str) -> Citation | None:
    try:
        return parse_citation(text)
    except ValueError:
        return None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
