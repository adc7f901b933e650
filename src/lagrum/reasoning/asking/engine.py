"""What is worked out at each step of an interview, from the answers alone: the same answers always give the same step.

Small diagrams of the law, with the answers put into everything before it is built, say for certain what is still
possible. While too little is known for them to be built, likely cases say what they can: an outcome that was seen is
possible, whatever else may be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random
from statistics import median

from lagrum.model.cases import Box
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.asking.choosing import Chooser, OutcomeOf, open_facts
from lagrum.reasoning.asking.likely import Likely
from lagrum.reasoning.asking.outcome import Outcome, Outcomes, Until
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.bench import Bench, bench_of
from lagrum.reasoning.search import Point, Term
from lagrum.semantics.estimate import as_case
from lagrum.semantics.remembering import Remembering

CASES = 160  # likely cases at each step
MORE = 1_000  # where they all agree and there is no proof that all cases do
LITTLE = 100_000  # nodes, for what is only good to know
TYPICAL = 15  # of the likely cases, to say how many questions there usually are


@dataclass(frozen=True, slots=True)
class Step:
    """Where an interview stands. `possible` are the rulings still possible, all of them where `exact`.

    `outcome` is set once it is settled. `ask` is the fact to ask about next; none when settled, or when nothing that is
    left to ask can matter. `most` and `usually` say how many questions may follow; `usually` is None while unknown.
    """

    possible: tuple[Ruling, ...]
    exact: bool
    outcome: Outcome | None
    ask: str | None
    most: int
    usually: int | None


class Engine:
    """One law on one date, asked until `until`."""

    def __init__(self, law: Law, on: date, until: Until = Until.CLASSES) -> None:
        self.law = law
        self.on = on
        self.bench = bench_of(law, on)
        self.outcomes = Outcomes(law, until)
        self._reference = Remembering(law, on)
        self._likely = Likely(self.bench)
        self._known: dict[tuple[int, ...], Outcome] = {}
        self._steps: dict[tuple[object, ...], Step] = {}
        self.chooser = Chooser(self.bench)

    def outcome_of(self, point: Point) -> Outcome:
        """The outcome of a complete case."""
        key = tuple(point)
        if key not in self._known:
            case = as_case(dict(zip(self.bench.over, point, strict=True)))
            self._known[key] = self.outcomes.of(case, self._reference)
        return self._known[key]

    def step(self, box: Box, passed: frozenset[str]) -> Step:
        """Where the interview stands with these answers; facts in `passed` are not asked (again)."""
        key = (tuple(sorted((q, tuple(sorted(a))) for q, a in box.items())), passed)
        if key not in self._steps:
            self._steps[key] = self._step(box, passed)
        return self._steps[key]

    def _step(self, box: Box, passed: frozenset[str]) -> Step:
        inside = self.inside(box, LITTLE)
        outcome_of = self.outcome_of if inside is None else partial(self.outcomes.at, bench=inside)
        cases = self._cases(box, CASES, outcome_of)
        settled, cases = self._settled(box, inside, cases)
        if settled is not None:
            return Step((settled.ruling,), True, settled, None, 0, 0)
        if inside is not None:
            possible, exact = inside.possible_rulings(), True
        else:
            seen = {outcome.ruling for _, outcome in cases}
            possible, exact = tuple(ruling for ruling in SETTLED if ruling in seen), False
        open_ = self._open(box, inside, passed)
        askable = [self.law.facts[name] for name in open_]
        ask = self.chooser.best(self.bench.view(box), cases, askable, outcome_of)
        if ask is None and len({outcome for _, outcome in cases}) < 2 and open_:
            ask = open_[0]  # nothing is proved: what the first rule asks narrows the law down
        usually = self._usually(inside, cases, passed) if inside is not None and ask is not None else None
        most = len(open_) if ask is not None else 0
        usually = None if usually is None else max(1, min(usually, most))
        return Step(possible, exact, None, ask, most, usually)

    def inside(self, box: Box, budget: int) -> Bench | None:
        """The law with the answers put into it, None where it does not fit the budget."""
        try:
            found = Bench(self.law, self.on, budget, self.bench.order, dict(box))
            len(found.grounds.nodes)  # built here, so that it fits or not here
        except BudgetExceeded:
            return None
        return found

    def _cases(self, box: Box, number: int, outcome_of: OutcomeOf) -> list[tuple[Point, Outcome]]:
        return [(point, outcome_of(point)) for point in self._likely.draw(box, number, Random(0))]

    def _settled(
        self, box: Box, inside: Bench | None, cases: list[tuple[Point, Outcome]]
    ) -> tuple[Outcome | None, list[tuple[Point, Outcome]]]:
        """The outcome that all cases share, if they do, and the cases with one of another outcome, if there is one."""
        outcomes = {outcome for _, outcome in cases}
        if len(outcomes) > 1:
            return None, cases
        inside = inside or self.inside(box, self.bench.budget)
        if inside is None:
            return None, self._cases(box, MORE, self.outcome_of)
        if not cases:
            point = inside.here.find(())
            assert point is not None, "the answers were found to be possible"
            cases = [(point, self.outcome_of(point))]
        outcome = cases[0][1]
        for term in self.outcomes.otherwise(outcome, inside):
            point = inside.here.find(term)
            if point is not None:
                return None, [*cases, (point, self.outcome_of(point))]
        return outcome, cases

    def _open(self, box: Box, inside: Bench | None, passed: frozenset[str]) -> list[str]:
        """The facts that may still be asked: those that some rule asks about, and that are not answered wholly."""
        if inside is not None:
            return [name for name in open_facts(inside) if name not in passed]
        levels = self.chooser.levels
        sizes, over = self.bench.diagrams.widths, self.bench.over
        return [
            name
            for name, at in levels.items()
            if name not in passed and any(len(box.get(over[i], range(sizes[i]))) > 1 for i in at)
        ]

    def _usually(self, inside: Bench, cases: Sequence[tuple[Point, Outcome]], passed: frozenset[str]) -> int:
        numbers: list[int] = []
        terms: dict[Outcome, list[Term]] = {}
        for point, outcome in cases[:TYPICAL]:
            if outcome not in terms:
                terms[outcome] = list(self.outcomes.otherwise(outcome, inside))
            numbers.append(len(_certificate(inside, terms[outcome], point) - passed))
        return math.ceil(median(numbers)) if numbers else 1

    def deciding(self, box: Box, assumed: Mapping[str, Box], outcome: Outcome) -> tuple[frozenset[str], bool]:
        """Of the facts that are assumed, those on which the outcome rests, and whether no others can matter."""
        whole = {**box, **{q: a for each in assumed.values() for q, a in each.items()}}
        inside = self.inside(box, self.bench.budget)
        if inside is not None:
            try:
                bad = list(self.outcomes.otherwise(outcome, inside))
                # What was answered counts as firmer, so that as little as possible is rested on what is assumed.
                basis = {q: "stated" if q in box else "assumed" for q in whole}
                chosen, _ = smallest_reason(inside.diagrams, inside.limits, whole, tuple(bad), basis, box)
                return frozenset(q.fact for q in chosen if q not in box), True
            except BudgetExceeded:
                pass
        point = next(self._likely.draw(whole, 1, Random(0)))
        return frozenset(name for name in assumed if self._alone(name, point, outcome)), False

    def _alone(self, fact: str, point: Point, outcome: Outcome) -> bool:
        """Whether another answer to the fact alone changes the outcome of this case."""
        view = self.bench.view({})
        return any(
            view.allows(other) and self.outcome_of(other) != outcome for other in self.chooser.turned(fact, point, ())
        )


def _certificate(inside: Bench, terms: Iterable[Term], point: Point) -> frozenset[str]:
    """Facts whose answers in this case rule every one of the terms out: about as many as one would have to ask."""
    choices = [[way for node in term if (way := _refuted(inside, node, point)) is not None] for term in terms]
    found: frozenset[str] = frozenset()
    for ways in sorted(choices, key=len):  # where there is no choice first
        if ways:
            found |= min(ways, key=lambda way: len(way - found))
    return found


def _refuted(inside: Bench, node: int, point: Point) -> frozenset[str] | None:
    """The facts on the way to where a case makes a diagram false; None where it holds."""
    levels, children, over = inside.diagrams.levels, inside.diagrams.children, inside.over
    way: set[str] = set()
    while node > 1:
        way.add(over[levels[node]].fact)
        node = children[node][point[levels[node]]]
    return frozenset(way) if node == 0 else None
