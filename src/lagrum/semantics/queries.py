"""What can be read off a decision diagram: how many cases, which answers are still open, the nearest case.

Every function here is a walk over the nodes below one, each visited once; all numbers are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lagrum.model.facts import Question
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.nodes import Nodes


def support(nodes: Nodes, node: Node) -> tuple[Question, ...]:
    """The questions whose answers matter, in order."""
    levels = sorted({nodes.levels[n] for n in nodes.below(node)})
    return tuple(nodes.order[level] for level in levels)


def some(nodes: Nodes, node: Node) -> dict[Question, int] | None:
    """One way to make it hold, the first answer first; only the questions on the way; None where there is none."""
    if node == FALSE:
        return None
    found: dict[Question, int] = {}
    while node != TRUE:
        answer, child = next((i, c) for i, c in enumerate(nodes.children[node]) if c != FALSE)
        found[nodes.order[nodes.levels[node]]] = answer
        node = child
    return found


def count(nodes: Nodes, node: Node, over: Iterable[Question]) -> int:
    """How many answers to the questions `over` make it hold; `ValueError` where they do not cover its support."""
    levels = _covered(nodes, node, over)
    return weights(nodes, node, _product(nodes, levels))[node]


def marginals(nodes: Nodes, node: Node, over: Iterable[Question]) -> dict[Question, tuple[int, ...]]:
    """For each question and answer, in how many of the counted ways it is given; `ValueError` as in `count`."""
    levels = _covered(nodes, node, over)
    whole = _product(nodes, levels)
    weight = weights(nodes, node, whole)
    total = weight[node]
    # reached[n]: of all answers to the questions, how many lead from the top through n, whatever follows.
    reached: dict[Node, int] = {node: whole, TRUE: 0, FALSE: 0}
    through: dict[int, list[int]] = {level: [0] * nodes.widths[level] for level in levels}
    for n in reversed(nodes.below(node)):
        level = nodes.levels[n]
        share = reached[n] // nodes.widths[level]
        tally = through[level]
        for answer, child in enumerate(nodes.children[n]):
            if child == FALSE:
                continue
            reached[child] = reached.get(child, 0) + share
            tally[answer] += share * weight[child]
    found: dict[Question, tuple[int, ...]] = {}
    for level in levels:
        seen = [way // whole for way in through[level]]
        # Ways that do not ask this question are spread evenly over its answers.
        spread = (total - sum(seen)) // nodes.widths[level]
        found[nodes.order[level]] = tuple(way + spread for way in seen)
    return found


def closure(nodes: Nodes, node: Node, over: Iterable[Question]) -> dict[Question, frozenset[int]]:
    """The answers that some way of making it hold gives: the projection on each question, in order."""
    levels = sorted({nodes.level_of[question] for question in over})
    depth = len(nodes.order)
    if node == FALSE:
        return {nodes.order[level]: frozenset() for level in levels}
    seen: dict[int, set[int]] = {}
    # skipped[i]: how many more ways skip level i than level i - 1; a running sum says which levels are ever skipped.
    skipped = [0] * (depth + 1)
    skipped[0] += 1
    skipped[nodes.levels[node]] -= 1
    for n in nodes.below(node):
        level = nodes.levels[n]
        answers = seen.setdefault(level, set())
        for answer, child in enumerate(nodes.children[n]):
            if child != FALSE:
                answers.add(answer)
                skipped[level + 1] += 1
                skipped[nodes.levels[child]] -= 1
    wholly_open: set[int] = set()
    running = 0
    for level in range(depth):
        running += skipped[level]
        if running:
            wholly_open.add(level)
    return {
        nodes.order[level]: frozenset(range(nodes.widths[level]) if level in wholly_open else seen[level])
        for level in levels
    }


def nearest(nodes: Nodes, node: Node, cost: Mapping[Question, Sequence[int]]) -> tuple[int, dict[Question, int]] | None:
    """The cheapest answers to all questions of `cost` that make it hold, and what they cost together.

    Of several equally cheap ones the first in the order of questions and answers. None where nothing makes it hold;
    `ValueError` where `cost` does not cover the support.
    """
    levels = _covered(nodes, node, cost)
    if node == FALSE:
        return None
    priced = {level: list(cost[nodes.order[level]]) for level in levels}
    cheapest = {level: min(prices) for level, prices in priced.items()}
    # extra[n]: what n costs more than the cheapest answers to everything from its question on.
    extra: dict[Node, int] = {TRUE: 0}
    choice: dict[Node, int] = {}
    for n in nodes.below(node):
        level = nodes.levels[n]
        prices, least = priced[level], cheapest[level]
        options = [
            (prices[answer] - least + extra[child], answer)
            for answer, child in enumerate(nodes.children[n])
            if child != FALSE
        ]
        extra[n], choice[n] = min(options)
    found = {nodes.order[level]: priced[level].index(cheapest[level]) for level in levels}
    at = node
    while at != TRUE:
        found[nodes.order[nodes.levels[at]]] = choice[at]
        at = nodes.children[at][choice[at]]
    return extra[node] + sum(cheapest.values()), found


def _covered(nodes: Nodes, node: Node, over: Iterable[Question]) -> list[int]:
    """The levels of the questions; `ValueError` when the node asks another."""
    levels = {nodes.level_of[question] for question in over}
    missing = [question for question in support(nodes, node) if nodes.level_of[question] not in levels]
    if missing:
        names = ", ".join(f"`{question.fact}`" for question in missing)
        raise ValueError(f"the questions do not cover {names}")
    return sorted(levels)


def _product(nodes: Nodes, levels: Iterable[int]) -> int:
    result = 1
    for level in levels:
        result *= nodes.widths[level]
    return result


def weights(nodes: Nodes, node: Node, whole: int) -> dict[Node, int]:
    """For each node below, and the leaves, how many of the `whole` answers to everything make it hold.

    A function does not hang on the questions above it, so its children's weights add up to a multiple of the width.
    """
    weight = {FALSE: 0, TRUE: whole}
    for n in nodes.below(node):
        kids = nodes.children[n]
        weight[n] = sum([weight[child] for child in kids]) // len(kids)
    return weight
