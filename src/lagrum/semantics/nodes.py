"""Multi-valued decision diagrams: the table of nodes, and the logic on them.

A node is a question and one child for each of its answers; 0 is false and 1 is true. Every function of the questions
has exactly one node, because nodes are looked up before they are made: equal means equivalent. Children always have
smaller numbers than their parents, so that counting the nodes below one upwards is a walk from the leaves.

Recursion goes one Python frame a question deep, so some 400 questions fit the ordinary recursion limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.semantics.logic import FALSE, TRUE, Node

Join = Callable[[Node, Node], Node]


class Nodes:
    """The nodes over some questions, top first; `budget` is how many there may be.

    >>> colour, big = Question("colour"), Question("big")
    >>> nodes = Nodes([(colour, 3), (big, 2)])
    >>> red_or_blue = nodes.test(colour, [0, 2])
    >>> nodes.both(red_or_blue, nodes.negate(red_or_blue)) == FALSE
    True
    >>> nodes.restrict(nodes.both(red_or_blue, nodes.test(big, [1])), {big: frozenset([1])}) == red_or_blue
    True
    """

    def __init__(self, order: Sequence[tuple[Question, int]], budget: int = 2_000_000) -> None:
        self.order: tuple[Question, ...] = tuple(question for question, _ in order)
        self.sizes: dict[Question, int] = dict(order)
        self.budget = budget
        self.level_of: dict[Question, int] = {question: i for i, question in enumerate(self.order)}
        if len(self.level_of) != len(self.order):
            raise ValueError("a question stands twice in the order")
        depth = len(self.order)
        self.widths: tuple[int, ...] = tuple(size for _, size in order)
        # The two leaves lie below every question and have no children.
        self.levels: list[int] = [depth, depth]
        self.children: list[tuple[Node, ...]] = [(), ()]
        self._unique: list[dict[tuple[Node, ...], Node]] = [{} for _ in order]
        self._make = self._maker()
        self._and = self._junction(FALSE)
        self._or = self._junction(TRUE)
        self._minus = self._difference()
        self._negations: dict[Node, Node] = {FALSE: TRUE, TRUE: FALSE}
        self._within: dict[tuple[Node, Node], bool] = {}

    def __len__(self) -> int:
        """How many nodes have been made."""
        return len(self.levels)

    # --- building --------------------------------------------------------------------------------------------

    def branch(self, level: int, below: list[Node]) -> Node:
        """The node that asks the question of a level and goes on to one of `below`, all of them below that level."""
        return self._make(level, below)

    def test(self, question: Question, allowed: Iterable[int]) -> Node:
        """The answer to the question is among `allowed`; raises `KeyError` for a question outside the order."""
        level = self.level_of[question]
        chosen = frozenset(allowed)
        return self._make(level, [TRUE if answer in chosen else FALSE for answer in range(self.widths[level])])

    def box(self, box: Box) -> Node:
        """Every question of the box has one of its answers."""
        node = TRUE
        for question in sorted(box, key=self.level_of.__getitem__, reverse=True):
            node = self._and(node, self.test(question, box[question]))
        return node

    def both(self, *nodes: Node) -> Node:
        """All of them hold; true of none."""
        return _balanced(self._and, nodes, TRUE)

    def either(self, *nodes: Node) -> Node:
        """At least one of them holds; false of none."""
        return _balanced(self._or, nodes, FALSE)

    def minus(self, a: Node, b: Node) -> Node:
        """`a` holds and `b` does not."""
        return self._minus(a, b)

    def negate(self, node: Node) -> Node:
        known = self._negations
        if node in known:
            return known[node]
        below: list[Node] = []
        for child in self.children[node]:  # no comprehension: it would be a second frame
            below.append(self.negate(child))
        result = self._make(self.levels[node], below)
        known[node] = result
        known[result] = node
        return result

    def ite(self, condition: Node, then: Node, otherwise: Node) -> Node:
        """`then` where the condition holds, `otherwise` where it does not."""
        return self._or(self._and(condition, then), self._minus(otherwise, condition))

    def at_least(self, n: int, nodes: Sequence[Node]) -> Node:
        """At least `n` of them hold."""
        if n <= 0:
            return TRUE
        if n > len(nodes):
            return FALSE
        # enough[k]: at least k of the nodes seen so far hold.
        enough = [TRUE] + [FALSE] * n
        for node in reversed(nodes):
            for k in range(n, 0, -1):
                enough[k] = self.ite(node, enough[k - 1], enough[k])
        return enough[n]

    # --- taking questions away -------------------------------------------------------------------------------

    def restrict(self, node: Node, box: Box) -> Node:
        """What is left to ask when the answers of the box are all that is open: some answer in the box makes it hold.

        For a box that answers its questions with one answer each this is the function's cofactor.
        """
        open_at = {self.level_of[question]: sorted(answers) for question, answers in box.items()}
        return self._quantify(node, open_at, self.either)

    def cofactors(self, settled: Mapping[int, int]) -> Callable[[Node], Node]:
        """A function that puts these answers, by level, into nodes, as `restrict` does; it remembers what it has done.

        Worth having where the same answers go into many nodes.
        """
        last = max(settled, default=-1)
        levels, children, make = self.levels, self.children, self._make
        done: dict[Node, Node] = {}

        def walk(node: Node) -> Node:
            level = levels[node]
            while level in settled:
                node = children[node][settled[level]]
                level = levels[node]
            if level > last:
                return node
            result = done.get(node)
            if result is None:
                below: list[Node] = []
                for child in children[node]:
                    below.append(walk(child))
                result = done[node] = make(level, below)
            return result

        return walk

    def exists(self, node: Node, questions: Iterable[Question]) -> Node:
        """Some answers to these questions make it hold."""
        return self._quantify(node, self._wholly_open(questions), self.either)

    def forall(self, node: Node, questions: Iterable[Question]) -> Node:
        """All answers to these questions make it hold."""
        return self._quantify(node, self._wholly_open(questions), self.both)

    def _wholly_open(self, questions: Iterable[Question]) -> dict[int, list[int]]:
        return {self.level_of[question]: list(range(self.sizes[question])) for question in questions}

    def quantifier(self, questions: Iterable[Question]) -> Callable[[Node], Node]:
        """A function that does what `exists` does; it remembers what it has done.

        Worth having where the same questions are taken out of many nodes.
        """
        open_at = self._wholly_open(questions)
        done: dict[Node, Node] = {}
        return lambda node: self._quantify(node, open_at, self.either, done)

    def _quantify(
        self,
        node: Node,
        open_at: dict[int, list[int]],
        join: Callable[..., Node],
        done: dict[Node, Node] | None = None,
    ) -> Node:
        """Join the children of every question in `open_at` over the answers given there."""
        if not open_at:
            return node
        if any(not answers for answers in open_at.values()):
            return join()
        last = max(open_at)
        levels, children, make = self.levels, self.children, self._make
        done = {} if done is None else done

        def walk(node: Node) -> Node:
            level = levels[node]
            if level > last:
                return node
            if node in done:
                return done[node]
            below: list[Node] = []
            answers = open_at.get(level)
            if answers is None:
                for child in children[node]:
                    below.append(walk(child))
                result = make(level, below)
            else:
                kids = children[node]
                for child in dict.fromkeys([kids[answer] for answer in answers]):
                    below.append(walk(child))
                result = below[0] if len(below) == 1 else join(*below)
            done[node] = result
            return result

        return walk(node)

    # --- asking without building -----------------------------------------------------------------------------

    def holds(self, node: Node, answers: Mapping[Question, int]) -> bool:
        """Whether a complete case is among them; `KeyError` for a question on the way that is not answered."""
        order, levels, children = self.order, self.levels, self.children
        while node > TRUE:
            node = children[node][answers[order[levels[node]]]]
        return node == TRUE

    def holds_at(self, node: Node, answers: Sequence[int]) -> bool:
        """The same for answers by level."""
        levels, children = self.levels, self.children
        while node > TRUE:
            node = children[node][answers[levels[node]]]
        return node == TRUE

    def implies(self, a: Node, b: Node) -> bool:
        """Whether `b` holds wherever `a` does. Stops at the first difference and makes no node."""
        levels, children, known = self.levels, self.children, self._within

        def within(a: Node, b: Node) -> bool:
            if a in (FALSE, b) or b == TRUE:
                return True
            if a == TRUE or b == FALSE:
                return False
            result = known.get((a, b))
            if result is not None:
                return result
            above, beside = levels[a], levels[b]
            result = True
            if above == beside:
                for x, y in zip(children[a], children[b], strict=True):
                    if not within(x, y):
                        result = False
                        break
            elif above < beside:
                for x in children[a]:
                    if not within(x, b):
                        result = False
                        break
            else:
                for y in children[b]:
                    if not within(a, y):
                        result = False
                        break
            known[a, b] = result
            return result

        return within(a, b)

    def below(self, node: Node) -> list[Node]:
        """The node and all that hang on it, leaves left out, children before parents."""
        seen = {node}
        todo = [node]
        children = self.children
        while todo:
            for child in children[todo.pop()]:
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
        seen -= {FALSE, TRUE}
        return sorted(seen)

    # --- the engine ------------------------------------------------------------------------------------------

    def _maker(self) -> Callable[[int, list[Node]], Node]:
        unique, levels, children, budget = self._unique, self.levels, self.children, self.budget

        def make(level: int, below: list[Node]) -> Node:
            first = below[0]
            if below.count(first) == len(below):
                return first
            key = tuple(below)
            table = unique[level]
            node = table.get(key)
            if node is None:
                node = len(levels)
                if node >= budget:
                    raise BudgetExceeded(f"an exact answer would need more than {budget} diagram nodes")
                table[key] = node
                levels.append(level)
                children.append(key)
            return node

        return make

    def _junction(self, absorbing: Node) -> Join:
        """Conjunction (absorbing FALSE) or disjunction (absorbing TRUE), with a cache of its own."""
        levels, children, make = self.levels, self.children, self._make
        cache: dict[tuple[Node, Node], Node] = {}
        cached = cache.get

        def join(a: Node, b: Node) -> Node:
            if a == b:
                return a
            if a > b:
                a, b = b, a
            if a < 2:
                return a if a == absorbing else b
            result = cached((a, b))
            if result is not None:
                return result
            above, beside = levels[a], levels[b]
            below: list[Node] = []
            add = below.append
            if above == beside:
                for x, y in zip(children[a], children[b], strict=True):
                    add(join(x, y))
                result = make(above, below)
            elif above < beside:
                for x in children[a]:
                    add(join(x, b))
                result = make(above, below)
            else:
                for y in children[b]:
                    add(join(a, y))
                result = make(beside, below)
            cache[a, b] = result
            return result

        return join

    def _difference(self) -> Join:
        levels, children, make, negate = self.levels, self.children, self._make, self.negate
        cache: dict[tuple[Node, Node], Node] = {}
        cached = cache.get

        def minus(a: Node, b: Node) -> Node:
            if a in (FALSE, b) or b == TRUE:
                return FALSE
            if b == FALSE:
                return a
            if a == TRUE:
                return negate(b)
            result = cached((a, b))
            if result is not None:
                return result
            above, beside = levels[a], levels[b]
            below: list[Node] = []
            add = below.append
            if above == beside:
                for x, y in zip(children[a], children[b], strict=True):
                    add(minus(x, y))
                result = make(above, below)
            elif above < beside:
                for x in children[a]:
                    add(minus(x, b))
                result = make(above, below)
            else:
                for y in children[b]:
                    add(minus(a, y))
                result = make(beside, below)
            cache[a, b] = result
            return result

        return minus


def _balanced(join: Join, nodes: Sequence[Node], empty: Node) -> Node:
    """Join many nodes pairwise, so that large diagrams meet late and seldom."""
    if not nodes:
        return empty
    row = list(nodes)
    while len(row) > 1:
        paired = [join(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        if len(row) % 2:
            paired.append(row[-1])
        row = paired
    return row[0]
