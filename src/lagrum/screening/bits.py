"""A circuit over columns of codes, worked out in NumPy with one bit for each row, a stretch of rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

STRETCH = 1 << 17
"""Rows at a time: so few that what is worked on stays near the processor."""

Words = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint16]


class Program:
    """The steps that work out `roots`, and when each result is used for the last time."""

    def __init__(self, circuit: Circuit, roots: Sequence[Node]) -> None:
        self.roots = tuple(roots)
        self._inputs = {
            node >> 1: (question.fact, answer, len(nodes) == 2)
            for question, nodes in circuit.inputs.items()
            for answer, node in enumerate(nodes)
            if not node & 1
        }
        needed: set[int] = set()
        waiting = [node >> 1 for node in roots if node not in (FALSE, TRUE)]
        while waiting:
            gate = waiting.pop()
            if gate not in needed:
                needed.add(gate)
                waiting += [node >> 1 for node in circuit.gates[gate]]
        self.steps = [(gate, circuit.gates[gate]) for gate in sorted(needed)]
        last: dict[int, int] = {}
        for i, (_, joined) in enumerate(self.steps):
            last.update(dict.fromkeys(joined, i))
        kept = {node ^ sign for node in roots for sign in (0, 1)}
        self._done: list[list[Node]] = [[] for _ in self.steps]
        for node, i in last.items():
            if node not in kept:
                self._done[i].append(node)
        self._negated = {n for _, joined in self.steps for n in joined if n & 1} | {n for n in roots if n & 1}

    def run(self, columns: Mapping[str, Codes], rows: int) -> list[npt.NDArray[np.uint8]]:
        """For each root the rows in which it holds, packed eight to a byte, the first row in the lowest bit."""
        found = [np.empty((rows + 7) // 8, dtype=np.uint8) for _ in self.roots]
        for start in range(0, rows, STRETCH):
            stop = min(rows, start + STRETCH)
            here = self._stretch({name: codes[start:stop] for name, codes in columns.items()}, stop - start)
            size = (stop - start + 7) // 8
            for into, words in zip(found, here, strict=True):
                into[start // 8 : start // 8 + size] = words.view(np.uint8)[:size]
        return found

    def _stretch(self, columns: Mapping[str, Codes], rows: int) -> list[Words]:
        words = (rows + 63) // 64
        every = np.full(words, np.uint64(0xFFFFFFFFFFFFFFFF))
        held: dict[Node, Words] = {FALSE: np.zeros(words, dtype=np.uint64), TRUE: every}
        for (gate, joined), done in zip(self.steps, self._done, strict=True):
            node = 2 * gate
            if joined:
                result = held[joined[0]] & held[joined[1]]
                for each in joined[2:]:
                    np.bitwise_and(result, held[each], out=result)
            else:
                fact, answer, _ = self._inputs[gate]
                result = np.zeros(words, dtype=np.uint64)
                packed = np.packbits(columns[fact] == answer, bitorder="little")
                result.view(np.uint8)[: len(packed)] = packed
            held[node] = result
            if node ^ 1 in self._negated:
                held[node ^ 1] = ~result
            for each in done:
                held.pop(each, None)
        return [held[root] for root in self.roots]


def rows_of(packed: npt.NDArray[np.uint8], rows: int) -> npt.NDArray[np.bool_]:
    """Packed rows as one truth a row."""
    return np.unpackbits(packed, count=rows, bitorder="little").view(np.bool_)
