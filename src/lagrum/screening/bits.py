"""A circuit over columns of codes, worked out in NumPy with one bit for each row, a stretch of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

STRETCH = 1 << 17
"""Rows at a time: so few that what is worked on stays near the processor."""

Words = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint16]
Packed = npt.NDArray[np.uint8]
Bits = TypeVar("Bits", Words, int)
"""One bit for each row: words, or one whole number, which is quicker for a few thousand rows."""


class Program:
    """The steps that work out `roots`, and when each result is used for the last time.

    A gate joins its parts by *and*, or their opposites by *or*, whichever needs fewer of them turned round.
    """

    def __init__(self, circuit: Circuit, roots: Sequence[Node]) -> None:
        self.roots = tuple(roots)
        self.inputs = {
            node >> 1: (question, answer)
            for question, nodes in circuit.inputs.items()
            for answer, node in enumerate(nodes)
            if not node & 1
        }
        needed = sorted(circuit.cone(*roots) - {0})
        self.asked = [gate for gate in needed if not circuit.gates[gate]]
        self.steps: list[tuple[Node, str, tuple[Node, ...]]] = []
        made = {2 * gate for gate in self.asked} | {FALSE, TRUE}

        def have(node: Node) -> Node:
            if node not in made:
                made.add(node)
                self.steps.append((node, "~", (node ^ 1,)))
            return node

        for gate in needed:
            joined = circuit.gates[gate]
            if joined:
                turned = [node ^ 1 for node in joined]
                to_turn = sum(node not in made for node in joined)
                out, sign, parts = 2 * gate, "&", joined
                if sum(node not in made for node in turned) < to_turn:
                    out, sign, parts = 2 * gate + 1, "|", tuple(turned)
                self.steps.append((out, sign, tuple(have(node) for node in parts)))
                made.add(out)
        for root in self.roots:
            have(root)
        last = {node: i for i, (_, _, parts) in enumerate(self.steps) for node in parts}
        self._done: list[list[Node]] = [[] for _ in self.steps]
        for node, i in last.items():
            if node not in self.roots and node not in (FALSE, TRUE):
                self._done[i].append(node)

    def run(self, columns: Mapping[str, Codes], rows: int) -> list[Packed]:
        """For each root the rows in which it holds, packed eight to a byte, the first row in the lowest bit, in whole
        words of 64. The questions of the circuit are columns, and answers are codes."""
        found = [np.zeros((rows + 63) // 64 * 8, dtype=np.uint8) for _ in self.roots]
        for start in range(0, rows, STRETCH):
            stop = min(rows, start + STRETCH)
            held: dict[Node, Words] = {}
            for gate in self.asked:
                question, code = self.inputs[gate]
                held[2 * gate] = packed(columns[question.fact][start:stop] == code)
            size = (stop - start + 63) // 64
            nowhere, everywhere = np.zeros(size, dtype=np.uint64), np.full(size, ~np.uint64(0))
            for into, words in zip(found, self.work(held, nowhere, everywhere), strict=True):
                into[start // 8 : start // 8 + words.nbytes] = words.view(np.uint8)
        return found

    def work(self, held: dict[Node, Words], nowhere: Words, everywhere: Words) -> list[Words]:
        """The same of rows of which it is known where each answer is given (`held`, for `asked`)."""
        held[FALSE], held[TRUE] = nowhere, everywhere
        for (node, sign, parts), done in zip(self.steps, self._done, strict=True):
            if sign == "~":
                held[node] = ~held[parts[0]]
            else:
                join = np.bitwise_and if sign == "&" else np.bitwise_or
                result = held[node] = join(held[parts[0]], held[parts[1]])
                for each in parts[2:]:
                    join(result, held[each], result)
            for each in done:
                del held[each]
        return [held[root] for root in self.roots]

    @cached_property
    def for_few(self) -> Callable[[Sequence[int], int], list[int]]:
        """The same written out as a function, of the bits for `asked` and for all rows as whole numbers, which is
        quicker for some thousand rows."""
        words = {FALSE: "0", TRUE: "every"} | {2 * gate: f"i[{at}]" for at, gate in enumerate(self.asked)}
        lines = ["def few(i, every):"]
        for node, sign, parts in self.steps:
            told = f"~{words[parts[0]]}" if sign == "~" else f" {sign} ".join(words[part] for part in parts)
            lines.append(f"    n{node} = {told}")
            words[node] = f"n{node}"
        lines.append(f"    return [{', '.join(words[root] for root in self.roots)}]")
        names: dict[str, Callable[[Sequence[int], int], list[int]]] = {}
        exec(compile("\n".join(lines), "<a law>", "exec"), {}, names)  # our own gates alone
        return names["few"]


def packed(truths: npt.NDArray[np.bool_]) -> Words:
    """One bit for each row, 64 to a word; those past the last are none."""
    found = np.zeros((len(truths) + 63) // 64, dtype=np.uint64)
    bits = np.packbits(truths, bitorder="little")
    found.view(np.uint8)[: len(bits)] = bits
    return found


def rows_of(packed: Packed, rows: int) -> npt.NDArray[np.bool_]:
    """Packed rows as one truth a row."""
    return np.unpackbits(packed, count=rows, bitorder="little").view(np.bool_)
