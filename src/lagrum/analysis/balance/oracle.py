"""What any set of edits closes and loses, answered by a solver on the law with its switches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

from lagrum.analysis.balance.changes import Change, switch, switched
from lagrum.analysis.balance.parts import Parts
from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses, Literal
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.order import asked_questions

TWIN = "twin"


class Oracle:
    """A law with all candidates behind switches. A set of edits is a set of their places in the list."""

    def __init__(self, law: Law, position: Law, on: date, changes: Sequence[Change], given: Box) -> None:
        self.changes = changes
        self.amended = switched(law, changes, position.vocabularies)
        self._twin_law = switched(law, changes, position.vocabularies, TWIN)
        circuit = Circuit(asked_questions(self.amended, self._twin_law, position))
        self.parts = Parts(law, position, on, circuit, given)
        self.before = self.parts.forbids
        self.after = Compiled(self.amended, on, circuit, given).forbids
        self._day, self._given = on, given
        self.circuit = circuit
        self.clauses = Clauses(circuit, [self.parts.possible])
        self._nodes = [circuit.inputs[Question(switch(i))][1] for i in range(len(changes))]
        self._on = [self._literal(node) for node in self._nodes]

    def _literal(self, node: Node) -> Literal:
        return self.clauses.literal(node)

    @cached_property
    def _twin(self) -> Node:
        """What a second copy of the law, with switches of its own, forbids."""
        return Compiled(self._twin_law, self._day, self.circuit, self._given).forbids

    # --- questions -------------------------------------------------------------------------------------------

    def can(self, *nodes: Node, edits: Collection[int] = ()) -> bool:
        """Whether the nodes can hold together with exactly these edits made."""
        if FALSE in nodes:
            return False
        wanted = [self._literal(node) for node in nodes if node != TRUE]
        return self.clauses.solve([*self._made(edits), *wanted])

    def closes(self, node: Node, edits: Collection[int]) -> bool:
        """Whether every case of the node is forbidden with these edits."""
        return not self.can(node, self.circuit.negate(self.after), edits=edits)

    def touches(self, node: Node, edits: Collection[int]) -> bool:
        """Whether some case of the node that was not forbidden is, with these edits."""
        return self.can(node, self.circuit.negate(self.before), self.after, edits=edits)

    def _made(self, edits: Collection[int]) -> list[Literal]:
        return [literal if i in edits else -literal for i, literal in enumerate(self._on)]

    # --- what more or less would do ------------------------------------------------------------------------------

    def grown(self, node: Node, edits: Iterable[int], among: Iterable[int]) -> frozenset[int]:
        """A largest set of edits, with those given, that does not close the node either; they do not."""
        kept = set(edits)
        wanted = [] if node == TRUE else [self._literal(node)]
        wanted.append(self._literal(self.circuit.negate(self.after)))
        self.clauses.prefer(self._on)
        waiting = [i for i in among if i not in kept]
        unused = [-literal for i, literal in enumerate(self._on) if i not in kept and i not in set(waiting)]
        while waiting:
            trial = waiting.pop()
            if self.clauses.solve([*wanted, *unused, *(self._on[i] for i in kept), self._on[trial]]):
                held = frozenset(self.clauses.model())
                kept |= {trial, *(i for i in waiting if self._on[i] in held)}
                waiting = [i for i in waiting if i not in kept]
        return frozenset(kept)

    def shrunk(self, node: Node, edits: Iterable[int]) -> frozenset[int]:
        """A smallest part of the edits that still touches the node, as they do: none of them can be spared."""
        kept = list(edits)
        for each in list(kept):
            fewer = [i for i in kept if i != each]
            if self.touches(node, fewer):
                kept = fewer
        return frozenset(kept)

    def lenient(self, edits: Collection[int]) -> list[int]:
        """The edits that can make something lawful in company of some of the others; the rest only ever forbid more.

        Two copies of the law, alike in all edits but one, which only the second has: can the first forbid a case that
        the second does not? Where no edit can, no set of them lets through what a part of it forbids.
        """
        chosen = sorted(edits)
        twins = [self.circuit.inputs[Question(switch(i, TWIN))][1] for i in range(len(self.changes))]
        wanted = [n for n in (self.after, self.circuit.negate(self._twin)) if n != TRUE]
        if FALSE in wanted:
            return []
        asked = [self._literal(node) for node in wanted]
        same = [
            self._literal(self.circuit.either(self.circuit.both(a, b), self.circuit.both(a ^ 1, b ^ 1)))
            for a, b in zip(self._nodes, twins, strict=True)
        ]
        off = [-self._on[i] for i in range(len(self.changes)) if i not in set(chosen)]
        found: list[int] = []
        for each in chosen:
            equal = [literal for i, literal in enumerate(same) if i != each]
            if self.clauses.solve([*asked, *equal, *off, -self._on[each], self._literal(twins[each])]):
                found.append(each)
        return found
