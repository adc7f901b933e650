"""What is not known and can still matter, the most useful question first.

A question can still matter when two possible cases that differ in its answer alone get different rulings. Statements of
the impossible can tie questions together so that none of them changes alone; of such a group the most useful ones are
kept that are needed to tell the rulings apart. So the questions listed always settle the ruling when all are answered,
and none of them could be spared for every possible case.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagrum.model.facts import Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import Bench
from lagrum.semantics.diagrams import FALSE, Diagrams, Node


@dataclass(frozen=True, slots=True)
class Open:
    """An open question: what its answer tells about the ruling in bits (None where that is out of reach), and the
    answers that leave one ruling only."""

    question: Question
    gain: float | None
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
    ways = {q: {ruling: counts[ruling][q] for ruling in possible} for q in unknown}
    gains = {q: _gain(list(ways[q].values())) for q in unknown}
    useful_last = sorted(unknown, key=lambda q: (gains[q], -diagrams.level_of[q]))
    needed = _needed(diagrams, list(cases.values()), region, useful_last)
    return [Open(q, gains[q], _settles(ways[q])) for q in reversed(useful_last) if q in needed]


def likely_questions(bench: Bench, possible: Sequence[Ruling]) -> list[Open]:
    """Where counting is out of reach: the open questions of norms that are not settled, those that settle most first.

    What each answer settles is exact; questions that cannot matter after all may be among them.
    """
    if len(possible) < 2:
        return []
    grounds, diagrams = bench.grounds, bench.diagrams
    nodes = {bench.here.cut(node) for term in grounds.cover(possible[1:]) for node in term}
    asked = {q for node in nodes for q in diagrams.support(node)}
    found: list[Open] = []
    for question in bench.over:
        answers = sorted(bench.box.get(question, range(diagrams.sizes[question])))
        if question in asked and len(answers) > 1:
            there = {a: bench.possible_rulings({**bench.box, question: frozenset([a])}) for a in answers}
            found.append(Open(question, None, {a: left[0] for a, left in there.items() if len(left) == 1}))
    return sorted(found, key=lambda each: -len(each.settles))


def _gain(ways: Sequence[Sequence[int]]) -> float:
    """What the answer tells about the ruling: how much less open it is afterwards, on average."""
    by_answer = list(zip(*ways, strict=True))
    whole = sum(map(sum, by_answer))
    after = sum(sum(counts) / whole * _entropy(counts) for counts in by_answer if any(counts))
    return max(0.0, _entropy([sum(counts) for counts in ways]) - after)


def _settles(ways: Mapping[Ruling, Sequence[int]]) -> dict[int, Ruling]:
    """The answers that only one ruling's cases give."""
    found: dict[int, Ruling] = {}
    for answer, counts in enumerate(zip(*ways.values(), strict=True)):
        left = [ruling for ruling, count in zip(ways, counts, strict=True) if count]
        if len(left) == 1:
            found[answer] = left[0]
    return found


def _entropy(counts: Sequence[int]) -> float:
    """In bits. The counts may be larger than any float."""
    whole = sum(counts)
    shares = [count / whole for count in counts]
    return -math.fsum(share * math.log2(share) for share in shares if share > 0)


def _needed(
    diagrams: Diagrams, cases: list[Node], region: Node, least_useful_first: Sequence[Question]
) -> frozenset[Question]:
    """Spare each question in turn that the others make up for; those left tell the rulings apart."""
    tied = frozenset(diagrams.support(region))
    needed: set[Question] = set()
    asked = {q for node in cases for q in diagrams.support(node)}
    for question in least_useful_first:
        if question not in asked:
            continue
        if question in tied:
            without = [diagrams.exists(node, [question]) for node in cases]
            if _apart(diagrams, without):
                cases = without
                asked = {q for node in cases for q in diagrams.support(node)}
                continue
        needed.add(question)
    return frozenset(needed)


def _apart(diagrams: Diagrams, nodes: Sequence[Node]) -> bool:
    """Whether no case lies in two of the nodes."""
    return all(diagrams.both(a, b) == FALSE for i, a in enumerate(nodes) for b in nodes[:i])
