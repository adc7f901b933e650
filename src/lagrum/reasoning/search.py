"""Finding possible cases without building the whole law: conjunctions grow only where a candidate shows that they must.

A law of a hundred tangled facts has no diagram that fits in memory, yet each of its norms has a small one. A *term* is
a list of such small diagrams that must all hold, a *cover* a list of terms of which one must. To find a case in a term
we take a case of a part of it, look which diagrams it breaks, add those to the part, and look again. Most never have to
be added, and the answer is exact all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node

Term = tuple[Node, ...]
Cover = tuple[Term, ...]
Point = dict[Question, int]
Cost = Mapping[Question, Sequence[int]]


class View:
    """The possible cases inside a box.

    `limits` are diagrams that every possible case satisfies, `over` all questions that a case found must answer.
    """

    def __init__(self, diagrams: Diagrams, limits: Sequence[Node], over: Sequence[Question], box: Box) -> None:
        self.diagrams = diagrams
        self.box = dict(box)
        self.over = over
        self._single = {q: answers for q, answers in box.items() if len(answers) == 1}
        self._settled = {**dict.fromkeys(over, 0), **{q: min(answers, default=0) for q, answers in box.items()}}
        self._wide = diagrams.box({q: answers for q, answers in box.items() if len(answers) != 1})
        self._cuts: dict[Node, Node] = {}
        self._limits = self._narrowed(limits)

    def cut(self, node: Node) -> Node:
        """The node with the settled answers of the box put in; what the box leaves open stays open."""
        found = self._cuts.get(node)
        if found is None:
            found = self._cuts[node] = self.diagrams.restrict(node, self._single)
        return found

    def find(self, term: Term) -> Point | None:
        """A possible case of the box in which all of `term` holds."""

        def candidate(core: Node) -> Point | None:
            found = self.diagrams.any(core)
            return None if found is None else {**self._settled, **found}

        return self._search(term, candidate)

    def meets(self, cover: Iterable[Term]) -> bool:
        """Whether some possible case of the box lies in the cover."""
        return any(self.find(term) is not None for term in cover)

    def forces(self, node: Node) -> bool:
        """Whether the node holds in every possible case of the box."""
        return self.find((self.diagrams.negate(node),)) is None

    def nearest(self, term: Term, cost: Cost) -> Point | None:
        """The cheapest possible case of the box in which all of `term` holds; `cost` prices every question."""
        inside = {
            q: [price if a in self.box[q] else None for a, price in enumerate(cost[q])] if q in self.box else cost[q]
            for q in self.over
        }
        cheapest = {q: min((p, a) for a, p in enumerate(prices) if p is not None)[1] for q, prices in inside.items()}
        far = 1 + sum(max(cost[q]) for q in self.over)
        prices_of = {q: [far if p is None else p for p in prices] for q, prices in inside.items()}

        def candidate(core: Node) -> Point | None:
            found = self.diagrams.nearest(core, {q: prices_of[q] for q in self.diagrams.support(core)})
            return None if found is None or found[0] >= far else {**cheapest, **found[1]}

        return self._search(term, candidate)

    def _search(self, term: Term, candidate: Callable[[Node], Point | None]) -> Point | None:
        wanted = self._narrowed(term)
        if wanted is None or self._limits is None:
            return None
        core = self.diagrams.both(self._wide, *wanted[:1])
        pending = [*wanted[1:], *self._limits]
        while True:
            point = candidate(core)
            if point is None:
                return None
            broken = {node for node in pending if not self.diagrams.holds(node, point)}
            if not broken:
                return point
            core = self.diagrams.both(core, *sorted(broken))
            pending = [node for node in pending if node not in broken]

    def _narrowed(self, nodes: Iterable[Node]) -> list[Node] | None:
        """The nodes inside the box, each once and without those that hold anyway; None where one cannot hold."""
        cut: dict[Node, None] = {}
        for node in nodes:
            inside = self.cut(node)
            if inside == FALSE:
                return None
            if inside != TRUE:
                cut[inside] = None
        return list(cut)
