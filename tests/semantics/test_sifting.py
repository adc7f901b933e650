"""A diagram in a better order: fewer nodes, the same function."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.model.facts import Question
from lagrum.semantics.logic import FALSE, Node
from lagrum.semantics.nodes import Nodes
from lagrum.semantics.sifting import Sifting

PLENTY = 10**9


def at_random(nodes: Nodes, random: Random, depth: int) -> Node:
    if depth == 0:
        question = random.choice(nodes.order)
        return nodes.test(question, random.sample(range(nodes.sizes[question]), random.randint(1, 2)))
    parts = [at_random(nodes, random, depth - 1) for _ in range(2)]
    return random.choice([nodes.both, nodes.either])(*parts) if random.random() < 0.8 else nodes.minus(*parts)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(2, 3), min_size=1, max_size=6), st.integers(0, 300))
def test_the_function_stays(seed: int, sizes: list[int], effort: int) -> None:
    random = Random(seed)
    order = [(Question(f"q{i}"), size) for i, size in enumerate(sizes)]
    nodes = Nodes(order)
    roots = [at_random(nodes, random, 3) for _ in range(3)]
    sifting = Sifting(nodes, roots)
    before = sifting.size
    assert before == len({n for root in roots for n in nodes.below(root)})
    sifting.sift(effort)
    found, there = sifting.nodes()
    assert sifting.size <= before
    assert sifting.size == len({n for root in there for n in found.below(root)})
    assert set(sifting.order) == {nodes.order[nodes.levels[n]] for root in roots for n in nodes.below(root)}
    for answers in product(*(range(size) for size in sizes)):
        case = {question: answer for (question, _), answer in zip(order, answers, strict=True)}
        assert [nodes.holds(root, case) for root in roots] == [found.holds(root, case) for root in there]


def test_what_belongs_together_is_brought_together() -> None:
    """intent: pairs that are weighed together stand far apart at first, which doubles the diagram with each pair."""
    left, right = [Question(f"a{i}") for i in range(8)], [Question(f"b{i}") for i in range(8)]
    nodes = Nodes([(question, 2) for question in (*left, *right)])
    root = nodes.either(*(nodes.both(nodes.test(a, [1]), nodes.test(b, [1])) for a, b in zip(left, right, strict=True)))
    sifting = Sifting(nodes, [root, FALSE])
    assert sifting.size > 500
    sifting.sift(PLENTY)
    assert sifting.size == 16
    places = {question: i for i, question in enumerate(sifting.order)}
    assert all(abs(places[a] - places[b]) == 1 for a, b in zip(left, right, strict=True))
