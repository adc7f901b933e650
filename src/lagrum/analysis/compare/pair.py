"""Two laws in the same diagrams, and the cases on which they are compared."""

from __future__ import annotations

from collections.abc import Mapping

from lagrum.analysis.compare.sides import Side, Subject
from lagrum.analysis.compare.view import Term, View
from lagrum.model.cases import Box
from lagrum.model.facts import Fact
from lagrum.model.law import Law
from lagrum.semantics.diagrams import Diagrams, Node
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.order import question_order, relevant_impossible


class Pair:
    """The two sides; raises `BudgetExceeded` whenever their diagrams outgrow `budget`."""

    def __init__(self, a: Subject, b: Subject, as_is: bool, given: Box, budget: int) -> None:
        self.laws: tuple[Law, ...] = (a.law,) if a.law is b.law else (a.law, b.law)
        self.facts: Mapping[str, Fact] = {**b.law.facts, **a.law.facts}
        self.diagrams = Diagrams(question_order(*self.laws), budget)
        self.given = {q: answers for q, answers in given.items() if q in self.diagrams.sizes}
        self.a = Side(a, as_is, self.diagrams, self.given)
        self.b = Side(b, as_is, self.diagrams, self.given)
        leaves = Leaves(self.diagrams, self.given, self.laws)
        statements = relevant_impossible(self.laws)
        ruled_out = (leaves.group(statement.when, leaves.single) for statement in statements)
        self.possible: tuple[Node, ...] = tuple(map(self.diagrams.negate, ruled_out))
        self.limits = (*self.possible, self.a.reach, self.b.reach)
        self.view = View(self.diagrams, self.limits, self.given)

    @property
    def anything(self) -> View:
        """The possible cases, whether the laws reach them or not."""
        return View(self.diagrams, self.possible, self.given)

    def other(self, side: Side) -> Side:
        return self.b if side is self.a else self.a

    def differs(self, more: Side, less: Side) -> bool:
        """Whether the one law catches a case that the other does not."""
        return self.view.meets(self.only(more, less).values())

    def only(self, more: Side, less: Side) -> dict[str, Term]:
        """For each norm of the one law, the cases that it catches and nothing of the other does."""
        return {key: (node, *less.spares) for key, node in more.catches.items()}
