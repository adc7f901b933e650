"""Which question to ask next: the one whose answer tells most about the outcome, and that can still matter.

How much an answer tells is read from likely cases, so it is an estimate. That the question can matter is shown by two
possible cases: they differ in its answer and have different outcomes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

from lagrum.model.facts import Fact
from lagrum.reasoning.asking.likely import Point
from lagrum.reasoning.asking.outcome import Outcome
from lagrum.reasoning.bench import Bench

JUDGED = 0.6  # what a judgement tells counts so much less: plain questions first where it is close
SEEN = 3  # how often an answer must come on average for it to foretell anything
TRIES = 25  # likely cases in which each answer is changed to see whether it matters

OutcomesOf = Callable[[Sequence[Point]], Sequence[Outcome | None]]
"""The outcomes of complete cases; None for those that are not possible, or not open any more."""


class Chooser:
    """Chooses among the facts of one law."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.levels: dict[str, list[int]] = {}
        for level, question in enumerate(bench.over):
            self.levels.setdefault(question.fact, []).append(level)

    def value(self, fact: str, point: Point) -> tuple[int, ...]:
        """What a case answers to a fact."""
        return tuple(point[level] for level in self.levels[fact])

    def best(
        self, cases: Sequence[tuple[Point, Outcome]], askable: Sequence[Fact], outcomes_of: OutcomesOf
    ) -> str | None:
        """The fact to ask about, None where no answer to any of them can matter."""
        outcomes = Counter(outcome for _, outcome in cases)
        if len(outcomes) < 2:
            return None
        numbers = {outcome: number for number, outcome in enumerate(outcomes)}  # these are counted often
        told = [(point, numbers[outcome]) for point, outcome in cases]
        # What a system does comes first: everything else is asked in the light of it.
        ranked = sorted(askable, key=lambda fact: (not fact.practice, -self._worth(fact, told)))
        for fact in ranked:
            if self.matters(fact.name, cases, outcomes_of):
                return fact.name
        tied = self._tied(cases, outcomes_of)
        return next((fact.name for fact in ranked if fact.name in tied), None)

    def _worth(self, fact: Fact, cases: Sequence[tuple[Point, int]]) -> float:
        told = gain([(self.value(fact.name, point), outcome) for point, outcome in cases])
        if fact.several:  # of many answers at once no two cases may have the same
            each = (gain([(point[level], outcome) for point, outcome in cases]) for level in self.levels[fact.name])
            told = max(told, *each)
        return told * (JUDGED if fact.judgement else 1.0)

    def matters(self, fact: str, cases: Sequence[tuple[Point, Outcome]], outcomes_of: OutcomesOf) -> bool:
        """Whether two possible cases were found that differ in this fact alone and in the outcome.

        Cases with a rare outcome are tried first: there are most borders around them.
        """
        often = Counter(outcome for _, outcome in cases)
        values = list(dict.fromkeys(self.value(fact, point) for point, _ in cases))
        for point, outcome in sorted(cases, key=lambda case: often[case[1]])[:TRIES]:
            others = list(self.turned(fact, point, values))
            if any(other is not None and other != outcome for other in outcomes_of(others)):
                return True
        return False

    def turned(self, fact: str, point: Point, values: Sequence[tuple[int, ...]]) -> Iterator[Point]:
        """The case with other answers to the fact: any single one changed, or all as another case has them."""
        levels = self.levels[fact]
        seen = {self.value(fact, point)}
        for level in levels:
            for answer in range(self.bench.sizes[self.bench.over[level]]):
                other = [*point]
                other[level] = answer
                if self.value(fact, other) not in seen:
                    seen.add(self.value(fact, other))
                    yield other
        if len(levels) > 1:
            for value in values:
                if value not in seen:
                    other = [*point]
                    for level, answer in zip(levels, value, strict=True):
                        other[level] = answer
                    yield other

    def _tied(self, cases: Sequence[tuple[Point, Outcome]], outcomes_of: OutcomesOf) -> set[str]:
        """Facts that together lead from one outcome to another, where the impossible lets none of them change alone.

        We go from one case towards another as long as single changes are possible and the outcome stays.
        """
        here, outcome = cases[0]
        there = next(point for point, other in cases if other != outcome)
        differing = [fact for fact in self.levels if self.value(fact, here) != self.value(fact, there)]
        moved = True
        while moved and len(differing) > 1:
            moved = False
            for fact in differing:
                step = [*here]
                for level in self.levels[fact]:
                    step[level] = there[level]
                (stepped,) = outcomes_of([step])
                if stepped is None:
                    continue
                if stepped != outcome:
                    return {fact}
                here, moved = step, True
                differing = [other for other in differing if other != fact]
                break
        return set(differing)


def gain(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """What the first of each pair tells about the second, in bits, less what it seems to tell by chance (Miller and
    Madow's correction). Nothing can be said where hardly any first comes twice: then 0."""
    joint, values, outcomes = Counter(pairs), Counter(v for v, _ in pairs), Counter(o for _, o in pairs)
    if len(values) * SEEN > len(pairs):
        return 0.0
    chance = (len(joint) - len(values) - len(outcomes) + 1) / (2 * len(pairs) * math.log(2))
    return _entropy(values.values()) + _entropy(outcomes.values()) - _entropy(joint.values()) - chance


def _entropy(counts: Collection[int]) -> float:
    """In bits."""
    whole = sum(counts)
    return -math.fsum(n / whole * math.log2(n / whole) for n in counts)
