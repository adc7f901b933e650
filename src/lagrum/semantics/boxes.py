"""The largest boxes inside a set of cases: every way to say "whenever these facts have these answers" that cannot be
widened. They are the prime implicants of the set, with sets of answers in place of single ones.

A box with the answers S to the top question and B below it is largest when B is a largest box of what the answers in S
have in common, and lies in none of the other answers' children. So the walk goes over the intersections of the
children, and carries along what a box must still *meet* in order to count: the set asked for, and, for every answer
left out, the part that this answer's child does not cover. A branch ends as soon as one of these cannot be met;
without that the same box would be built, and thrown away, on three branches of every yes/no question it leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.model.cases import Box
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.nodes import Nodes


def maximal_boxes(nodes: Nodes, node: Node, dont_care: Node, limit: int) -> Iterator[Box]:
    """Every largest box inside `node` or `dont_care` that meets `node`, at most `limit` of them, in a stable order."""
    upper = nodes.either(node, dont_care)
    search = _Search(nodes)
    for number, found in enumerate(search.boxes(upper, frozenset([node]))):
        if number == limit:
            return
        yield {nodes.order[level]: answers for level, answers in reversed(found)}


Found = tuple[tuple[int, frozenset[int]], ...]  # bottom up


KEPT = 200


class _Search:
    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        # What was found below is found again under many branches; long lists are not worth the memory.
        self.known: dict[tuple[Node, frozenset[Node]], list[Found]] = {}
        self.shared: dict[Node, list[tuple[frozenset[int], Node]]] = {}

    def boxes(self, inside: Node, meets: frozenset[Node]) -> Iterator[Found]:
        """The largest boxes of `inside` that meet every one of `meets`, each of which lies inside."""
        if FALSE in meets:
            return
        if inside == TRUE:
            yield ()
            return
        nodes = self.nodes
        level = nodes.levels[inside]
        meets = frozenset([self._lowered(meet, level) for meet in meets])
        known = self.known.get((inside, meets))
        if known is not None:
            yield from known
            return
        collected: list[Found] = []
        width = nodes.widths[level]
        children = nodes.children[inside]
        if inside not in self.shared:
            self.shared[inside] = self._shared(children)
        for answers, common in self.shared[inside]:
            wanted = self._wanted(level, answers, common, children, meets)
            if wanted is None:
                continue
            for below in self.boxes(common, wanted):
                found = below if len(answers) == width else (*below, (level, answers))
                if len(collected) <= KEPT:
                    collected.append(found)
                yield found
        if len(collected) <= KEPT:
            self.known[inside, meets] = collected

    def _lowered(self, meet: Node, level: int) -> Node:
        """What is met by a box that leaves every question above `level` open."""
        nodes = self.nodes
        while nodes.levels[meet] < level:
            meet = nodes.either(*dict.fromkeys(nodes.children[meet]))
        return meet

    def _shared(self, children: tuple[Node, ...]) -> list[tuple[frozenset[int], Node]]:
        """What sets of answers have in common, each with all the answers that share it; the widest first."""
        nodes = self.nodes
        distinct = [child for child in dict.fromkeys(children) if child != FALSE]
        common: dict[Node, None] = {}
        for child in distinct:
            for other in list(common):
                both = nodes.both(child, other)
                if both != FALSE:
                    common.setdefault(both)
            common.setdefault(child)
        found: list[tuple[frozenset[int], Node]] = []
        for shared in common:
            covering = {child for child in distinct if nodes.implies(shared, child)}
            found.append((frozenset(i for i, child in enumerate(children) if child in covering), shared))
        found.sort(key=lambda pair: (-len(pair[0]), sorted(pair[0])))
        return found

    def _wanted(
        self,
        level: int,
        answers: frozenset[int],
        common: Node,
        children: tuple[Node, ...],
        meets: frozenset[Node],
    ) -> frozenset[Node] | None:
        """What a box below must meet when the top question has these answers; None where it cannot."""
        nodes = self.nodes
        wanted: set[Node] = set()
        for meet in meets:
            if nodes.levels[meet] == level:
                kids = nodes.children[meet]
                meet = nodes.either(*dict.fromkeys(kids[answer] for answer in sorted(answers)))
            wanted.add(nodes.both(meet, common))
        for child in dict.fromkeys(child for i, child in enumerate(children) if i not in answers):
            wanted.add(nodes.minus(common, child))
        if FALSE in wanted:
            return None
        # Whoever meets a part meets the whole.
        ordered = sorted(wanted)
        return frozenset(w for w in ordered if not any(other != w and nodes.implies(other, w) for other in ordered))
