"""Many complete cases at once: a circuit worked out with one bit for each case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagrum.model.facts import Question
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import Node


class Batch:
    """Complete cases, each answering every question of the circuit; gates are worked out once and as they are needed.

    >>> colour, big = Question("colour"), Question("big")
    >>> circuit = Circuit([(colour, 3), (big, 2)])
    >>> batch = Batch(circuit, [{colour: 0, big: 1}, {colour: 1, big: 1}, {colour: 2, big: 0}])
    >>> batch.holding(circuit.either(circuit.test(colour, [0]), circuit.test(big, [0])))
    [0, 2]
    """

    def __init__(self, circuit: Circuit, cases: Sequence[Mapping[Question, int]]) -> None:
        self._gates = circuit.gates
        self._everywhere = (1 << len(cases)) - 1
        self._bits: list[int] = [0]
        bit = [1 << i for i in range(len(cases))]
        for question, nodes in circuit.inputs.items():
            held = [0] * len(nodes)
            for i, case in enumerate(cases):
                held[case[question]] |= bit[i]
            self._bits += held[1:] if len(nodes) == 2 else held

    def bits(self, node: Node) -> int:
        """The cases in which the node holds: bit i for case i."""
        gate = node >> 1
        bits, gates, everywhere = self._bits, self._gates, self._everywhere
        # A gate joins only gates made before it.
        for joined in gates[len(bits) : gate + 1]:
            held = everywhere
            for each in joined:
                held &= everywhere ^ bits[each >> 1] if each & 1 else bits[each >> 1]
            bits.append(held)
        return everywhere ^ bits[gate] if node & 1 else bits[gate]

    def holding(self, node: Node) -> list[int]:
        """The cases in which the node holds, by their places."""
        bits = self.bits(node)
        return [i for i in range(bits.bit_length()) if bits >> i & 1]
