"""What would change the answer: the fewest given answers that, given otherwise, lead to other possible rulings.

Single changes are all tried. Where none leads elsewhere, the smallest larger sets are found: either they make a ruling
possible that was not, and then the nearest case with that ruling shows them; or they take a ruling away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.search import Point, View, prices_of
from lagrum.semantics.diagrams import FALSE, Node

MOST = 50  # of larger sets, so many are listed


@dataclass(frozen=True, slots=True)
class Turn:
    """Other answers to some of the given questions, and the rulings that are possible with them."""

    answers: Mapping[Question, int]
    possible: tuple[Ruling, ...]


def turns(bench: Bench, given: Box, possible: tuple[Ruling, ...]) -> list[Turn]:
    """All smallest changes that lead to other possible rulings, in the order of questions and answers.

    `bench` has nothing put in; `possible` are the rulings of `given`. At most `MOST` sets larger than one change.
    """
    found = list(_single(bench, given, possible))
    return found or _larger(bench, given, possible)


def _single(bench: Bench, given: Box, possible: tuple[Ruling, ...]) -> Iterator[Turn]:
    diagrams = bench.diagrams
    here = bench.view(given)
    cuts = {node: here.cut(node) for node in {*bench.grounds.nodes, *bench.limits}}
    settled = {diagrams.level_of[q]: min(answers) for q, answers in given.items() if len(answers) == 1}
    for question in bench.over:
        if question not in given:
            continue
        level = diagrams.level_of[question]
        otherwise = diagrams.cofactors({at: answer for at, answer in settled.items() if at != level})
        half_open = len(given[question]) > 1  # then the question is still asked in the cuts
        frees = {node: otherwise(node) for node in bench.readers[question]}
        hanging = {node: free for node, free in frees.items() if half_open or free != cuts[node]}
        for answer in range(diagrams.sizes[question]) if hanging else ():
            if answer not in given[question]:
                turned = diagrams.cofactors({level: answer})
                changed = {node: turned(free) for node, free in hanging.items()}
                box = {**given, question: frozenset([answer])}
                there = bench.rulings_in(View(diagrams, bench.limits, box, {**cuts, **changed}))
                if there and there != possible:
                    yield Turn({question: answer}, there)


def _larger(bench: Bench, given: Box, possible: tuple[Ruling, ...]) -> list[Turn]:
    """Take the nearest change that leads elsewhere, rule it out, and go on as long as there are others as near."""
    diagrams = bench.diagrams
    cover = list(bench.grounds.cover([ruling for ruling in SETTLED if ruling not in possible]))
    if len(possible) > 1:
        cover += [(_without(bench, given, ruling),) for ruling in possible]
    tried: list[Node] = []
    found: list[Turn] = []
    fewest = len(given)
    view = bench.view({})
    prices = prices_of(diagrams, given)
    near = bench.view(given).find(())
    assert near is not None, "the case was found to be possible"
    while len(found) < MOST:
        points = [point for term in cover if (point := view.nearest((*term, *tried), prices, near)) is not None]
        if not points:
            break
        nearest = min((_broken(bench, given, point) for point in points), key=len)
        if len(nearest) > fewest:
            break
        fewest = len(nearest)
        found.append(_turn(bench, given, nearest))
        # Answers beside these, and changes beyond them, are no smallest change.
        tried.append(diagrams.negate(diagrams.box({q: frozenset([a]) for q, a in nearest.items()})))
    return found


def _broken(bench: Bench, given: Box, point: Point) -> dict[Question, int]:
    """The given questions that the case answers otherwise, with its answers."""
    answers = zip(bench.over, point, strict=True)
    return {question: answer for question, answer in answers if question in given and answer not in given[question]}


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
