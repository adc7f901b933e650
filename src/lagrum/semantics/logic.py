"""The logic that a law is built with: what decision diagrams and circuits have in common.

A law is written down once, in `compile`. In decision diagrams it can be counted and taken apart, as far as it fits; as
a circuit it always fits, and a solver answers whether something can be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from lagrum.model.cases import Box
from lagrum.model.facts import Question

Node = int
FALSE: Node = 0
TRUE: Node = 1


class Logic(Protocol):
    """Sets of cases over some questions, as numbers; `FALSE` holds none and `TRUE` all."""

    @property
    def order(self) -> tuple[Question, ...]: ...

    @property
    def sizes(self) -> Mapping[Question, int]: ...

    def test(self, question: Question, allowed: Iterable[int]) -> Node:
        """The answer to the question is among `allowed`; raises `KeyError` for a question that is not asked."""

    def box(self, box: Box) -> Node:
        """Every question of the box has one of its answers."""

    def both(self, *nodes: Node) -> Node:
        """All of them hold; true of none."""

    def either(self, *nodes: Node) -> Node:
        """At least one of them holds; false of none."""

    def minus(self, a: Node, b: Node) -> Node:
        """`a` holds and `b` does not."""

    def negate(self, node: Node) -> Node:
        """It does not hold."""

    def at_least(self, n: int, nodes: Sequence[Node]) -> Node:
        """At least `n` of them hold."""
