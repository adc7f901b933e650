"""Circuits: sets of cases written down as and-gates, without working out what they come to.

A circuit grows with the text of a law and never faster, whatever its facts are tangled in. It cannot count; whether
something can be so is for a solver to say (`clauses`). Gates are found again by what they join, so that what a law says
twice is there once. A node is twice the number of its gate, and one more where it is negated: `FALSE` is gate 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics.logic import FALSE, TRUE, Node


class Circuit:
    """And-gates over the answers to some questions.

    `gates` holds what each gate joins; nothing for the answers themselves, whose gates are `inputs`: one gate for each
    answer of a question, but only one (for its second answer) where there are two.

    >>> colour, big = Question("colour"), Question("big")
    >>> circuit = Circuit([(colour, 3), (big, 2)])
    >>> red_or_blue = circuit.test(colour, [0, 2])
    >>> circuit.both(red_or_blue, circuit.negate(red_or_blue)) == FALSE
    True
    >>> circuit.test(big, [0]) == circuit.negate(circuit.test(big, [1]))
    True
    """

    def __init__(self, order: Sequence[tuple[Question, int]]) -> None:
        self.order: tuple[Question, ...] = tuple(question for question, _ in order)
        self.sizes: dict[Question, int] = dict(order)
        self.gates: list[tuple[Node, ...]] = [()]
        self.inputs: dict[Question, tuple[Node, ...]] = {}
        for question, size in order:
            first = len(self.gates)
            gates = 1 if size == 2 else size
            self.gates.extend([()] * gates)
            held = tuple(2 * (first + i) for i in range(gates))
            self.inputs[question] = (held[0] ^ 1, held[0]) if size == 2 else held
        self._known: dict[tuple[Node, ...], Node] = {}

    def test(self, question: Question, allowed: Iterable[int]) -> Node:
        answers = self.inputs[question]
        chosen = {answer for answer in allowed if answer < len(answers)}
        if 2 * len(chosen) <= len(answers):
            return self.either(*(answers[i] for i in chosen))
        return self.both(*(answers[i] ^ 1 for i in range(len(answers)) if i not in chosen))

    def box(self, box: Box) -> Node:
        return self.both(*(self.test(question, answers) for question, answers in box.items()))

    def both(self, *nodes: Node) -> Node:
        joined = set(nodes)
        joined.discard(TRUE)
        if FALSE in joined or any(node ^ 1 in joined for node in joined):
            return FALSE
        if len(joined) < 2:
            return joined.pop() if joined else TRUE
        key = tuple(sorted(joined))
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = 2 * len(self.gates)
            self.gates.append(key)
        return node

    def either(self, *nodes: Node) -> Node:
        return self.both(*(node ^ 1 for node in nodes)) ^ 1

    def minus(self, a: Node, b: Node) -> Node:
        return self.both(a, b ^ 1)

    def negate(self, node: Node) -> Node:
        return node ^ 1

    def settled(self, answers: Mapping[Question, int]) -> Callable[[Node], Node]:
        """A function that puts these answers into nodes; it remembers what it has done."""
        known: dict[int, Node] = {0: FALSE}
        for question, answer in answers.items():
            for i, node in enumerate(self.inputs[question]):
                known[node >> 1] = (TRUE if i == answer else FALSE) ^ (node & 1)

        def put_in(node: Node) -> Node:
            waiting = [node >> 1]
            while waiting:
                gate = waiting[-1]
                unknown = [] if gate in known else [n >> 1 for n in self.gates[gate] if n >> 1 not in known]
                if unknown:
                    waiting += unknown
                    continue
                waiting.pop()
                if gate not in known:
                    joined = [known[n >> 1] ^ (n & 1) for n in self.gates[gate]]
                    known[gate] = self.both(*joined) if joined else 2 * gate
            return known[node >> 1] ^ (node & 1)

        return put_in

    def at_least(self, n: int, nodes: Sequence[Node]) -> Node:
        if n <= 0:
            return TRUE
        # enough[k]: at least k of the nodes seen so far hold.
        enough = [TRUE] + [FALSE] * n
        for node in nodes:
            for k in range(n, 0, -1):
                enough[k] = self.either(enough[k], self.both(node, enough[k - 1]))
        return enough[n]

    def cone(self, *nodes: Node) -> frozenset[int]:
        """Every gate on which the nodes rest, theirs among them."""
        seen: set[int] = set()
        waiting = [node >> 1 for node in nodes]
        while waiting:
            gate = waiting.pop()
            if gate not in seen:
                seen.add(gate)
                waiting.extend(node >> 1 for node in self.gates[gate])
        return frozenset(seen)
