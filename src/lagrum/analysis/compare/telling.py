"""The smallest cases that tell two laws apart: for each way in which norms of the two differ, one ordinary case.

As with loopholes, each case does one thing and nothing else that is special: a smallest set of practices. Otherwise
every rule of the one law would be told once with every exception of the other, however little they have in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lagrum.analysis.compare.pair import Pair
from lagrum.analysis.compare.result import Deciding, Witness
from lagrum.analysis.compare.sides import Side
from lagrum.analysis.loopholes.practices import HELD, practice_fact
from lagrum.analysis.loopholes.witness import in_words, usual_costs
from lagrum.model.cases import Complete
from lagrum.model.facts import Question, questions_of
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.search import Point, Term
from lagrum.reasoning.words import said_together
from lagrum.semantics.diagrams import FALSE, Node
from lagrum.semantics.estimate import as_case

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
        usual = usual_costs(self.facts, self.diagrams.order)
        for question, answers in pair.given.items():  # what is given costs nothing, whatever is usual
            usual[question] = tuple(
                cost - min(usual[question][i] for i in answers) if i in answers else cost + len(usual)
                for i, cost in enumerate(usual[question])
            )
        self.prices = {self.levels[q]: list(costs) for q, costs in usual.items()}
        self.ordinary: Point = [self.prices[level].index(min(self.prices[level])) for level in range(len(usual))]
        fact = practice_fact(*pair.laws)
        self.members = [q for q in questions_of(fact) if q in self.levels] if fact else []

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
                names = tuple(self.facts[q.fact].answers[q.member].name for q in held if q.member is not None)
                about = d.both(term[0], pure)
                for reasons, extra in [((), silent), *(((s.node,), (s.node,)) for s in silencers)]:
                    if d.both(about, *reasons) == FALSE:
                        continue
                    point = self.view.nearest((pure, *term, *extra), self.prices, self.ordinary)
                    if point is not None:
                        yield _Found(self._cost(point), point, self._case(point), names, pure, (term[0], *reasons))

    def _practices(self, term: Term) -> Iterator[tuple[Question, ...]]:
        """The smallest sets of practices that cases of the term do, the smaller ones first."""
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
        matter = {**self._reason(found), **{q: self._answer(found.point, q) for q in turned}}
        usual = {q for q, (answer,) in matter.items() if q not in turned and self._goes_without_saying(q, answer)}
        mine = tuple(each for _, each in self.side.decide(found.case))
        theirs = tuple(each for _, each in self.other.decide(found.case)) or self.other.attached(found.case)
        rulings = {side: side.reference.ruling(found.case) for side in (self.pair.a, self.pair.b)}
        by: dict[Side, tuple[Deciding, ...]] = {self.side: mine, self.other: theirs}
        return Witness(
            case=in_words(self.facts, found.case),
            practices=tuple(dict.fromkeys(each.practice for each in group)),
            facts=self._say({q: answers for q, answers in matter.items() if q not in usual}),
            besides=self._say({q: answers for q, answers in matter.items() if q in usual}),
            unless=self._say(turned),
            ruling_a=rulings[self.pair.a],
            ruling_b=rulings[self.pair.b],
            by_a=by[self.pair.a],
            by_b=by[self.pair.b],
        )

    def _reason(self, found: _Found) -> dict[Question, frozenset[int]]:
        """The fewest answers that force the norms to decide as they do; unusual ones before usual ones."""
        read = {q for node in found.reasons for q in self.diagrams.support(node)}
        box = {q: self._answer(found.point, q) for q in self.diagrams.order if q in read or q in self.pair.given}
        usual = {q for q in box if found.point[self.levels[q]] == self.ordinary[self.levels[q]]}
        basis = {q: "assumed" if q in usual else "stated" for q in box}
        bad = tuple((self.diagrams.negate(node),) for node in found.reasons)
        needed, _ = smallest_reason(self.diagrams, self.pair.limits, box, bad, basis, self.pair.given)
        return {q: answers for q, answers in box.items() if q in needed}

    def _goes_without_saying(self, question: Question, answer: int) -> bool:
        """Whether the answer is declared to be the usual one; what the system does is always told."""
        fact = self.facts[question.fact]
        if fact.usual is None or fact.practice:
            return False
        return answer in fact.usual if question.member is None else bool(answer) == (question.member in fact.usual)

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
                turned = {q: self._answer(there, q) for q, i in self.levels.items() if there[i] != found.point[i]}
                best = turned if best is None or len(turned) < len(best) else best
        return best or {}

    def _say(self, box: Mapping[Question, frozenset[int]]) -> tuple[str, ...]:
        """Answers in words, fact by fact in the order of the vocabularies, the practice first."""
        by_fact: dict[str, dict[Question, frozenset[int]]] = {}
        for question in sorted(box):
            by_fact.setdefault(question.fact, {})[question] = box[question]
        facts = sorted((fact for fact in self.facts.values() if fact.name in by_fact), key=lambda f: not f.practice)
        return tuple(words for fact in facts for words in said_together(fact, by_fact[fact.name]))

    def _answer(self, point: Point, question: Question) -> frozenset[int]:
        return frozenset([point[self.levels[question]]])

    def _case(self, point: Point) -> Complete:
        return as_case({q: point[i] for q, i in self.levels.items()})

    def _cost(self, point: Point) -> int:
        return sum(self.prices[level][answer] for level, answer in enumerate(point))
