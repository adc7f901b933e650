"""What is not known and can still matter, the most useful question first.

A question can still matter when two possible cases that differ in its answer alone get different rulings. Statements of
the impossible can tie questions together so that none of them changes alone; of such a group the most useful ones are
kept that are needed to tell the rulings apart. So the questions listed always settle the ruling when all are answered,
and none of them could be spared for every possible case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from lagrum.model.facts import Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import Bench
from lagrum.semantics.diagrams import FALSE, Diagrams, Node


@dataclass(frozen=True, slots=True)
class Open:
    """An open question: what its answer tells about the ruling in bits, and the answers that leave one ruling only."""

    question: Question
    gain: float
    settles: Mapping[int, Ruling]


def open_questions(bench: Bench, possible: Sequence[Ruling]) -> list[Open]:
    """The questions that can still matter to a case that was put into `bench`; none where the ruling is settled.

    Counts every possible completion once. Raises `BudgetExceeded`.
    """
    if len(possible) < 2:
        return []
    diagrams = bench.diagrams
    region = diagrams.both(*bench.limits, diagrams.box(bench.box))
    rulings = bench.compiled.rulings()
    cases = {ruling: diagrams.both(rulings[ruling], region) for ruling in possible}
    unknown = [q for q in bench.over if len(bench.box.get(q, range(diagrams.sizes[q]))) > 1]
    counts = {ruling: diagrams.marginals(node, bench.over) for ruling, node in cases.items()}
    asked = {q: _weigh(q, {ruling: counts[ruling][q] for ruling in possible}) for q in unknown}
    useful_last = sorted(unknown, key=lambda q: (asked[q].gain, -bench.diagrams.level_of[q]))
    needed = _needed(diagrams, list(cases.values()), region, useful_last)
    return [asked[q] for q in reversed(useful_last) if q in needed]


def _weigh(question: Question, ways: Mapping[Ruling, Sequence[int]]) -> Open:
    by_answer = list(zip(*ways.values(), strict=True))
    whole = sum(map(sum, by_answer))
    before = _entropy([sum(counts) for counts in ways.values()])
    after = sum(sum(counts) / whole * _entropy(counts) for counts in by_answer if any(counts))
    settles = {
        answer: next(ruling for ruling, counts in ways.items() if counts[answer])
        for answer, counts in enumerate(by_answer)
        if sum(map(bool, counts)) == 1
    }
    return Open(question, max(0.0, before - after), settles)


def _entropy(counts: Sequence[int]) -> float:
    """In bits. The counts may be larger than any float."""
    whole = sum(counts)
    return -sum(count / whole * log2(count / whole) for count in counts if count and count / whole > 0)


def _needed(
    diagrams: Diagrams, cases: list[Node], region: Node, least_useful_first: Sequence[Question]
) -> frozenset[Question]:
    """Spare each question in turn that the others make up for; those left tell the rulings apart."""
    tied = frozenset(diagrams.support(region))
    needed: set[Question] = set()
    for question in least_useful_first:
        if question in tied:
            without = [diagrams.exists(node, [question]) for node in cases]
            if _apart(diagrams, without):
                cases = without
            else:
                needed.add(question)
        elif any(question in diagrams.support(node) for node in cases):
            needed.add(question)
    return frozenset(needed)


def _apart(diagrams: Diagrams, nodes: Sequence[Node]) -> bool:
    """Whether no case lies in two of the nodes."""
    return all(diagrams.both(a, b) == FALSE for i, a in enumerate(nodes) for b in nodes[:i])
