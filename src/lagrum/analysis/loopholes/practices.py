"""The practices a position is about, and the open cases of each on its own.

A practice is a smallest set of answers to the `practice` fact that the position can forbid. To do a practice *purely*
is to do it and nothing else that the practice fact knows of: "doing this, and nothing else that is special".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagrum.model.facts import Fact, Question, questions_of
from lagrum.model.law import Law
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, Diagrams, Node

HELD = frozenset({1})


@dataclass(frozen=True, slots=True)
class Practice:
    """Members of the practice fact, by name; the region of doing purely these; and the open cases in it.

    `unbounded` is what `open` would be if nothing were impossible: it speaks only of what the two texts read.
    """

    names: tuple[str, ...]
    pure: Node
    open: Node
    unbounded: Node


def practice_fact(*laws: Law) -> Fact | None:
    """The one fact that says what a system does; None where no vocabulary of the laws has one."""
    return next((fact for law in laws for fact in law.facts.values() if fact.practice), None)


def find_practices(law: Compiled, position: Compiled, possible: Node) -> tuple[Practice, ...]:
    """The position's practices, which together account for every open case.

    Open is what is possible, forbidden by the position, and not forbidden by the law. Where an open case has no open
    pure part, the smallest larger set of practices becomes a practice of its own.
    """
    diagrams = law.diagrams
    forbidden = diagrams.both(possible, position.forbids)
    open_cases = diagrams.minus(forbidden, law.forbids)
    fact = practice_fact(law.law, position.law)
    members = [q for q in questions_of(fact) if q in diagrams.sizes] if fact else []

    def practice(held: frozenset[Question]) -> Practice:
        pure = diagrams.box({q: HELD if q in held else frozenset({0}) for q in members})
        unbounded = diagrams.minus(diagrams.both(pure, position.forbids), diagrams.both(pure, law.forbids))
        names = tuple(fact.answers[q.member].name for q in members if fact and q in held and q.member is not None)
        return Practice(names, pure, diagrams.both(pure, open_cases), unbounded)

    found = [practice(held) for held in _minimal_sets(diagrams, members, forbidden)]
    uncovered = open_cases
    for each in found:
        uncovered = diagrams.minus(uncovered, _with_open_pure_part(diagrams, members, each))
    while uncovered != FALSE:
        found.append(practice(next(_minimal_sets(diagrams, members, uncovered))))
        uncovered = diagrams.minus(uncovered, _with_open_pure_part(diagrams, members, found[-1]))
    return tuple(found)


def _minimal_sets(diagrams: Diagrams, members: Sequence[Question], region: Node) -> Iterator[frozenset[Question]]:
    """Every smallest set of members that, held alone, meets the region; the smaller sets first."""
    rest = diagrams.exists(region, [q for q in diagrams.order if q not in set(members)])
    cost = {q: (0, 1) for q in members}
    while (cheapest := diagrams.nearest(rest, cost)) is not None:
        held = frozenset(q for q, answer in cheapest[1].items() if answer)
        yield held
        rest = diagrams.minus(rest, diagrams.box(dict.fromkeys(held, HELD)))


def _with_open_pure_part(diagrams: Diagrams, members: Sequence[Question], practice: Practice) -> Node:
    """The cases that do this practice, whatever else they do, and would be open if they did nothing else."""
    elsewhere_alike = diagrams.exists(practice.open, members)
    held = {q: HELD for q in members if diagrams.implies(practice.pure, diagrams.test(q, HELD))}
    return diagrams.both(diagrams.box(held), elsewhere_alike)
