"""Multi-valued decision diagrams: one object with all that can be built from, and asked of, sets of cases.

The nodes and the logic on them are in `nodes`, the questions put to a finished diagram in `queries`, the largest boxes
inside one in `boxes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics import boxes, queries
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.nodes import Nodes

__all__ = ["FALSE", "TRUE", "Diagrams", "Node"]


class Diagrams(Nodes):
    """Sets of cases over some questions, as numbers.

    >>> colour, big = Question("colour"), Question("big")
    >>> diagrams = Diagrams([(colour, 3), (big, 2)])
    >>> node = diagrams.either(diagrams.test(colour, [0]), diagrams.test(big, [1]))
    >>> diagrams.count(node, [colour, big])
    4
    >>> diagrams.nearest(node, {colour: [5, 0, 0], big: [0, 1]})
    (1, {Question(fact='colour', member=None): 1, Question(fact='big', member=None): 1})
    """

    def support(self, node: Node) -> tuple[Question, ...]:
        """The questions whose answers matter, in order."""
        return queries.support(self, node)

    def size(self, node: Node) -> int:
        """How many nodes the diagram has, its two leaves left out."""
        return len(self.below(node))

    def any(self, node: Node) -> dict[Question, int] | None:
        """One way to make it hold, naming only the questions it takes; None where there is none."""
        return queries.some(self, node)

    def count(self, node: Node, over: Iterable[Question]) -> int:
        """How many answers to the questions make it hold; `ValueError` where they do not cover its support."""
        return queries.count(self, node, over)

    def marginals(self, node: Node, over: Iterable[Question]) -> dict[Question, tuple[int, ...]]:
        """For each question and answer, in how many of the counted ways it is given; `ValueError` as in `count`."""
        return queries.marginals(self, node, over)

    def closure(self, node: Node, over: Iterable[Question]) -> dict[Question, frozenset[int]]:
        """For each question the answers that some way of making it hold gives, in order."""
        return queries.closure(self, node, over)

    def nearest(self, node: Node, cost: Mapping[Question, Sequence[int]]) -> tuple[int, dict[Question, int]] | None:
        """The cheapest answers to all questions of `cost` that make it hold, with their cost; the first of equals."""
        return queries.nearest(self, node, cost)

    def maximal_boxes(self, node: Node, dont_care: Node = FALSE, limit: int = 100_000) -> Iterator[Box]:
        """Every largest box of answer sets inside `node` or `dont_care` that meets `node`, at most `limit` of them.

        A box names only the questions it constrains. The order is stable.
        """
        return boxes.maximal_boxes(self, node, dont_care, limit)
