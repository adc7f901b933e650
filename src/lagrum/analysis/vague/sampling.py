"""Shares of a sample, for what cannot be counted: each case drawn is put to the solver, which answers exactly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from lagrum.analysis.vague.result import Measure
from lagrum.analysis.vague.subject import Subject, reach_of
from lagrum.analysis.vague.twins import Answers, Twins
from lagrum.model.facts import Question
from lagrum.semantics.batches import Batch
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import Diagrams
from lagrum.semantics.estimate import draw, interval
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.logic import Node
from lagrum.semantics.order import question_order

SAMPLES = 4_000
AT_ONCE = 1_000
TRIES = 50
"""Cases drawn for each that is wanted, where few of those that the law reaches are governed by it."""
BUDGET = 400_000


class Sampling:
    """A uniform sample of the counted cases; the same subject always gets the same one."""

    def __init__(self, subject: Subject, twins: Twins, samples: int = SAMPLES) -> None:
        self.twins = twins
        self.cases = list(islice(_counted(subject, twins, samples), samples))
        self._others = [q for q, _ in twins.asked if q not in set(twins.judged)]

    def alone(self, node: Node) -> Measure:
        """How many of the cases the node holds in, if judgements are answered anew the right way."""
        return self._share(node, [q for q, _ in self.twins.asked])

    def company(self, node: Node) -> Measure:
        """How many of them have some answers to the judgements with which they still count and it does."""
        return self._share(self.twins.circuit.both(self.twins.built.counted, node), self._others)

    def _share(self, node: Node, kept: list[Question]) -> Measure:
        held = sum(self.twins.can(node, self.twins.literals(case, kept)) for case in self.cases)
        found = interval(held, len(self.cases))
        return Measure(found.share, found.low, found.high, None)


def _counted(subject: Subject, twins: Twins, samples: int) -> Iterator[Answers]:
    """Counted cases, drawn uniformly with repetition from those that the law reaches."""
    diagrams = Diagrams(question_order(*subject.laws), BUDGET)
    reached = diagrams.both(
        possible_region(diagrams, subject.laws, subject.given),
        reach_of(Compiled(subject.law, subject.on, diagrams, subject.given)),
    )
    if subject.position is not None and subject.position_on is not None:
        position = Compiled(subject.position, subject.position_on, diagrams, subject.given)
        reached = diagrams.both(reached, position.forbids)
    random = Random(0)
    anew = [q for q in twins.circuit.order if q not in dict(twins.asked)]
    for _ in range(TRIES * samples // AT_ONCE + 1):
        drawn = list(draw(diagrams, reached, AT_ONCE, random))
        batch = Batch(twins.circuit, [{**case, **dict.fromkeys(anew, 0)} for case in drawn])
        yield from (drawn[i] for i in batch.holding(twins.built.counted))
