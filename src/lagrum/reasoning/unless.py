"""What would change the answer: the fewest given answers that, given otherwise, lead to other possible rulings.

Single changes are all tried. Where none leads elsewhere, the smallest larger sets are found: either they make a ruling
possible that was not, and then the nearest case with that ruling shows them; or they take a ruling away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.bench import Bench
from lagrum.semantics.diagrams import FALSE, Node

MOST = 50  # of larger sets, so many are listed


@dataclass(frozen=True, slots=True)
class Turn:
    """Other answers to some of the given questions, and the rulings that are possible with them."""

    answers: Mapping[Question, int]
    possible: tuple[Ruling, ...]


def turns(bench: Bench, given: Box, possible: Sequence[Ruling]) -> list[Turn]:
    """All smallest changes that lead to other possible rulings, in the order of questions and answers.

    `bench` has nothing put in; `possible` are the rulings of `given`. At most `MOST` sets larger than one change.
    """
    found = list(_single(bench, given, possible))
    return found or _larger(bench, given, possible)


def _single(bench: Bench, given: Box, possible: Sequence[Ruling]) -> Iterator[Turn]:
    for question in bench.over:
        if question in given:
            for answer in range(bench.diagrams.sizes[question]):
                if answer not in given[question]:
                    turn = _turn(bench, given, {question: answer})
                    if turn.possible and set(turn.possible) != set(possible):
                        yield turn


def _larger(bench: Bench, given: Box, possible: Sequence[Ruling]) -> list[Turn]:
    """Take the nearest change that leads elsewhere, rule it out, and go on as long as there are others as near."""
    diagrams = bench.diagrams
    sizes = diagrams.sizes
    price = {q: [int(a not in given[q]) if q in given else 0 for a in range(sizes[q])] for q in bench.over}
    cover = list(bench.grounds.cover([ruling for ruling in SETTLED if ruling not in possible]))
    if len(possible) > 1:
        cover += [(_without(bench, given, ruling),) for ruling in possible]
    tried: list[Node] = []
    found: list[Turn] = []
    fewest = len(given)
    view = bench.view({})
    while len(found) < MOST:
        points = [point for term in cover if (point := view.nearest((*term, *tried), price)) is not None]
        if not points:
            break
        changes = [{q: point[q] for q in bench.over if q in given and point[q] not in given[q]} for point in points]
        nearest = min(changes, key=len)
        if len(nearest) > fewest:
            break
        fewest = len(nearest)
        found.append(_turn(bench, given, nearest))
        # Answers beside these, and changes beyond them, are no smallest change.
        tried.append(diagrams.negate(diagrams.box({q: frozenset([a]) for q, a in nearest.items()})))
    return found


def _without(bench: Bench, given: Box, ruling: Ruling) -> Node:
    """The answers to the given questions, inside or outside what was given, that leave the ruling impossible.

    Where a question was left half open, an answer inside stands for the whole of what was open.
    """
    diagrams = bench.diagrams
    cases = diagrams.both(*bench.limits, diagrams.either(*(diagrams.both(*t) for t in bench.grounds.cover([ruling]))))
    node = diagrams.exists(cases, [q for q in bench.over if q not in given])
    for question, answers in given.items():
        if len(answers) > 1:
            stays = diagrams.test(question, answers)
            node = diagrams.ite(stays, diagrams.restrict(node, {question: answers}), node)
    return diagrams.negate(node) if node != FALSE else diagrams.both()


def _turn(bench: Bench, given: Box, answers: Mapping[Question, int]) -> Turn:
    box = {q: frozenset([answers[q]]) if q in answers else open_ for q, open_ in given.items()}
    return Turn(dict(answers), bench.possible_rulings(box))
