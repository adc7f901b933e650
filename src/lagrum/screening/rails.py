"""A law over columns of codes: for every node whether it may hold of a row, and whether it must.

The circuit is specialised to a day, to the law's readings and to what was given for the run; facts that the register
has no column for are unknown in every row. Each node becomes two nodes over codes, *may* and *must*, by three-valued
logic; where nothing is unknown the two are one. They live in a circuit again, whose questions are columns and whose
answers are codes, so what is said twice is worked out once.

Three-valued logic errs on one side only: what must hold does, what may not hold does not. Where it leaves something
open, `Patterns` has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.reasoning.bench import Bench
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

Rail = tuple[Node, Node]
"""Where a node may hold, and where it must."""

UNKNOWN: Rail = (TRUE, FALSE)


class Unexpressed(Exception):
    """Something of a law that cannot be said over columns; the message names it."""


class Rails:
    """Nodes of a law as nodes over codes. `said` tells for each column and code what it leaves open, `present` which
    codes occur: of others nothing is promised. `circuit` may be shared by rails over the same columns."""

    def __init__(
        self,
        bench: Bench,
        fixed: Box,
        said: Mapping[str, Sequence[Box]],
        present: Mapping[str, Sequence[int]],
        circuit: Circuit | None = None,
    ) -> None:
        self.bench = bench
        self._fixed, self._said, self._present = fixed, said, present
        # A question with one answer is asked like one with two, since a circuit knows no other.
        self.circuit = circuit or Circuit([(Question(fact), max(2, len(codes))) for fact, codes in said.items()])
        self._known: dict[int, Rail] = {0: (FALSE, FALSE)}
        for question, nodes in bench.circuit.inputs.items():
            for answer, node in enumerate(nodes):
                if not node & 1:
                    self._known[node >> 1] = self._input(question, answer)

    def _input(self, question: Question, answer: int) -> Rail:
        fixed, said = self._fixed.get(question), self._said.get(question.fact)
        if said is None:
            return _held(fixed, answer)
        may: list[int] = []
        must: list[int] = []
        for code in self._present[question.fact]:
            left = said[code].get(question, fixed)
            if left is not None and fixed is not None:
                left &= fixed
            can, does = _held(left, answer)
            may += [code] if can == TRUE else []
            must += [code] if does == TRUE else []
        return self.among(question.fact, may), self.among(question.fact, must)

    def among(self, fact: str, codes: Sequence[int]) -> Node:
        """Where the column has one of the codes."""
        every = len(codes) == len(self._present[fact])
        return TRUE if every else self.circuit.test(Question(fact), codes)

    def of(self, node: Node) -> Rail:
        """Where the node may and where it must hold."""
        gates, known, both = self.bench.circuit.gates, self._known, self.circuit.both
        waiting = [node >> 1]
        while waiting:
            gate = waiting[-1]
            if gate in known:
                waiting.pop()
                continue
            if not gates[gate]:
                raise Unexpressed(f"gate {gate} of the law is neither an answer nor joined of any")
            unknown = [n >> 1 for n in gates[gate] if n >> 1 not in known]
            if unknown:
                waiting += unknown
                continue
            waiting.pop()
            parts = [self._turned(each) for each in gates[gate]]
            known[gate] = both(*(may for may, _ in parts)), both(*(must for _, must in parts))
        return self._turned(node)

    def _turned(self, node: Node) -> Rail:
        may, must = self._known[node >> 1]
        return (must ^ 1, may ^ 1) if node & 1 else (may, must)


def _held(left: frozenset[int] | None, answer: int) -> Rail:
    """Whether an answer may and must be given, of those left; None where nothing is known."""
    if left is None:
        return UNKNOWN
    return (TRUE if answer in left else FALSE), (TRUE if left == frozenset([answer]) else FALSE)
