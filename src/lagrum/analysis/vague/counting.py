"""Shares counted exactly, in decision diagrams, as long as these do not run out of nodes."""

from __future__ import annotations

from collections.abc import Iterable

from lagrum.analysis.vague.result import Measure
from lagrum.analysis.vague.subject import OUTSIDE, Subject, build
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED
from lagrum.semantics.diagrams import Diagrams
from lagrum.semantics.hinges import VERDICT, Hinges
from lagrum.semantics.logic import Node
from lagrum.semantics.order import question_order, relevant_questions


class Counting:
    """The cases counted, and how many of them hang on judgements. Everything raises `BudgetExceeded`."""

    def __init__(self, subject: Subject, budget: int) -> None:
        self.over = relevant_questions(subject.laws)
        self.judged = [q for questions in subject.switched().values() for q in questions]
        d = self.diagrams = Diagrams([*question_order(*subject.laws), (VERDICT, len(SETTLED))], budget)
        built = build(subject, d)
        self.counted = built.counted
        self.cases = d.count(built.counted, self.over)
        # Everything that answering judgements anew makes of a counted case, and nothing else.
        self._anew = d.quantifier(self.judged)
        within = d.both(built.possible, self._anew(built.counted))
        self._hinges = Hinges(d, [d.both(within, node) for node in built.rulings], self.judged)

    def alone(self, questions: Iterable[Question]) -> tuple[Node, Measure]:
        """The cases whose ruling other answers to the questions change, and how many of those counted they are."""
        turned = self._hinges.on(questions)
        return turned, self._share(turned)

    def company(self, turned: Node) -> Measure:
        """How many cases become such, and are still counted, by answering judgements anew."""
        return self._share(self._anew(self.diagrams.both(self.counted, turned)))

    def inside(self) -> Measure:
        """How many cases can get more than one ruling other than `outside`."""
        return self._share(self._hinges.on(self.judged, [i for i in range(len(SETTLED)) if i != OUTSIDE]))

    def _share(self, node: Node) -> Measure:
        cases = self.diagrams.count(self.diagrams.both(self.counted, node), self.over)
        share = cases / self.cases if self.cases else 0.0
        return Measure(share, share, share, cases)
