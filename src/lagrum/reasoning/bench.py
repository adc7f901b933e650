"""One law, laid out for questions about cases: written once in clauses, for every day and in every reading."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.instruments import Impossible
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.grounds import Grounds
from lagrum.reasoning.here import Here
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.logic import Node
from lagrum.semantics.order import question_order, relevant_impossible
from lagrum.semantics.timeless import Timeless

KEPT = 8
GROWN = 100_000  # gates: what cases have added is then thrown away
NOTHING: Box = {}


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A statement of the impossible, and the cases that it leaves."""

    statement: Impossible
    node: Node


class Bench:
    """A law in clauses. `over` are the questions that it asks, `sizes` how many answers they have."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.compiled = Timeless(law)
        self.circuit = self.compiled.circuit
        self.sizes: Mapping[Question, int] = dict(self.compiled.asked)
        self.over = tuple(self.sizes)
        leaves = Leaves(self.circuit, NOTHING, [law])
        self.impossible = tuple(
            RuledOut(statement, self.circuit.negate(leaves.group(statement.when, leaves.single)))
            for statement in relevant_impossible([law], beside=True)
        )

    @cached_property
    def clauses(self) -> Clauses:
        """What is possible."""
        return Clauses(self.circuit, (each.node for each in self.impossible))

    @cached_property
    def places(self) -> Mapping[int, int]:
        """For the gate of each answer where in `over` its question stands."""
        inputs = self.circuit.inputs
        return {node >> 1: i for i, question in enumerate(self.over) for node in inputs[question]}

    @cached_property
    def order(self) -> Sequence[tuple[Question, int]]:
        """The order in which diagrams of the law ask its questions."""
        return question_order(self.law, beside=True)

    @cached_property
    def rulings(self) -> Mapping[Ruling, Node]:
        """The cases of each settled ruling, on every day and in every reading."""
        return self.compiled.rulings()

    @cached_property
    def grounds(self) -> Grounds:
        """What each ruling rests on."""
        return Grounds(self.compiled)

    def here(self, on: date, box: Box = NOTHING, presuming: Sequence[str] = ()) -> Here:
        """The possible cases of a box on a day, read as the law is."""
        return Here(self, on, box, tuple(presuming), self.law.readings)


_benches: OrderedDict[int, Bench] = OrderedDict()


def bench_of(law: Law) -> Bench:
    """The bench of a law; the last few are kept, since one law is asked many things."""
    # The bench holds the law, so that no other can get its number while it is kept.
    bench = _benches.pop(id(law), None)
    if bench is None or len(bench.circuit.gates) > GROWN:
        bench = Bench(law)
    _benches[id(law)] = bench
    while len(_benches) > KEPT:
        _benches.popitem(last=False)
    return bench


def ruling_of(possible: Sequence[Ruling]) -> Ruling:
    """The one ruling that is possible, or `undetermined`."""
    return possible[0] if len(possible) == 1 else Ruling.UNDETERMINED
