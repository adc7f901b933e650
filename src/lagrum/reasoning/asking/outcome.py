"""What an interview is after: the ruling, and where that leaves them open, the classes a case falls into.

What is being asked for is *settled* when every possible case has the same outcome. That is proved, not sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import compress

from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import Bench
from lagrum.semantics.evaluator import Evaluator
from lagrum.semantics.logic import Node

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

    def node(self, outcome: Outcome, bench: Bench) -> Node:
        """The cases with that outcome."""
        circuit, node = bench.circuit, bench.rulings[outcome.ruling]
        if outcome.ruling not in CLASSED:
            return node
        classes = self.class_nodes(bench).items()
        return circuit.both(node, *(held if name in outcome.classes else held ^ 1 for name, held in classes))

    def class_nodes(self, bench: Bench) -> Mapping[str, Node]:
        """The cases in each class."""
        binds = bench.grounds.binds
        return {name: bench.circuit.either(*(binds[key] for key in keys)) for name, keys in self.classes.items()}

    def function(self, bench: Bench, on: date) -> Callable[[Sequence[int]], Outcome | None]:
        """The outcome of a complete case, which answers the questions of `Bench.over` in their order; None for one that
        is not possible."""
        possible = bench.circuit.both(*(each.node for each in bench.impossible))
        classes = self.class_nodes(bench)
        roots = [possible, *bench.rulings.values(), *classes.values()]
        evaluator = Evaluator(bench.circuit, roots, bench.compiled.moment(on, self.law.readings))
        rulings, names, after = tuple(bench.rulings), tuple(classes), 1 + len(bench.rulings)

        def outcome(answers: Sequence[int]) -> Outcome | None:
            held = evaluator(answers)
            if not held[0]:
                return None
            ruling = rulings[held.index(True, 1) - 1]
            told = ruling in CLASSED
            return Outcome(ruling, tuple(compress(names, held[after:])) if told else ())

        return outcome
