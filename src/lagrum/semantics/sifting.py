"""A better order for a finished diagram: each question is moved through all places and stays where the diagram is
least.

Neighbouring questions change places in the diagram as it is (Rudell's sifting), so that nothing is built anew. What is
built from a text in the order of `order` comes out at a quarter of its size on the laws that we have; it takes seconds,
and is worth it where a diagram is walked for millions of cases.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagrum.model.facts import Question
from lagrum.semantics.logic import Node
from lagrum.semantics.nodes import Nodes

GROWTH = 1.02
"""A question is not moved on once the diagram is so many times its least size."""

ENOUGH = 0.97
"""Rounds go on while each makes the diagram smaller than this share of what it was."""

Kids = tuple[Node, ...]
_ROOT = 1 << 40


class Sifting:
    """The diagrams below some roots, on their way to a better order. Leaves and roots keep their numbers."""

    def __init__(self, nodes: Nodes, roots: Sequence[Node]) -> None:
        kept = {n for root in roots for n in nodes.below(root)}
        levels = sorted({nodes.levels[n] for n in kept})
        place = {level: i for i, level in enumerate(levels)}
        self._nodes, self._roots = nodes, tuple(roots)
        self._questions = [nodes.order[level] for level in levels]
        self._widths = [nodes.widths[level] for level in levels]
        self._order = list(range(len(levels)))  # questions by place
        self._kids: dict[Node, Kids] = {n: nodes.children[n] for n in kept}
        self._asks = {n: place[nodes.levels[n]] for n in kept}
        self._made: list[dict[Kids, Node]] = [{} for _ in levels]
        self._uses = dict.fromkeys((0, 1, *kept), 0)
        for n in kept:
            self._made[self._asks[n]][self._kids[n]] = n
            for kid in self._kids[n]:
                self._uses[kid] += 1
        for n in (0, 1, *roots):
            self._uses[n] += _ROOT
        self._next = max(kept, default=1) + 1
        self._worked = 0

    @property
    def size(self) -> int:
        return len(self._kids)

    @property
    def order(self) -> tuple[Question, ...]:
        """The questions that matter, top first."""
        return tuple(self._questions[each] for each in self._order)

    def sift(self, effort: int) -> None:
        """Move questions until little is gained any more, or more than about `effort` nodes were rebuilt."""
        self._worked, before = 0, float("inf")
        while self.size < ENOUGH * before:
            before = self.size
            for question in sorted(self._order, key=lambda each: -len(self._made[each])):
                if self._worked > effort:
                    return
                self._settle(question)

    def nodes(self) -> tuple[Nodes, list[Node]]:
        """The diagrams in the order that was found, with the numbers of the roots there."""
        found = Nodes([(self._questions[q], self._widths[q]) for q in self._order], self._nodes.budget)
        known: dict[Node, Node] = {0: 0, 1: 1}
        for level in reversed(range(len(self._order))):
            for kids, n in self._made[self._order[level]].items():
                known[n] = found.branch(level, [known[kid] for kid in kids])
        return found, [known[root] for root in self._roots]

    def _settle(self, question: int) -> None:
        """Try all places, the nearer end first, and go back to the best."""
        at = start = self._order.index(question)
        last = len(self._order) - 1
        best, where = self.size, start
        for step in (1, -1) if last - start < start else (-1, 1):
            while 0 <= at + step <= last and self.size <= GROWTH * best:
                self._swap(min(at, at + step))
                at += step
                if self.size < best:
                    best, where = self.size, at
            while at != start:
                self._swap(min(at, at - step))
                at -= step
        while at != where:
            step = 1 if where > at else -1
            self._swap(min(at, at + step))
            at += step

    def _swap(self, place: int) -> None:
        """Let the questions of a place and the next change places."""
        upper, lower = self._order[place], self._order[place + 1]
        above, below = self._made[upper], self._made[lower]
        kids, asks, uses = self._kids, self._asks, self._uses
        moved = [(key, n) for key, n in above.items() if any(asks.get(kid) == lower for kid in key)]
        self._worked += len(moved)
        for key, _ in moved:
            del above[key]
        for key, n in moved:
            ways = [kids[kid] if asks.get(kid) == lower else None for kid in key]
            turned: list[Node] = []
            for answer in range(self._widths[lower]):
                below_it = tuple([way[answer] if way is not None else kid for way, kid in zip(ways, key, strict=True)])
                node: Node | None = below_it[0]
                if below_it.count(below_it[0]) != len(below_it):
                    node = above.get(below_it)
                    if node is None:
                        node, self._next = self._next, self._next + 1
                        above[below_it], kids[node], asks[node], uses[node] = node, below_it, upper, 0
                        for kid in below_it:
                            uses[kid] += 1
                assert node is not None
                uses[node] += 1
                turned.append(node)
            made = kids[n] = tuple(turned)
            asks[n] = lower
            below[made] = n
            for kid in key:
                uses[kid] -= 1
                if not uses[kid] and asks.get(kid) == lower:
                    self._drop(kid)
        self._order[place], self._order[place + 1] = lower, upper

    def _drop(self, node: Node) -> None:
        """A node that nothing leads to any more. What it led to is led to by the nodes that were made instead."""
        key = self._kids.pop(node)
        del self._made[self._asks.pop(node)][key], self._uses[node]
        for kid in key:
            self._uses[kid] -= 1
