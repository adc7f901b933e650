"""The ordinary case, how far others are from it, and in what words they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lagrum.analysis.compare.view import Point, View, prices_of
from lagrum.analysis.loopholes.witness import usual_costs
from lagrum.model.cases import Box, Complete
from lagrum.model.facts import Fact, Question
from lagrum.reasoning.because import Kept, smallest_set
from lagrum.reasoning.words import said_together
from lagrum.semantics.diagrams import Diagrams, Node
from lagrum.semantics.estimate import as_case


class Ordinary:
    """What the vocabularies call usual, as prices: an unusual answer costs one, what is given nothing."""

    def __init__(self, diagrams: Diagrams, facts: Mapping[str, Fact], given: Box) -> None:
        self.diagrams, self.facts, self.given = diagrams, facts, given
        self.levels = diagrams.level_of
        costs = usual_costs(facts, diagrams.order)
        for question, answers in given.items():
            least = min((costs[question][i] for i in answers), default=0)
            costs[question] = tuple(
                cost - least if i in answers else cost + len(costs) for i, cost in enumerate(costs[question])
            )
        self.by_question = costs
        self.prices = {self.levels[q]: list(each) for q, each in costs.items()}
        self.point: Point = [prices.index(min(prices)) for _, prices in sorted(self.prices.items())]

    def cost(self, point: Point) -> int:
        """How many answers are not as usual."""
        return sum(self.prices[level][answer] for level, answer in enumerate(point))

    def case(self, point: Point) -> Complete:
        return as_case({q: point[i] for q, i in self.levels.items()})

    def answer(self, point: Point, question: Question) -> frozenset[int]:
        return frozenset([point[self.levels[question]]])

    def unusual(self, point: Point) -> dict[Question, frozenset[int]]:
        """The answers of the case that are not as usual."""
        dear = (q for q, level in self.levels.items() if self.prices[level][point[level]])
        return {q: self.answer(point, q) for q in dear}

    def reason(self, point: Point, nodes: Iterable[Node], limits: Sequence[Node]) -> dict[Question, frozenset[int]]:
        """The fewest answers of the case that force all the nodes to hold; unusual ones before usual ones."""
        nodes = tuple(nodes)
        read = {q for node in nodes for q in self.diagrams.support(node)}
        box = {q: self.answer(point, q) for q in self.diagrams.order if q in read or q in self.given}
        as_usual = {q for q in box if point[self.levels[q]] == self.point[self.levels[q]]}
        basis = {q: "assumed" if q in as_usual else "stated" for q in box}
        near = View(self.diagrams, limits, box).find(()) or point
        prices = prices_of(self.diagrams, box)

        def breaks(kept: Kept) -> Iterator[Kept]:
            view = View(self.diagrams, limits, {q: box[q] for q in kept})
            for node in nodes:
                other = view.nearest((self.diagrams.negate(node),), prices, near)
                if other is not None:
                    yield frozenset(q for q, answers in box.items() if other[self.levels[q]] not in answers)

        needed, _ = smallest_set(list(box), breaks, basis, self.given)
        return {q: answers for q, answers in box.items() if q in needed}

    def told(self, box: Box, always: Iterable[Question] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Answers in words: those to tell, and those that go without saying because they are usual."""
        named = set(always)
        usual = {q for q, answers in box.items() if q not in named and self._goes_without_saying(q, answers)}
        return self.say({q: a for q, a in box.items() if q not in usual}), self.say({q: box[q] for q in usual})

    def say(self, box: Box) -> tuple[str, ...]:
        """Answers in words, fact by fact in the order of the vocabularies, the practice first."""
        return said_of(self.facts, box)

    def _goes_without_saying(self, question: Question, answers: frozenset[int]) -> bool:
        """Whether the answer is declared to be the usual one; what the system does is always told."""
        fact, answer = self.facts[question.fact], min(answers)
        if fact.usual is None or fact.practice:
            return False
        return answer in fact.usual if question.member is None else bool(answer) == (question.member in fact.usual)


def said_of(facts: Mapping[str, Fact], box: Box) -> tuple[str, ...]:
    """Answers in words, fact by fact in the order of the vocabularies, the practice first."""
    by_fact: dict[str, dict[Question, frozenset[int]]] = {}
    for question in sorted(box, key=lambda q: (q.fact, q.member or 0)):
        by_fact.setdefault(question.fact, {})[question] = box[question]
    named = sorted((fact for fact in facts.values() if fact.name in by_fact), key=lambda f: not f.practice)
    return tuple(words for fact in named for words in said_together(fact, by_fact[fact.name]))
