"""The loopholes by brute force: every complete case of a small world, read by the plain reference, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from bench.sat import box_of

from lagrum.analysis.loopholes import Loophole, Loopholes
from lagrum.model.cases import Box, Complete
from lagrum.model.facts import Fact, Question, questions_of, size_of
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.semantics.estimate import as_case
from lagrum.semantics.reference import Reference, possible

FREE = ("timing", "place", "open to the public", "at a distance", "prior knowledge of presence", "actor",
        "authorisation", "strictly necessary")  # fmt: skip
FREE_PRACTICE = "categorisation"


@dataclass(frozen=True)
class Compared:
    """How many cases were looked at, were possible, and were open; and those on which the two answers differ."""

    cases: int
    possible: int
    open: int
    differing: tuple[Complete, ...]


def small_world(facts: Mapping[str, Fact], hole: Loophole) -> Box:
    """What to fix so that few enough cases are left: all that the witness says, but for the free facts."""
    box: dict[Question, frozenset[int]] = {}
    for name, said in hole.witness.items():
        fact = facts[name]
        if name in FREE:
            continue
        for question in questions_of(fact):
            if question.member is None:
                assert isinstance(said, str)
                box[question] = frozenset([fact.index(said)])
            elif not (fact.practice and fact.answers[question.member].name == FREE_PRACTICE):
                box[question] = frozenset([int(fact.answers[question.member].name in said)])
    return box


def every_case(facts: Mapping[str, Fact], questions: Sequence[Question], given: Box) -> Iterator[dict[Question, int]]:
    """Every complete case that `given` leaves open, possible or not."""
    answers = [sorted(given.get(q, frozenset(range(size_of(facts[q.fact]))))) for q in questions]
    for chosen in product(*answers):
        yield dict(zip(questions, chosen, strict=True))


def open_cases(law: Law, position: Law, on: date, cases: Iterator[dict[Question, int]]) -> Iterator[tuple[int, bool]]:
    """For each case, in order: its number and whether it is open; only possible ones."""
    ours, theirs = Reference(law, on), Reference(position, on)
    for number, answers in enumerate(cases):
        case = as_case(answers)
        if possible(law, case) and possible(position, case):
            is_open = theirs.ruling(case) is Ruling.FORBIDDEN and ours.ruling(case) is not Ruling.FORBIDDEN
            yield number, is_open


def by_loopholes(
    result: Loopholes, position: Law, on: date, facts: Mapping[str, Fact], case: Mapping[Question, int]
) -> bool:
    """Whether the loopholes that were found say of a possible case that it is open.

    It is when, for a practice it does, the position forbids it done purely and a loophole of that practice holds it.
    """
    practice = next(fact for fact in facts.values() if fact.practice)
    done = {practice.answers[q.member or 0].name for q in questions_of(practice) if case.get(q)}
    reference = Reference(position, on)
    for family in result:
        for hole in family.loopholes:
            if not set(hole.practice) <= done:
                continue
            purely = {
                q: int(practice.answers[q.member or 0].name in hole.practice) if q.fact == practice.name else answer
                for q, answer in case.items()
            }
            if all(purely[q] in answers for q, answers in box_of(facts, hole).items()) and (
                reference.ruling(as_case(purely)) is Ruling.FORBIDDEN
            ):
                return True
    return False
