"""Loopholes inside a family: maximal boxes of its region, told in facts and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lagrum.analysis.loopholes.families import Region
from lagrum.model.cases import Box
from lagrum.model.facts import Fact, Question
from lagrum.semantics.diagrams import FALSE, Diagrams, Node

LIMIT = 2_000
"""Boxes looked at in one region before the search says that it is not complete."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A maximal box of a region: what it demands (`box`), and all that is then still possible (`closure`)."""

    region: Region
    box: Box
    closure: Mapping[Question, frozenset[int]]
    cases: Node


def holes_of(
    diagrams: Diagrams, region: Region, forbidden: Node, questions: Iterable[Question]
) -> tuple[list[Hole], bool]:
    """The loopholes of a region, and whether these are all; `forbidden` is the possible that the position forbids.

    A box is maximal when no answer more can be let in without leaving the region. What is impossible, what the position
    does not forbid, and what no prohibition would catch anyway does not count against it: so a loophole says what it
    takes beyond the two texts' common ground, and every case in it that the position forbids is open. It is told in the
    questions that the words at issue read: a box that makes one of these hold by the detour of a question that neither
    text asks here ("the place is a school" for "people cannot avoid it") says nothing more. Of two boxes of which one
    leaves open only what the other leaves open too, the wider stays.
    """
    over = list(questions)
    asked = set(diagrams.support(region.unbounded))
    background = diagrams.both(forbidden, region.caught)
    inside = diagrams.either(region.escapes, diagrams.negate(forbidden))
    inside = diagrams.forall(inside, [q for q in diagrams.support(inside) if q not in asked])
    found: list[Hole] = []
    finished = True
    for number, box in enumerate(diagrams.maximal_boxes(inside, limit=LIMIT + 1)):
        finished = number < LIMIT
        cases = diagrams.both(diagrams.box(box), background)
        if cases != FALSE:
            found.append(Hole(region, box, diagrams.closure(cases, over), cases))
    return [h for i, h in enumerate(found) if not _wider_exists(h, i, found)], finished


def _wider_exists(hole: Hole, index: int, others: list[Hole]) -> bool:
    for k, other in enumerate(others):
        if k != index and all(hole.closure[q] <= other.closure[q] for q in hole.closure):
            # Two that leave the same open explain the same cases; the first stays.
            if k < index or any(hole.closure[q] != other.closure[q] for q in hole.closure):
                return True
    return False


def answers_in_words(facts: Mapping[str, Fact], open_answers: Box) -> dict[str, tuple[str, ...]]:
    """A box in words: the answers left to each fact not wholly open; of a fact with several, `x` and `not x`."""
    told: dict[str, tuple[str, ...]] = {}
    for question, answers in open_answers.items():
        fact = facts[question.fact]
        if question.member is None:
            if len(answers) < len(fact.answers):
                told[fact.name] = tuple(fact.answers[i].name for i in sorted(answers))
        elif len(answers) == 1:
            name = fact.answers[question.member].name
            told[fact.name] = (*told.get(fact.name, ()), name if answers == {1} else f"not {name}")
    return told
