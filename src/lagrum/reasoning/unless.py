"""What would change the answer: the fewest given answers that, given otherwise, lead to other possible rulings.

Single changes are all tried. Where none leads elsewhere, the smallest larger sets are found that make a ruling possible
that was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lagrum.model.facts import Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.here import Here
from lagrum.semantics.logic import Node

MOST = 50  # of larger sets, so many are listed


@dataclass(frozen=True, slots=True)
class Turn:
    """Other answers to some of the given questions, and the rulings that are possible with them."""

    answers: Mapping[Question, int]
    possible: tuple[Ruling, ...]


def turns(here: Here, possible: tuple[Ruling, ...]) -> list[Turn]:
    """All smallest changes to the box of `here` that lead to other rulings than `possible`, its own, in the order of
    questions and answers. At most `MOST` sets larger than one change."""
    return list(_single(here, possible)) or _larger(here, possible)


def _single(here: Here, possible: tuple[Ruling, ...]) -> Iterator[Turn]:
    # What does not help to keep other rulings away can only take rulings away.
    keeping = here.holding_to(here.other_than(possible)) or frozenset()
    for question in here.bench.over:
        if question not in here.box or (len(possible) == 1 and question not in keeping):
            continue
        for answer in range(here.bench.sizes[question]):
            if answer not in here.box[question]:
                there = here.with_answer(question, [answer]).possible_rulings()
                if there and there != possible:
                    yield Turn({question: answer}, there)


def _larger(here: Here, possible: tuple[Ruling, ...]) -> list[Turn]:
    """Change ever more answers until another ruling becomes possible; then find all the changes of that number."""
    circuit = here.bench.circuit
    given = [q for q in here.bench.over if q in here.box]
    changed = [circuit.negate(circuit.test(q, here.box[q])) for q in given]
    anything, other = here.inside({}), here.other_than(possible)
    if anything.find(other) is None:
        return []
    found: list[Turn] = []
    tried: list[Node] = []
    for fewest in range(2, len(given) + 1):
        near = circuit.negate(circuit.at_least(fewest + 1, changed))
        while len(found) < MOST and (case := anything.find(other, near, *tried)) is not None:
            answers = {q: case[q] for q in given if case[q] not in here.box[q]}
            found.append(Turn(answers, _with(here, answers).possible_rulings()))
            tried.append(circuit.negate(circuit.box({q: frozenset([a]) for q, a in answers.items()})))
        if found:
            break
    return sorted(found, key=lambda turn: [(given.index(q), a) for q, a in turn.answers.items()])


def _with(here: Here, answers: Mapping[Question, int]) -> Here:
    return here.inside({**here.box, **{q: frozenset([a]) for q, a in answers.items()}})
