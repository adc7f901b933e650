"""Clauses: a circuit put to a SAT solver, which says whether something can be so, and what makes it impossible.

The clauses are Tseitin's, written gate by gate as the questions need them, so that nothing is solved that nobody asked
about. The solver keeps what it has learnt from one question to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Solver

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

SOLVER = "minisat22"
"""Measured on the European act of 2024: among those of python-sat that keep what they learn, the quickest to begin."""

Literal = int
"""The number of a gate, negative where it must not hold."""


class Clauses:
    """The cases in which every one of `always` holds, and what can be asked of them."""

    def __init__(self, circuit: Circuit, always: Iterable[Node] = ()) -> None:
        self.circuit = circuit
        self._solver = Solver(name=SOLVER)
        self._clauses: list[list[Literal]] = []
        self._written: set[int] = set()
        self._possible = True
        for question in circuit.order:
            answers = circuit.inputs[question]
            if len(answers) > 2:
                literals = [node >> 1 for node in answers]
                self._add(literals)
                for i, one in enumerate(literals):
                    for other in literals[:i]:
                        self._add([-one, -other])
        for node in always:
            if node == FALSE:
                self._possible = False
            elif node != TRUE:
                self._add([self.literal(node)])

    def literal(self, node: Node) -> Literal:
        """The literal of a node that is neither `FALSE` nor `TRUE`; its clauses are written where they were not yet."""
        gate = node >> 1
        if gate not in self._written:
            self._write(gate)
        return -gate if node & 1 else gate

    def _add(self, clause: list[Literal]) -> None:
        self._clauses.append(clause)
        self._solver.add_clause(clause)

    def _write(self, gate: int) -> None:
        gates, written, add = self.circuit.gates, self._written, self._add
        waiting = [gate]
        while waiting:
            here = waiting.pop()
            if here in written:
                continue
            written.add(here)
            joined = [-(node >> 1) if node & 1 else node >> 1 for node in gates[here]]
            if joined:
                for each in joined:
                    add([-here, each])
                add([here, *(-each for each in joined)])
                waiting.extend(node >> 1 for node in gates[here])

    def answers(self, box: Box) -> list[Literal]:
        """What a box says, as literals; several answers to one question rule out the others."""
        found: list[Literal] = []
        for question, allowed in box.items():
            nodes = self.circuit.inputs[question]
            if len(allowed) == 1:
                found.append(self.literal(nodes[min(allowed)]))
            elif len(nodes) > 2 or not allowed:
                found += [self.literal(node ^ 1) for i, node in enumerate(nodes) if i not in allowed]
        return found

    def solve(self, assumed: Sequence[Literal]) -> bool:
        """Whether all of the literals can hold together."""
        return self._possible and bool(self._solver.solve(assumptions=assumed))

    def model(self) -> Sequence[Literal]:
        """After a `solve` that found something: every gate written so far, as it is in what was found."""
        return self._solver.get_model() or ()

    def case(self, over: Iterable[Question] | None = None) -> dict[Question, int]:
        """After a `solve` that found something: the complete case that was found, or its answers to these questions."""
        model, inputs = self.model(), self.circuit.inputs
        size = len(model)
        found: dict[Question, int] = {}
        for question in self.circuit.order if over is None else over:
            found[question] = 0  # an answer that stands in no clause is not in the model: the first is as good as any
            for answer, node in enumerate(inputs[question]):
                if not node & 1 and node >> 1 <= size and model[(node >> 1) - 1] > 0:
                    found[question] = answer
                    break
        return found

    def core(self) -> frozenset[Literal]:
        """After a `solve` that found nothing: assumed literals that cannot hold together."""
        return frozenset(self._solver.get_core() or ())

    def as_wished(self, assumed: Sequence[Literal], wished: Sequence[Literal]) -> frozenset[Literal] | None:
        """As many of the wished literals as can hold together beside the assumed ones; None where these cannot."""
        if not self.solve(assumed):
            return None
        formula = WCNF()
        formula.extend([*self._clauses, *([literal] for literal in assumed)])
        formula.extend([[literal] for literal in wished], weights=[1] * len(wished))
        with RC2(formula) as maximal:
            return frozenset(maximal.compute()).intersection(wished)

    def implied(self, assumed: Sequence[Literal]) -> frozenset[Literal]:
        """Literals that hold wherever the assumed ones do, as far as that can be seen at once."""
        _, found = self._solver.propagate(assumptions=assumed)
        return frozenset(found)

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Make what is found look like these literals where nothing speaks against it."""
        self._solver.set_phases(list(literals))
