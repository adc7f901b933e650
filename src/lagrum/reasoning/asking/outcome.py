"""What an interview is after: the ruling, and where that leaves them open, the classes a case falls into.

What is being asked for is *settled* when every possible case has the same outcome. That is proved, not sampled: each
way to have another outcome is a list of small diagrams that cannot all hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lagrum.model.cases import Complete
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Ruling, Status
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.search import Point, Term
from lagrum.semantics.reference import Reference

CLASSED = (Ruling.EXCEPTED, Ruling.REGULATED)  # under the other rulings no class tells anything more


class Until(StrEnum):
    """Where an interview ends: when the ruling is settled, or the classes too."""

    RULING = "ruling"
    CLASSES = "classes"


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """The ruling of a complete case, and the classes it falls into where these are asked for."""

    ruling: Ruling
    classes: tuple[str, ...] = ()


class Outcomes:
    """The outcomes of one law for one purpose."""

    def __init__(self, law: Law, until: Until) -> None:
        self.law = law
        found: dict[str, list[str]] = {}
        for norm in law.norms.values() if until is Until.CLASSES else ():
            if norm.kind is NormKind.CLASSIFY:
                found.setdefault(norm.tier, []).append(norm.key)
        self.classes: Mapping[str, list[str]] = found

    def of(self, case: Complete, reference: Reference) -> Outcome:
        """The outcome of a complete case."""
        ruling = reference.ruling(case)
        if ruling not in CLASSED:
            return Outcome(ruling)
        held = (
            name
            for name, keys in self.classes.items()
            if any(reference.status(key, case) is Status.APPLIES for key in keys)
        )
        return Outcome(ruling, tuple(held))

    def at(self, point: Point, bench: Bench) -> Outcome:
        """The outcome of a complete case in the box of `bench`, read off its diagrams."""
        grounds, holds = bench.grounds, bench.diagrams.holds_at
        ruling = next((r for r, nodes in grounds.ranks if any(holds(node, point) for node in nodes)), None)
        if ruling is None:
            outside = any(all(holds(node, point) for node in term) for term in grounds.outside)
            ruling = Ruling.OUTSIDE if outside else Ruling.UNREGULATED
        if ruling not in CLASSED:
            return Outcome(ruling)
        binds = grounds.binds
        held = (
            name
            for name, keys in self.classes.items()
            if any(key in binds and holds(binds[key], point) for key in keys)
        )
        return Outcome(ruling, tuple(held))

    def otherwise(self, outcome: Outcome, bench: Bench) -> Iterator[Term]:
        """Every way to have another outcome, as terms in the diagrams of `bench`. Raises `BudgetExceeded`."""
        grounds, negate = bench.grounds, bench.diagrams.negate
        yield from grounds.cover([ruling for ruling in SETTLED if ruling is not outcome.ruling])
        if outcome.ruling not in CLASSED:
            return
        for name, keys in self.classes.items():
            nodes = tuple(dict.fromkeys(grounds.binds[key] for key in keys if key in grounds.binds))
            if name in outcome.classes:
                yield tuple(map(negate, nodes))
            else:
                yield from ((node,) for node in nodes)
