"""The smallest cases that tell two laws apart: for each way in which norms of the two differ, one ordinary case.

As with loopholes, each case does one thing and nothing else that is special: a smallest set of practices. Otherwise
every rule of the one law would be told once with every exception of the other, however little they have in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagrum.analysis.compare.ordinary import Ordinary
from lagrum.analysis.compare.pair import Pair
from lagrum.analysis.compare.result import Deciding, Witness
from lagrum.analysis.compare.sides import Side
from lagrum.analysis.compare.view import Point, Term
from lagrum.analysis.loopholes.practices import HELD, practice_fact
from lagrum.analysis.loopholes.witness import in_words
from lagrum.model.cases import Complete
from lagrum.model.facts import Question, questions_of
from lagrum.semantics.diagrams import FALSE, Node

MOST_PRACTICES = 60
"""Smallest sets of practices looked at for one norm; more than any law forbids."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A telling case before it is put in words. `reasons` are the nodes that make it one."""

    cost: int
    point: Point
    case: Complete
    practice: tuple[str, ...]
    pure: Node
    reasons: tuple[Node, ...]


def telling_cases(pair: Pair, side: Side) -> tuple[Witness, ...]:
    """The cases that the side catches and the other does not, one for each pair of norms that decide them, the nearest
    to the ordinary case first. Raises `BudgetExceeded`."""
    return _Telling(pair, side).witnesses()


class _Telling:
    def __init__(self, pair: Pair, side: Side) -> None:
        self.pair, self.side, self.other = pair, side, pair.other(side)
        self.diagrams, self.view, self.facts = pair.diagrams, pair.view, pair.facts
        self.levels = self.diagrams.level_of
        self.ordinary = Ordinary(self.diagrams, self.facts, pair.given)
        fact = practice_fact(*pair.laws)
        members = [q for q in questions_of(fact) if q in self.levels] if fact else []
        self.members = [q for q in members if len(pair.given.get(q, (0, 1))) > 1]
        self.given = tuple(q for q in members if pair.given.get(q) == HELD)
        self.lacking = frozenset(members) - {*self.members, *self.given}

    def witnesses(self) -> tuple[Witness, ...]:
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Found]] = {}
        for found in self._search():
            mine = tuple(key for key, _ in self.side.decide(found.case))
            theirs = tuple(key for key, _ in self.other.decide(found.case))
            groups.setdefault((mine, theirs), []).append(found)
        nearest = [sorted(group, key=lambda found: found.cost) for group in groups.values()]
        return tuple(self._told(group) for group in sorted(nearest, key=lambda group: group[0].cost))

    def _search(self) -> Iterator[_Found]:
        """For every norm, practice, and what silences the other law (or nothing), the nearest case."""
        d, silencers = self.diagrams, self.other.silencers
        silent = tuple(dict.fromkeys(d.negate(silencer.node) for silencer in silencers))
        for term in self.pair.only(self.side, self.other).values():
            for held in self._practices(term):
                pure = d.box({q: HELD if q in held else frozenset({0}) for q in self.members})
                done = (*self.given, *held)
                names = tuple(self.facts[q.fact].answers[q.member].name for q in done if q.member is not None)
                about = d.both(term[0], pure)
                for reasons, extra in [((), silent), *(((s.node,), (s.node,)) for s in silencers)]:
                    if d.both(about, *reasons) == FALSE:
                        continue
                    point = self.view.nearest((pure, *term, *extra), self.ordinary.prices, self.ordinary.point)
                    if point is not None:
                        cost, case = self.ordinary.cost(point), self.ordinary.case(point)
                        yield _Found(cost, point, case, names, pure, (term[0], *reasons))

    def _practices(self, term: Term) -> Iterator[tuple[Question, ...]]:
        """The smallest sets of practices that cases of the term do beside those given, the smaller ones first."""
        prices = {self.levels[q]: [0, 1] for q in self.members}
        nothing = [0] * len(self.diagrams.order)
        beyond: list[Node] = []
        while len(beyond) < MOST_PRACTICES:
            point = self.view.nearest((*term, *beyond), prices, nothing)
            if point is None:
                return
            held = tuple(q for q in self.members if point[self.levels[q]])
            yield held
            beyond.append(self.diagrams.negate(self.diagrams.box(dict.fromkeys(held, HELD))))

    def _told(self, group: Sequence[_Found]) -> Witness:
        found = group[0]
        turned = self._turned(found)
        matter = self.ordinary.reason(found.point, found.reasons, self.pair.limits)
        matter |= {q: self.ordinary.answer(found.point, q) for q in turned}
        matter = {q: answers for q, answers in matter.items() if q not in self.lacking}
        facts, besides = self.ordinary.told(matter, turned)
        mine = tuple(each for _, each in self.side.decide(found.case))
        theirs = tuple(each for _, each in self.other.decide(found.case)) or self.other.attached(found.case)
        rulings = {side: side.reference.ruling(found.case) for side in (self.pair.a, self.pair.b)}
        by: dict[Side, tuple[Deciding, ...]] = {self.side: mine, self.other: theirs}
        return Witness(
            case=in_words(self.facts, found.case),
            practices=tuple(dict.fromkeys(each.practice for each in group)),
            facts=facts,
            besides=besides,
            unless=self.ordinary.say(turned),
            ruling_a=rulings[self.pair.a],
            ruling_b=rulings[self.pair.b],
            by_a=by[self.pair.a],
            by_b=by[self.pair.b],
        )

    def _turned(self, found: _Found) -> dict[Question, frozenset[int]]:
        """The fewest other answers with which the other law catches the case too, its practice being the same."""
        prices = {
            level: [int(answer != now) for answer in range(self.diagrams.widths[level])]
            for level, now in enumerate(found.point)
        }
        best: dict[Question, frozenset[int]] | None = None
        for node in self.other.catches.values():
            if self.diagrams.both(found.pure, found.reasons[0], node) == FALSE:
                continue
            there = self.view.nearest((found.pure, found.reasons[0], node), prices, found.point)
            if there is not None:
                differ = [q for q, level in self.levels.items() if there[level] != found.point[level]]
                turned = {q: self.ordinary.answer(there, q) for q in differ}
                best = turned if best is None or len(turned) < len(best) else best
        return best or {}
