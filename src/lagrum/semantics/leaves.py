"""Conditions about facts as sets of cases, with what is known put in before anything is built."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagrum.model.cases import Box
from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Choice,
    Condition,
    Has,
    HasNone,
    HasOnly,
    NoneOf,
    Single,
)
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.semantics.logic import FALSE, TRUE, Logic, Node
from lagrum.semantics.order import relevant_impossible

NOTHING: Box = {}
"""Nothing is known."""


def possible_region(logic: Logic, laws: Sequence[Law], given: Box = NOTHING) -> Node:
    """The cases that `given` leaves open and no statement of the impossible connected with the laws rules out.

    Answers in `given` to questions that the diagrams do not ask bear on nothing and are passed over.
    """
    leaves = Leaves(logic, given, laws)
    ruled_out = [leaves.group(statement.when, leaves.single) for statement in relevant_impossible(laws)]
    known = logic.box({question: answers for question, answers in given.items() if question in logic.sizes})
    # Conjoin from the bottom up: statements about the same facts stand together in the order.
    return logic.both(known, *(logic.negate(node) for node in ruled_out))


class Leaves:
    """Conditions about facts, built in `diagrams`, of cases that `given` leaves open."""

    def __init__(self, logic: Logic, given: Box, laws: Sequence[Law]) -> None:
        self.logic = logic
        self.given = given
        self.facts = {name: fact for law in laws for name, fact in law.facts.items()}

    def group(self, condition: Condition, single: Callable[[Single], Node]) -> Node:
        """A condition, its single conditions built by `single`."""
        d = self.logic
        match condition:
            case AllOf(items):
                return d.both(*(self.group(item, single) for item in items))
            case AnyOf(items):
                return d.either(*(self.group(item, single) for item in items))
            case NoneOf(items):
                return d.negate(d.either(*(self.group(item, single) for item in items)))
            case AtLeast(count, items):
                return d.at_least(count, [self.group(item, single) for item in items])
            case _:
                return single(condition)

    def single(self, single: Single) -> Node:
        """A single condition about a fact; others do not occur in statements of the impossible."""
        d = self.logic
        match single:
            case Choice(fact, allowed):
                return self._test(Question(fact), allowed)
            case Has(fact, member):
                return self._has(fact, member)
            case HasOnly(fact, members):
                others = [i for i in range(len(self.facts[fact].answers)) if i not in members]
                some = d.either(*(self._has(fact, member) for member in sorted(members)))
                return d.minus(some, d.either(*(self._has(fact, other) for other in others)))
            case HasNone(fact, members):
                return d.negate(d.either(*(self._has(fact, member) for member in sorted(members))))
            case _:
                raise TypeError(f"not a condition about a fact: {single.line.text}")

    def _has(self, fact: str, member: int) -> Node:
        return self._test(Question(fact, member), frozenset([1]))

    def _test(self, question: Question, allowed: frozenset[int]) -> Node:
        """The test, where an answer that `given` rules out counts as the first it leaves open: no branch for it."""
        known = self.given.get(question)
        if not known:
            return self.logic.test(question, allowed)
        if known <= allowed:
            return TRUE
        if not known & allowed:
            return FALSE
        ruled_out = frozenset(range(self.logic.sizes[question])) - known
        return self.logic.test(question, (allowed & known) | (ruled_out if min(known) in allowed else frozenset()))
