"""What is counted: the cases that a law governs, and the judgements that are switched in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lagrum.model.cases import Box
from lagrum.model.facts import Fact, Question, questions_of
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.semantics.compile import Compiled
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.logic import Logic, Node
from lagrum.semantics.order import conditions_of, facts_of, relevant_questions

OUTSIDE = SETTLED.index(Ruling.OUTSIDE)


@dataclass(frozen=True)
class Subject:
    """A law on a day, and the position whose cases alone count, on its own day; `given` fixes facts."""

    law: Law
    on: date
    given: Box
    position: Law | None = None
    position_on: date | None = None

    @property
    def laws(self) -> tuple[Law, ...]:
        return (self.law,) if self.position is None else (self.law, self.position)

    def judgements(self) -> Iterator[tuple[Fact, tuple[str, ...]]]:
        """The judgement facts that the law asks, each with where it does, in the order of the text."""
        asked: dict[str, dict[str, None]] = {}
        for norm in self.law.known.values():
            for name in facts_of(conditions_of(norm)):
                if self.law.facts[name].judgement:
                    asked.setdefault(name, {})[str(norm.citation)] = None
        for name, where in asked.items():
            yield self.law.facts[name], tuple(where)

    def switched(self) -> dict[str, tuple[Question, ...]]:
        """The questions of every judgement on which a ruling can rest, fact by fact."""
        known = set(relevant_questions(self.laws))
        found = {fact.name: questions_of(fact) for fact, _ in self.judgements()}
        return {name: questions for name, questions in found.items() if known.issuperset(questions)}


@dataclass(frozen=True, slots=True)
class Built:
    """A subject in diagrams or in a circuit: the possible cases, the cases of each ruling in the order of `SETTLED`,
    and the cases counted: those possible that the law governs and the position forbids."""

    possible: Node
    rulings: Sequence[Node]
    counted: Node


def build(subject: Subject, logic: Logic) -> Built:
    """Write the subject down. Raises `BudgetExceeded` where diagrams run out."""
    compiled = Compiled(subject.law, subject.on, logic, subject.given)
    possible = possible_region(logic, subject.laws, subject.given)
    counted = logic.both(possible, reach_of(compiled))
    if subject.position is not None and subject.position_on is not None:
        position = Compiled(subject.position, subject.position_on, logic, subject.given)
        counted = logic.both(counted, position.forbids)
    by_ruling = compiled.rulings()
    rulings = [by_ruling[ruling] for ruling in SETTLED]
    return Built(possible, rulings, logic.minus(counted, rulings[OUTSIDE]))


def reach_of(compiled: Compiled) -> Node:
    """The cases in the scope of an instrument in force."""
    ids = [i.id for i in compiled.law.instruments]
    logic = compiled.logic
    return logic.either(*(logic.both(compiled.force(each), compiled.scope(each)) for each in ids))
