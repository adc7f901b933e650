"""Smallest sets that meet each of a list of sets: what turns counterexamples into shortest reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Item = TypeVar("Item")

STEPS = 100_000  # branches tried before the best set found so far is taken as it is


def smallest_hitting_set(
    sets: Iterable[frozenset[Item]], weight: Mapping[Item, int], steps: int = STEPS
) -> tuple[frozenset[Item], bool]:
    """The lightest set with a member in each of `sets`, and whether it was proved to be the lightest.

    `weight` gives every item's weight (above 0); of equally light choices its order decides. None of `sets` is empty.

    >>> chosen, exact = smallest_hitting_set([frozenset("ab"), frozenset("bc")], {"a": 1, "b": 1, "c": 1})
    >>> sorted(chosen), exact
    (['b'], True)
    """
    search = _Search(weight, steps)
    search.branch(frozenset(), 0, _smallest_only(sets))
    assert search.best is not None, "the first branch always ends in a hitting set"
    return search.best, search.steps > 0


class _Search(Generic[Item]):
    """Branch and bound: take each member of a smallest set in turn, never one that was tried before it."""

    def __init__(self, weight: Mapping[Item, int], steps: int) -> None:
        self.weight = weight
        self.rank = {item: i for i, item in enumerate(weight)}
        self.steps = steps
        self.best: frozenset[Item] | None = None
        self.lightest = 0

    def branch(self, chosen: frozenset[Item], load: int, sets: list[frozenset[Item]]) -> None:
        if not sets:
            if self.best is None or load < self.lightest:
                self.best, self.lightest = chosen, load
            return
        if self.best is not None:
            self.steps -= 1
            if self.steps <= 0 or load + self._at_least(sets) >= self.lightest:
                return
        often = Counter(item for each in sets for item in each)
        tried: set[Item] = set()
        for item in sorted(_shortest(sets), key=lambda i: (-often[i] / self.weight[i], self.rank[i])):
            left = [each - tried for each in sets if item not in each]
            if all(left):
                self.branch(chosen | {item}, load + self.weight[item], left)
            tried.add(item)

    def _at_least(self, sets: list[frozenset[Item]]) -> int:
        """A bound from below: sets without common members need one member each."""
        used: set[Item] = set()
        total = 0
        for each in sorted(sets, key=len):
            if used.isdisjoint(each):
                used |= each
                total += min(self.weight[item] for item in each)
        return total


def _shortest(sets: list[frozenset[Item]]) -> frozenset[Item]:
    return sets[min(range(len(sets)), key=lambda i: len(sets[i]))]


def _smallest_only(sets: Iterable[frozenset[Item]]) -> list[frozenset[Item]]:
    """The sets that hold no other one of them, in a stable order."""
    kept: list[frozenset[Item]] = []
    for each in sorted(dict.fromkeys(sets), key=len):
        if not any(other <= each for other in kept):
            kept.append(each)
    return kept
