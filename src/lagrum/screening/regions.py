"""The cases of each ruling as decision diagrams, read at once for many rows that leave answers open.

Whether a box holds a case of a diagram is seen from below upwards: a node does where one of its answers is open and
the node below that answer does (Darwiche and Marquis, 2002: consistency of a decomposable form under a term). So each
node is an *or* of *ands* over what rows leave open, exact however much is unknown, and goes to a circuit over codes
like everything else that is worked out column by column.

It works where a law fits: `Regions.of` gives None past `BUDGET`. What no column tells is taken out beforehand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from lagrum.model.cases import Box
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench
from lagrum.screening.rails import Rails
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import Diagrams
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.nodes import Nodes
from lagrum.semantics.sifting import Sifting

BUDGET = 400_000
MOST = 60_000
"""Nodes in the end: more would take longer to read than what is asked otherwise."""

EFFORT = 400_000
"""Nodes rebuilt to find a better order: some two seconds."""


class Regions:
    """For each ruling the possible cases that get it, on a day, of what is given."""

    def __init__(self, bench: Bench, nodes: Nodes, roots: Sequence[Node]) -> None:
        self.bench, self.nodes, self.roots = bench, nodes, tuple(roots)

    @staticmethod
    def of(bench: Bench, on: date, given: Box, told: Collection[str]) -> Regions | None:
        """`told` are the facts that rows may speak of. None where it does not fit."""
        diagrams = Diagrams(bench.order, BUDGET)
        known = {q: answers for q, answers in given.items() if q in diagrams.sizes}
        try:
            compiled = Compiled(bench.law, on, diagrams, known)
            leaves = Leaves(diagrams, known, [bench.law])
            ruled_out = (leaves.group(each.statement.when, leaves.single) for each in bench.impossible)
            possible = diagrams.both(diagrams.box(known), *map(diagrams.negate, ruled_out))
            rulings = compiled.rulings()
            without = diagrams.quantifier([q for q in diagrams.order if q.fact not in told])
            roots = [without(diagrams.both(rulings[ruling], possible)) for ruling in SETTLED]
        except BudgetExceeded:
            return None
        found = Regions(bench, diagrams, roots)
        return found if len(found._below()) <= MOST else None

    def _below(self) -> list[Node]:
        return sorted({n for root in self.roots for n in self.nodes.below(root)})

    def smaller(self) -> Regions:
        """The same in a better order, which takes a while to find."""
        sifting = Sifting(self.nodes, self.roots)
        sifting.sift(EFFORT)
        return Regions(self.bench, *sifting.nodes())

    def over(self, rails: Rails) -> list[Node]:
        """For each ruling the rows that it is possible for, in the circuit of `rails`; of rows that leave no answer to
        some question nothing is promised."""
        nodes, circuit, inputs = self.nodes, rails.circuit, self.bench.circuit.inputs
        held = {FALSE: FALSE, TRUE: TRUE}
        for node in self._below():
            question = nodes.order[nodes.levels[node]]
            answers_to: dict[Node, list[int]] = {}
            for answer, child in enumerate(nodes.children[node]):
                answers_to.setdefault(child, []).append(answer)
            parts: list[Node] = []
            for child, answers in answers_to.items():
                # What holds below every answer holds whichever is open.
                if all(nodes.implies(child, other) for other in answers_to):
                    parts.append(held[child])
                elif child != FALSE:
                    is_open = circuit.either(*(rails.of(inputs[question][answer])[0] for answer in answers))
                    parts.append(circuit.both(is_open, held[child]))
            held[node] = circuit.either(*parts)
        return [held[root] for root in self.roots]
