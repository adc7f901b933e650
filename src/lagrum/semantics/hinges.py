"""Where a ruling hinges on some questions: answered anew, all else alike, they make for another ruling.

The rulings are put into the diagrams as answers to a question of their own, the last of all: a diagram then says of
every case which rulings it gets, and what is left of it when some questions are taken out says which rulings their
answers can make. Taking out is done on the way, and only where something below asks the questions at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lagrum.model.facts import Question
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.nodes import Nodes

VERDICT = Question("(the ruling)")  # no fact can have a name with brackets


class Hinges:
    """Which of several disjoint `sets` a case lies in, and where that hinges on some of the questions `over`.

    `VERDICT` stands last in the order of the nodes, with an answer for each of the sets.

    >>> colour, big = Question("colour"), Question("big")
    >>> nodes = Nodes([(colour, 3), (big, 2), (VERDICT, 2)])
    >>> red, large = nodes.test(colour, [0]), nodes.test(big, [1])
    >>> hinges = Hinges(nodes, [nodes.both(red, large), nodes.negate(nodes.both(red, large))], [colour, big])
    >>> hinges.on([big]) == red, hinges.on([colour]) == large
    (True, True)
    """

    def __init__(self, nodes: Nodes, sets: Sequence[Node], over: Iterable[Question]) -> None:
        self.nodes = nodes
        # The rulings of a case are none where it is in no set, and one elsewhere.
        self.rulings = nodes.either(*(nodes.both(each, nodes.test(VERDICT, [i])) for i, each in enumerate(sets)))
        self._bit = {nodes.level_of[question]: 1 << i for i, question in enumerate(over)}
        self._asks = {FALSE: 0, TRUE: 0}
        for node in nodes.below(self.rulings):
            asks = self._bit.get(nodes.levels[node], 0)
            for child in nodes.children[node]:
                asks |= self._asks[child]
            self._asks[node] = asks

    def on(self, questions: Iterable[Question], among: Iterable[int] | None = None) -> Node:
        """The cases that get, or would get if these questions were answered anew, more than one of the rulings;
        `among` says which rulings count."""
        nodes, asks = self.nodes, self._asks
        levels, children, widths, branch = nodes.levels, nodes.children, nodes.widths, nodes.branch
        last = nodes.level_of[VERDICT]
        counted = list(range(nodes.sizes[VERDICT]) if among is None else among)
        here = {nodes.level_of[question] for question in questions}
        wanted = sum(self._bit[level] for level in here)
        alone: dict[Node, Node] = {FALSE: FALSE}
        pairs: dict[tuple[Node, Node], Node] = {}
        groups: dict[frozenset[Node], Node] = {}

        # Each says where some nodes, one for each way to have answered the questions above anew, hold more than one
        # ruling together. Nothing is answered anew above the first.
        def single(n: Node) -> Node:
            if not asks[n] & wanted:
                return FALSE
            result = alone.get(n)
            if result is None:
                level = levels[n]
                if level in here:
                    result = several(frozenset(children[n]))
                else:
                    below: list[Node] = []
                    for kid in children[n]:
                        below.append(single(kid) if asks[kid] & wanted else FALSE)
                    result = branch(level, below)
                alone[n] = result
            return result

        def pair(a: Node, b: Node) -> Node:
            if a > b:
                a, b = b, a
            if a in (b, FALSE):
                return single(b)
            result = pairs.get((a, b))
            if result is None:
                above, beside = levels[a], levels[b]
                level = min(above, beside)
                if level == last or level in here:
                    result = several(frozenset((a, b)), opened=False)
                else:
                    kids_a = children[a] if above == level else (a,) * widths[level]
                    kids_b = children[b] if beside == level else (b,) * widths[level]
                    below: list[Node] = []
                    for x, y in zip(kids_a, kids_b, strict=True):
                        below.append(pair(x, y))
                    result = branch(level, below)
                pairs[a, b] = result
            return result

        def several(together: frozenset[Node], opened: bool = True) -> Node:
            together -= _NEITHER
            if len(together) < 2:
                return single(min(together)) if together else FALSE
            if len(together) == 2 and opened:
                return pair(*together)
            result = groups.get(together)
            if result is None:
                level = min([levels[n] for n in together])
                if level == last:
                    said = {i for n in together for i in counted if children[n][i] == TRUE}
                    result = TRUE if len(said) > 1 else FALSE
                elif level in here:
                    kids = [children[n] if levels[n] == level else (n,) for n in together]
                    result = several(frozenset([kid for row in kids for kid in row]))
                else:
                    rows = [children[n] if levels[n] == level else (n,) * widths[level] for n in together]
                    below: list[Node] = []
                    for answers in zip(*rows, strict=True):
                        below.append(several(frozenset(answers)))
                    result = branch(level, below)
                groups[together] = result
            return result

        return single(self.rulings)


_NEITHER = frozenset([FALSE])
