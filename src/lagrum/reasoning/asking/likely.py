"""Cases as they may well be: drawn at random, usual answers more often than others, none that is impossible.

The chances only decide which question comes first and what is suggested, never what a law makes of a case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate
from random import Random

from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Fact, FactKind, Question
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.here import Here
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.leaves import Leaves

PLAIN = 0.85  # that a yes/no question has its usual answer
CHOSEN = 0.5  # the same where there are several answers to choose from
BUDGET = 200_000  # diagram nodes, for what is possible
HAS = 0.6  # that a usual member of a fact with several answers is among them
OTHERS = 0.8  # how many of the other members there are on average


def chances(fact: Fact, question: Question, size: int) -> list[float]:
    """How likely each answer is before anything is known."""
    if question.member is not None:
        usual = fact.usual or frozenset[int]()
        # What a system does is the question itself: no practice is more usual than others.
        has = 1.3 / len(fact.answers) if fact.practice else min(0.25, OTHERS / len(fact.answers))
        if question.member in usual and not fact.practice:
            has = HAS
        return [1 - has, has]
    if not fact.usual:
        return [1 / size] * size
    stays = PLAIN if fact.kind is FactKind.YES_NO else CHOSEN
    return [stays if i in fact.usual else (1 - stays) / max(1, size - 1) for i in range(size)]


Point = list[int]
"""A complete case: the answer to each question of `Bench.over`, in that order."""


class Likely:
    """Draws possible cases of a law, weighted by `chances`."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        facts = bench.law.facts
        self._diagrams = Diagrams(bench.order, BUDGET)
        self._chances = [chances(facts[q.fact], q, bench.sizes[q]) for q in self._diagrams.order]
        self._places = [self._diagrams.level_of[q] for q in bench.over]
        self._region: Node | None = None  # then cases are drawn one question at a time and mended where they cannot be
        with suppress(BudgetExceeded):
            leaves = Leaves(self._diagrams, {}, [bench.law])
            ruled_out = (leaves.group(each.statement.when, leaves.single) for each in bench.impossible)
            self._region = self._diagrams.both(*map(self._diagrams.negate, ruled_out))

    def draw(self, here: Here, number: int, random: Random) -> Iterator[Point]:
        """So many of the possible cases of `here`; none where there are none."""
        weights = [
            [c if i in here.box.get(q, (i,)) else 0.0 for i, c in enumerate(each)]
            for q, each in zip(self._diagrams.order, self._chances, strict=True)
        ]
        region = self._region
        drawn = (
            self._mended(here, weights, number, random)
            if region is None
            else self._from(region, weights, number, random)
        )
        for point in drawn:
            yield [point[place] for place in self._places]

    def _from(self, region: Node, weights: list[list[float]], number: int, random: Random) -> Iterator[Point]:
        """Exactly: each case as often as its weight says."""
        diagrams = self._diagrams
        levels, children = diagrams.levels, diagrams.children
        whole = [sum(each) for each in weights]
        running = [list(accumulate(each)) for each in weights]
        share: dict[Node, float] = {FALSE: 0.0, TRUE: 1.0}
        for node in diagrams.below(region):
            at = levels[node]
            pairs = zip(weights[at], children[node], strict=True)
            share[node] = sum(w * share[child] for w, child in pairs if w) / (whole[at] or 1.0)
        if not share[region]:
            return
        here = {
            node: list(accumulate(w * share[c] for w, c in zip(weights[levels[node]], children[node], strict=True)))
            for node in diagrams.below(region)
        }
        for _ in range(number):
            node, point = region, list[int]()
            for level, free in enumerate(running):
                asked = levels[node] == level
                ways = here[node] if asked else free
                answer = bisect_right(ways, random.random() * ways[-1])
                point.append(answer)
                if asked:
                    node = children[node][answer]
            yield point

    def _mended(self, here: Here, weights: list[list[float]], number: int, random: Random) -> Iterator[Point]:
        """By chance, and where that cannot be, one near it that can."""
        for _ in range(number):
            wished = {
                q: random.choices(range(len(each)), each)[0]
                for q, each in zip(self._diagrams.order, weights, strict=True)
                if any(each)
            }
            found = here.near(wished)
            if found is not None:
                yield [found[q] for q in self._diagrams.order]
