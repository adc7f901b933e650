"""A circuit as a Python function, for one complete case after another.

What is known of all cases (the day, the readings) is put in first; what is left is written out as assignments, a gate
that is used once inside the one that uses it, so that Python's `and` stops early. That is some fifty times faster than
the plain reading, and answers of both are held against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

DEEPEST = 12  # gates inside one another, in one line of code

Answers = Sequence[int]
"""The answer to each question of an evaluator, in its order."""


class Evaluator:
    """Whether each of `roots` holds in a complete case.

    `over` are the questions of the circuit that `given` does not answer; a case answers them in this order.

    >>> colour, big = Question("colour"), Question("big")
    >>> circuit = Circuit([(colour, 3), (big, 2)])
    >>> red_and_big = circuit.both(circuit.test(colour, [0]), circuit.test(big, [1]))
    >>> evaluator = Evaluator(circuit, [red_and_big], {big: frozenset([1])})
    >>> evaluator.over == (colour,)
    True
    >>> evaluator([0]), evaluator([2])
    ((True,), (False,))
    """

    def __init__(self, circuit: Circuit, roots: Sequence[Node], given: Box) -> None:
        settled = {q: min(answers) for q, answers in given.items() if len(answers) == 1}
        self.over: tuple[Question, ...] = tuple(q for q in circuit.order if q not in settled)
        code = _Code(circuit, settled, {q: i for i, q in enumerate(self.over)})
        names: dict[str, Callable[[Answers], tuple[bool, ...]]] = {}
        exec(compile("\n".join(code.lines(roots)), "<a law>", "exec"), {}, names)  # our own gates alone
        self._holds = names["holds"]

    def __call__(self, answers: Answers) -> tuple[bool, ...]:
        return self._holds(answers)


class _Code:
    """Writes gates as Python; `places` says where a case answers each open question."""

    def __init__(self, circuit: Circuit, settled: Mapping[Question, int], places: Mapping[Question, int]) -> None:
        self.gates = circuit.gates
        self.known: dict[int, Node] = {0: FALSE}  # gates that come to nothing, everything, or another node
        self.atoms: dict[int, str] = {}
        for question, nodes in circuit.inputs.items():
            for answer, node in enumerate(nodes):
                if node & 1:
                    continue
                if question in settled:
                    self.known[node >> 1] = TRUE if settled[question] == answer else FALSE
                else:
                    place = f"a[{places[question]}]"
                    self.atoms[node >> 1] = place if len(nodes) == 2 else f"{place} == {answer}"
        self.joined: dict[int, tuple[Node, ...]] = {}

    def lines(self, roots: Sequence[Node]) -> Iterator[str]:
        found = [self._simplified(root) for root in roots]
        used = Counter(each >> 1 for gate in self.joined for each in self.joined[gate])
        used.update(node >> 1 for node in found for _ in range(2))  # the roots stand by themselves
        text: dict[int, str] = dict(self.atoms)
        depth: dict[int, int] = {}
        yield "def holds(a):"
        for gate in sorted(self.joined):
            # The plain answers first: they are the quickest to fail.
            parts = sorted(self.joined[gate], key=lambda node: (depth.get(node >> 1, 0), node))
            words = " and ".join(f"not {_in_brackets(text[n >> 1])}" if n & 1 else text[n >> 1] for n in parts)
            deepest = 1 + max(depth.get(node >> 1, 0) for node in parts)
            if used[gate] == 1 and deepest <= DEEPEST:
                text[gate], depth[gate] = f"({words})", deepest
            else:
                yield f"    g{gate} = {words}"
                text[gate], depth[gate] = f"g{gate}", 0
        told = ", ".join(self._told(node, text) for node in found)
        yield f"    return ({told}{',' if len(found) == 1 else ''})"

    def _told(self, node: Node, text: Mapping[int, str]) -> str:
        if node in (FALSE, TRUE):
            return str(node == TRUE)
        return f"not {_in_brackets(text[node >> 1])}" if node & 1 else f"bool({text[node >> 1]})"

    def _simplified(self, root: Node) -> Node:
        """The node with what is settled put in."""
        waiting = [root >> 1]
        while waiting:
            gate = waiting[-1]
            if gate in self.known or gate in self.atoms or gate in self.joined:
                waiting.pop()
                continue
            unknown = [n >> 1 for n in self.gates[gate] if not self._is_done(n >> 1)]
            if unknown:
                waiting += unknown
                continue
            waiting.pop()
            parts = {self._now(node) for node in self.gates[gate]} - {TRUE}
            if FALSE in parts or any(node ^ 1 in parts for node in parts):
                self.known[gate] = FALSE
            elif len(parts) < 2:
                self.known[gate] = parts.pop() if parts else TRUE
            else:
                self.joined[gate] = tuple(sorted(parts))
        return self._now(root)

    def _is_done(self, gate: int) -> bool:
        return gate in self.known or gate in self.atoms or gate in self.joined

    def _now(self, node: Node) -> Node:
        return self.known.get(node >> 1, node & ~1) ^ (node & 1)


def _in_brackets(words: str) -> str:
    return words if words.startswith("(") or " " not in words else f"({words})"
