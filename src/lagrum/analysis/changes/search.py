"""The changes of a law over a stretch of days: two neighbouring days at a time, in the same diagrams.

Where both days can be built whole, the cases of every turn are counted. Where they cannot, a solver still says which
turns there are, with the nearest case of each, and a sample gives their shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import permutations
from random import Random

from lagrum.analysis.changes.result import Changes, DayOfChange, Moved, Turn
from lagrum.analysis.compare.ordinary import Ordinary
from lagrum.analysis.compare.view import Point
from lagrum.analysis.loopholes.witness import in_words
from lagrum.analysis.nothing import nothing_possible
from lagrum.model.cases import Box, Complete
from lagrum.model.diagnostics import BudgetExceeded, InvalidInput
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import SETTLED, Ruling, Status
from lagrum.reasoning.bench import bench_of
from lagrum.semantics.compile import Compiled
from lagrum.semantics.days import days_of
from lagrum.semantics.diagrams import FALSE, Diagrams, Node
from lagrum.semantics.estimate import Share, draw, interval
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.order import question_order, relevant_impossible, relevant_questions
from lagrum.semantics.reference import Reference
from lagrum.semantics.remembering import Remembering

BUDGET = 400_000
SAMPLES = 400
GRAVITY = (Ruling.FORBIDDEN, Ruling.EXCEPTED, Ruling.REGULATED, Ruling.UNREGULATED, Ruling.OUTSIDE)


def changes(law: Law, since: date, until: date, given: Box | None = None, budget: int = BUDGET) -> Changes:
    """The days after `since`, up to `until`, on which norms of the law begin or end, and what that does to cases.

    `given` fixes facts. Past `budget` diagram nodes a day's turns are an estimate and say so. Raises `InvalidInput`
    where what is given leaves nothing possible.
    """
    days = [day for day in days_of(law) if since < day <= until]
    found = [_day(law, day, dict(given or {}), budget) for day in days]
    return Changes(law.id, since, until, tuple(day for day in found if day.moved or day.turns))


def _day(law: Law, day: date, given: Box, budget: int) -> DayOfChange:
    change = _Change(law, day, given, 4 * budget)
    moved = tuple(change.moved())
    try:
        turns, possible = _Change(law, day, given, budget).counted()
        return DayOfChange(day, moved, turns, possible, "exact")
    except BudgetExceeded:
        sample = change.sample()
    return DayOfChange(day, moved, change.estimated(change.nearest(), sample), None, "estimate")


class _Change:
    """A law on the day before, and on the day itself."""

    def __init__(self, law: Law, day: date, given: Box, budget: int) -> None:
        self.law = law
        self.day = day
        self.diagrams = Diagrams(question_order(law), budget)
        self.given = {q: answers for q, answers in given.items() if q in self.diagrams.sizes}
        days = (day - timedelta(days=1), day)
        self.before, self.after = (Compiled(law, each, self.diagrams, self.given) for each in days)
        self.readings: tuple[Reference, ...] = tuple(Remembering(law, each) for each in days)
        leaves = Leaves(self.diagrams, self.given, [law])
        statements = relevant_impossible([law])
        self.limits = tuple(self.diagrams.negate(leaves.group(s.when, leaves.single)) for s in statements)
        if not bench_of(law).here(day, self.given).possible:
            raise InvalidInput([nothing_possible([law], given)])
        self.ordinary = Ordinary(self.diagrams, law.facts, self.given)

    def moved(self) -> Iterator[Moved]:
        """The norms that stand for cases for which they did not, or no longer do, in the order of the text."""
        d = self.diagrams
        for norm in self.law.norms.values():
            then, now = self._stands(self.before, norm), self._stands(self.after, norm)
            for does, gained, whole in (
                ("begins", d.minus(now, then), then == FALSE),
                ("ends", d.minus(then, now), now == FALSE),
            ):
                if gained != FALSE:
                    label = norm.label or norm.name
                    yield Moved(norm.instrument, str(norm.citation), label, norm.kind.value, does, not whole)

    def _stands(self, compiled: Compiled, norm: Norm) -> Node:
        return compiled.active(norm.key) if compiled.in_force(norm.instrument) else FALSE

    def counted(self) -> tuple[tuple[Turn, ...], int]:
        """Every turn with the number of its cases, and how many cases there are. Raises `BudgetExceeded`."""
        d, over = self.diagrams, relevant_questions([self.law])
        possible = d.both(*self.limits, d.box(self.given))
        then = {ruling: d.both(node, possible) for ruling, node in self.before.rulings().items()}
        now = self.after.rulings()
        turns: list[Turn] = []
        for before, after in permutations(SETTLED, 2):
            cases = d.both(then[before], now[after])
            nearest = d.nearest(cases, self.ordinary.by_question)
            if nearest is not None:
                point = [nearest[1][question] for question in d.order]
                turns.append(self._turn(before, after, point, d.count(cases, over), None))
        return tuple(turns), d.count(possible, over)

    def nearest(self) -> dict[tuple[Ruling, Ruling], Point]:
        """For every turn that some case takes the nearest of these to the ordinary case."""
        bench = bench_of(self.law)
        here = bench.here(self.day, self.given)
        days = (self.day - timedelta(days=1), self.day)
        moments = (bench.compiled.moment(each, self.law.readings) for each in days)
        then, now = (bench.circuit.settled({q: min(a) for q, a in moment.items()}) for moment in moments)
        usual = {q: frozenset([self.ordinary.point[level]]) for q, level in self.diagrams.level_of.items()}
        found: dict[tuple[Ruling, Ruling], Point] = {}
        for before, after in permutations(SETTLED, 2):
            node = bench.circuit.both(then(bench.rulings[before]), now(bench.rulings[after]))
            unusual = here.otherwise(usual, node)
            if unusual is not None:
                kept = {q: answers for q, answers in usual.items() if q not in unusual}
                case = here.inside({**kept, **self.given}).find(node)
                assert case is not None, "nothing speaks against what is kept"
                found[before, after] = [case[question] for question in self.diagrams.order]
        return found

    def sample(self) -> list[Point]:
        """Possible cases drawn uniformly; the same law and day give the same."""
        region = self.diagrams.both(*self.limits, self.diagrams.box(self.given))
        drawn = draw(self.diagrams, region, SAMPLES, Random(0))
        return [[answers[question] for question in self.diagrams.order] for answers in drawn]

    def estimated(self, nearest: Mapping[tuple[Ruling, Ruling], Point], sample: list[Point]) -> tuple[Turn, ...]:
        """The turns, with their shares of the sample."""
        seen = Counter(self._rulings(self.ordinary.case(point)) for point in sample)
        return tuple(
            self._turn(*turn, point, None, interval(seen[turn], len(sample))) for turn, point in nearest.items()
        )

    def _rulings(self, case: Complete) -> tuple[Ruling, Ruling]:
        before, after = (reference.ruling(case) for reference in self.readings)
        return before, after

    def _turn(self, before: Ruling, after: Ruling, point: Point, count: int | None, share: Share | None) -> Turn:
        case = self.ordinary.case(point)
        later = GRAVITY.index(after) < GRAVITY.index(before)
        compiled, reference = (self.after, self.readings[1]) if later else (self.before, self.readings[0])
        deciding = self._deciding(reference, after if later else before, case)
        facts, besides = self._reason(compiled, reference, deciding[:1], point)
        by = tuple(dict.fromkeys(str(norm.citation) for norm in deciding))
        return Turn(before, after, count, share, facts, besides, by, in_words(self.law.facts, case))

    def _reason(
        self, compiled: Compiled, reference: Reference, norms: list[Norm], point: Point
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The answers for which the first norm decides; all that are unusual where no norm does, as outside the law, or
        where its cases cannot be built."""
        ordinary = self.ordinary
        if not norms:
            return ordinary.say(ordinary.unusual(point)), ()
        try:
            status = {norm.key: reference.status(norm.key, ordinary.case(point)) for norm in norms}
            nodes = [compiled.statuses(key)[each] for key, each in status.items()]
            return ordinary.told(ordinary.reason(point, nodes, self.limits))
        except BudgetExceeded:
            return ordinary.say(ordinary.unusual(point)), ()

    def _deciding(self, reference: Reference, ruling: Ruling, case: Complete) -> list[Norm]:
        """The norms to which the case owes its ruling, those first that are not the same on both days."""
        wanted: tuple[NormKind, ...] = (NormKind.FORBID,)
        status = Status.DEFEATED if ruling is Ruling.EXCEPTED else Status.APPLIES
        if ruling is Ruling.FORBIDDEN:
            wanted = (NormKind.FORBID, NormKind.REQUIRE)
        elif ruling is Ruling.REGULATED:
            wanted = (NormKind.REQUIRE, NormKind.CLASSIFY)
        elif ruling is not Ruling.EXCEPTED:
            return []
        found = [
            norm
            for norm in self.law.norms.values()
            if norm.kind in wanted
            and reference.status(norm.key, case) is status
            and (
                ruling is not Ruling.FORBIDDEN or norm.kind is NormKind.FORBID or self._breached(reference, norm, case)
            )
        ]
        others = next(other for other in self.readings if other is not reference)
        return sorted(found, key=lambda norm: others.status(norm.key, case) is status)

    def _breached(self, reference: Reference, norm: Norm, case: Complete) -> bool:
        return norm.before_use and not reference.met(norm, case)
