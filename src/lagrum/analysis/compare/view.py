"""Finding possible cases without building the whole law: conjunctions grow only where a candidate shows that they must.

A law of a hundred tangled facts has no diagram that fits in memory, yet each of its norms has a small one. A *term* is
a list of such small diagrams that must all hold, a *cover* a list of terms of which one must. To find a case in a term
we take a case of a part of it, look which diagrams it breaks, add those to the part, and look again. Most never have to
be added, and the answer is exact all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node

Term = tuple[Node, ...]
Cover = tuple[Term, ...]
Point = list[int]
"""A complete case: the answer to each question of the diagrams, by level."""
Prices = Mapping[int, list[int]]
"""What each answer costs, by level; what is not in it costs nothing."""


class View:
    """The possible cases inside a box.

    `limits` are diagrams that every possible case satisfies; `cuts` are answers of `cut` that are known already.
    """

    def __init__(
        self, diagrams: Diagrams, limits: Sequence[Node], box: Box, cuts: Mapping[Node, Node] | None = None
    ) -> None:
        self.diagrams = diagrams
        settled: dict[int, int] = {}
        wide: dict[Question, frozenset[int]] = {}
        self._default = [0] * len(diagrams.order)
        for question, answers in box.items():
            level = diagrams.level_of[question]
            self._default[level] = min(answers, default=0)
            if len(answers) == 1:
                settled[level] = self._default[level]
            else:
                wide[question] = answers
        self._wide = diagrams.box(wide)
        self._cofactor = diagrams.cofactors(settled)
        self._cuts = dict(cuts or {})
        self._limits = self._narrowed(limits)

    def cut(self, node: Node) -> Node:
        """The node with the settled answers of the box put in; what the box leaves open stays open."""
        found = self._cuts.get(node)
        if found is None:
            found = self._cuts[node] = self._cofactor(node)
        return found

    def find(self, term: Iterable[Node]) -> Point | None:
        """A possible case of the box in which all of `term` holds."""
        return self._search(term, self._default, {}, hurry=True)

    def meets(self, cover: Iterable[Iterable[Node]]) -> bool:
        """Whether some possible case of the box lies in the cover."""
        return any(self.find(term) is not None for term in cover)

    def nearest(self, term: Iterable[Node], prices: Prices, near: Point) -> Point | None:
        """The possible case of the box in which all of `term` holds that costs least.

        `near` is a possible case that costs nothing; the one found leaves it only where it must.
        """
        return self._search(term, near, prices, hurry=False)

    def _search(self, term: Iterable[Node], default: Point, prices: Prices, hurry: bool) -> Point | None:
        """In a hurry we begin with a part of the term, else with the default, which is cheapest."""
        wanted = self._narrowed(term)
        if wanted is None or self._limits is None:
            return None
        first = 1 if hurry else 0
        core = self.diagrams.both(self._wide, *wanted[:first])
        pending = [*wanted[first:], *self._limits]
        while core != FALSE:
            point = default if core == TRUE else _cheapest(self.diagrams, core, prices, default)
            broken = {node for node in pending if not self.diagrams.holds_at(node, point)}
            if not broken:
                return point
            core = self.diagrams.both(core, *sorted(broken))
            pending = [node for node in pending if node not in broken]
        return None

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


def prices_of(diagrams: Diagrams, given: Box) -> Prices:
    """For each level of a given question, 1 for the answers that break what was given and 0 for the others."""
    return {
        diagrams.level_of[q]: [int(a not in answers) for a in range(diagrams.sizes[q])] for q, answers in given.items()
    }


def _cheapest(diagrams: Diagrams, node: Node, prices: Prices, default: Point) -> Point:
    """The cheapest case in which the node holds, which must hold somewhere; all it does not ask is as in `default`.

    Whatever `default` answers costs nothing.
    """
    levels, children = diagrams.levels, diagrams.children
    point = list(default)
    if not prices:
        while node != TRUE:
            kids = children[node]
            level = levels[node]
            if kids[point[level]] == FALSE:
                point[level] = next(answer for answer, child in enumerate(kids) if child != FALSE)
            node = kids[point[level]]
        return point
    cost: dict[Node, int] = {TRUE: 0}
    choice: dict[Node, int] = {}
    for n in diagrams.below(node):
        level = levels[n]
        price = prices.get(level)
        best, at = -1, 0
        for answer, child in enumerate(children[n]):
            if child != FALSE:
                here = cost[child] + (price[answer] if price else 0)
                if best < 0 or here < best or (here == best and answer == default[level]):
                    best, at = here, answer
        cost[n], choice[n] = best, at
    while node != TRUE:
        point[levels[node]] = choice[node]
        node = children[node][choice[node]]
    return point
