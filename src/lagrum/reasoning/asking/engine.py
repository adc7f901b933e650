"""What is worked out at each step of an interview, from the answers alone: the same answers always give the same step.

What is still possible, and that an outcome is settled, is proved. Which question comes next is read from likely cases.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from random import Random
from statistics import median

from lagrum.model.cases import Box
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.asking.choosing import Chooser
from lagrum.reasoning.asking.likely import Likely, Point
from lagrum.reasoning.asking.outcome import Outcome, Outcomes, Until
from lagrum.reasoning.asking.readers import Readers
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.here import Here
from lagrum.reasoning.sources import Sources

CASES = 160  # likely cases at each step
TYPICAL = 15  # of the likely cases, to say how many questions there usually are
GROWN = 4_000  # outcomes, and
STEPS = 400  # steps, that are remembered from one step to the next


@dataclass(frozen=True, slots=True)
class Step:
    """Where an interview stands. `possible` are the rulings still possible.

    `outcome` is set once it is settled. `ask` is the fact to ask about next; none when settled, or when nothing that is
    left to ask can matter. `open` are the facts that may still be asked, in the order of the law; `most` and `usually`
    say how many questions may follow; `usually` is None while unknown.
    """

    possible: tuple[Ruling, ...]
    outcome: Outcome | None
    ask: str | None
    most: int
    usually: int | None
    open: tuple[str, ...] = ()


class Engine:
    """One law on one date, asked until `until`."""

    def __init__(self, law: Law, on: date, until: Until = Until.CLASSES) -> None:
        self.law = law
        self.on = on
        self.bench = bench_of(law)
        self.outcomes = Outcomes(law, until)
        self.chooser = Chooser(self.bench)
        self._likely = Likely(self.bench)
        self._outcome_of = self.outcomes.function(self.bench, on)
        self._known: dict[tuple[int, ...], Outcome | None] = {}
        self._steps: dict[tuple[object, ...], Step] = {}

    @cached_property
    def readers(self) -> Readers:
        """Which rules ask about which fact."""
        return Readers(self.law)

    @cached_property
    def sources(self) -> Sources:
        """Where the law asks for which fact."""
        return Sources(self.law, ())

    def outcomes_of(self, points: Sequence[Point]) -> list[Outcome | None]:
        """The outcomes of complete cases; None for those that are not possible."""
        for key in map(tuple, points):
            if key not in self._known:
                self._known[key] = self._outcome_of(key)
        return [self._known[tuple(point)] for point in points]

    def step(self, box: Box, passed: frozenset[str]) -> Step:
        """Where the interview stands with these answers; facts in `passed` are not asked (again)."""
        key = (tuple(sorted((q, tuple(sorted(a))) for q, a in box.items())), passed)
        if key not in self._steps:
            if len(self._known) > GROWN:  # what is remembered spares work and changes nothing
                self._known.clear()
            if len(self._steps) > STEPS:
                self._steps.clear()
            self._steps[key] = self._step(self.bench.here(self.on, box), passed)
        return self._steps[key]

    def _step(self, here: Here, passed: frozenset[str]) -> Step:
        cases = self._cases(here)
        outcome, other = cases[0][1], None
        if len({outcome for _, outcome in cases}) < 2:
            other = here.find(self.bench.circuit.negate(self.outcomes.node(outcome, self.bench)))
            if other is None:
                return Step((outcome.ruling,), outcome, None, 0, 0)
            cases += self._told([[other[q] for q in self.bench.over]])
        asked = (*self.bench.rulings.values(), *self.outcomes.class_nodes(self.bench).values())
        open_ = [name for name in here.asked_by(*asked) if name not in passed]
        askable = [self.law.facts[name] for name in open_]
        narrowed = [(i, here.box[q]) for i, q in enumerate(self.bench.over) if q in here.box]
        ask = self.chooser.best(cases, askable, partial(self._open_outcomes, narrowed))
        usually = self._usually(here, cases, passed) if ask is not None else None
        most = len(open_) if ask is not None else 0
        return Step(
            here.possible_rulings(), None, ask, most, usually and max(1, min(usually, most)), tuple(open_[:most])
        )

    def _cases(self, here: Here) -> list[tuple[Point, Outcome]]:
        points = list(self._likely.draw(here, CASES, Random(0)))
        found = here.find() if not points else None
        return self._told([[found[q] for q in self.bench.over]] if found is not None else points)

    def _told(self, points: Sequence[Point]) -> list[tuple[Point, Outcome]]:
        outcomes = zip(points, self.outcomes_of(points), strict=True)
        return [(point, outcome) for point, outcome in outcomes if outcome is not None]

    def _open_outcomes(
        self, narrowed: Sequence[tuple[int, frozenset[int]]], points: Sequence[Point]
    ) -> list[Outcome | None]:
        """The outcomes of those cases that what was answered leaves open."""
        found = zip(points, self.outcomes_of(points), strict=True)
        return [o if all(point[i] in answers for i, answers in narrowed) else None for point, o in found]

    def _usually(self, here: Here, cases: Sequence[tuple[Point, Outcome]], passed: frozenset[str]) -> int:
        """How many more facts it takes to prove the outcomes of some cases."""
        known = {q.fact for q, answers in here.box.items() if len(answers) == 1} | passed
        numbers: list[int] = []
        for point, outcome in cases[:TYPICAL]:
            answers = {q: frozenset([a]) for q, a in zip(self.bench.over, point, strict=True)}
            otherwise = self.bench.circuit.negate(self.outcomes.node(outcome, self.bench))
            reason = here.inside(answers).holding_to(otherwise) or frozenset()
            numbers.append(len({q.fact for q in reason if q in self.bench.sizes} - known))
        return max(1, math.ceil(median(numbers)))

    def deciding(self, box: Box, assumed: Mapping[str, Box], outcome: Outcome) -> frozenset[str]:
        """Of the facts that are assumed, those on which the outcome rests: no others can matter."""
        whole = {**box, **{q: a for each in assumed.values() for q, a in each.items()}}
        # What was answered is all taken as it is, so that as little as possible is rested on what is assumed.
        bad = self.bench.circuit.negate(self.outcomes.node(outcome, self.bench))
        chosen, _ = smallest_reason(self.bench.here(self.on, whole), bad, {}, box)
        return frozenset(q.fact for q in chosen if q not in box)
