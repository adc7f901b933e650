"""Possible cases drawn at random, and how far a share seen in a sample can be off: the honest way out past the budget.

What rests on it is called an estimate wherever it is printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice
from math import prod, sqrt
from random import Random

from lagrum.model.cases import Box, Complete
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.order import question_order
from lagrum.semantics.queries import weights
from lagrum.semantics.reference import possible

SAMPLES = 2_000
TRIES = 50  # for each sample wanted, where possible cases have to be found by chance


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the possible cases, with the 95 % interval (Wilson's) it lies in."""

    share: float
    low: float
    high: float


def possible_cases(law: Law, given: Box, samples: int, seed: int, budget: int = 200_000) -> Iterator[Complete]:
    """Possible cases as `possible_answers` draws them."""
    return map(as_case, possible_answers(law, given, samples, seed, budget))


def possible_answers(
    law: Law, given: Box, samples: int, seed: int, budget: int = 200_000
) -> Iterator[dict[Question, int]]:
    """The answers of possible cases drawn uniformly, with repetition: from the diagram of what is possible, or, where
    that needs more than `budget` nodes, by chance until one is possible. Fewer than `samples` where they cannot be
    found."""
    if not all(given.values()):
        return
    random = Random(seed)
    order = question_order(law)
    diagrams = Diagrams(order, budget)
    try:
        region = possible_region(diagrams, [law], given)
    except BudgetExceeded:
        drawn = (_by_chance(order, given, random) for _ in range(samples * TRIES))
        yield from islice((answers for answers in drawn if possible(law, as_case(answers))), samples)
        return
    yield from draw(diagrams, region, samples, random)


def draw(diagrams: Diagrams, node: Node, samples: int, random: Random) -> Iterator[dict[Question, int]]:
    """Answers to all questions of the diagrams that make `node` hold, uniformly, with repetition; none for false."""
    if node == FALSE:
        return
    weight = weights(diagrams, node, prod(diagrams.widths))
    running = {n: list(accumulate(weight[child] for child in diagrams.children[n])) for n in diagrams.below(node)}
    for _ in range(samples):
        found: dict[Question, int] = {}
        at = node
        for level, question in enumerate(diagrams.order):
            if at == TRUE or diagrams.levels[at] != level:
                found[question] = random.randrange(diagrams.widths[level])
                continue
            ways = running[at]
            found[question] = bisect_right(ways, random.randrange(ways[-1]))
            at = diagrams.children[at][found[question]]
        yield found


def as_case(answers: Mapping[Question, int]) -> Complete:
    """The complete case that gives these answers to all questions of its facts."""
    found: dict[str, int | frozenset[int]] = {}
    for question, answer in answers.items():
        if question.member is None:
            found[question.fact] = answer
        else:
            members = found.get(question.fact, frozenset())
            assert isinstance(members, frozenset)
            found[question.fact] = members | {question.member} if answer else members
    return found


def interval(hits: int, of: int) -> Share:
    """Wilson's 95 % interval for a share seen `hits` times in `of`.

    >>> half = interval(50, 100)
    >>> half.share, round(half.low, 2), round(half.high, 2)
    (0.5, 0.4, 0.6)
    >>> interval(0, 0)
    Share(share=0.0, low=0.0, high=1.0)
    """
    if of == 0:
        return Share(0.0, 0.0, 1.0)
    z = 1.959963984540054
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Share(share, max(0.0, middle - reach), min(1.0, middle + reach))


def _by_chance(order: list[tuple[Question, int]], given: Box, random: Random) -> dict[Question, int]:
    return {question: random.choice(sorted(given.get(question, range(size)))) for question, size in order}
