"""What is not known and can still matter, the most useful question first.

A question that the law asks can still matter when two possible cases that differ in its answer alone get different
rulings. Statements of the impossible can tie questions together so that none of them changes alone; of such a group the
most useful ones are kept that are needed to tell the rulings apart. So the questions listed always settle the ruling
when all are answered, and none of them could be spared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lagrum.model.facts import Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.here import Here
from lagrum.semantics.batches import Batch
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.estimate import possible_answers
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.presumed import presumed_away

BUDGET = 200_000  # diagram nodes: a second or so
SAMPLES = 500  # cases, where counting is out of reach


@dataclass(frozen=True, slots=True)
class Open:
    """An open question: what its answer tells about the ruling in bits (None where that is out of reach), and the
    answers that leave one ruling only."""

    question: Question
    gain: float | None
    settles: Mapping[int, Ruling]


def open_questions(here: Here, possible: Sequence[Ruling], budget: int = BUDGET) -> list[Open]:
    """The questions that can still matter to the cases of `here`; none where the ruling is settled.

    Counts every possible completion once. Raises `BudgetExceeded` where that takes more than `budget` diagram nodes.
    """
    if len(possible) < 2:
        return []
    diagrams = Diagrams(here.bench.order, budget)
    compiled = Compiled(here.law, here.on, diagrams, here.box)
    leaves = Leaves(diagrams, here.box, [here.law])
    ruled_out = (leaves.group(each.statement.when, leaves.single) for each in here.bench.impossible)
    presumed = (presumed_away(compiled, key) for key in here.presuming)
    asked_here = {q: answers for q, answers in here.box.items() if q in diagrams.sizes}
    region = diagrams.both(*map(diagrams.negate, (*ruled_out, *presumed)), diagrams.box(asked_here))
    rulings = compiled.rulings()
    asked = {q for ruling in possible for q in diagrams.support(rulings[ruling])}
    cases = [diagrams.both(rulings[ruling], region) for ruling in possible]
    unknown = [q for q in _unknown(here, diagrams.order) if q in asked]
    counts = [diagrams.marginals(node, diagrams.order) for node in cases]
    ways = {q: dict(zip(possible, (each[q] for each in counts), strict=True)) for q in unknown}
    gains = {q: _gain(list(ways[q].values())) for q in unknown}
    useful_last = sorted(unknown, key=lambda q: (gains[q], -diagrams.level_of[q]))
    # What no ruling asks can be spared from the start.
    spared = diagrams.exists(region, [q for q in diagrams.support(region) if q not in asked])
    needed = _needed(diagrams, [diagrams.both(rulings[r], spared) for r in possible], spared, useful_last)
    return [Open(q, gains[q], _settles(ways[q])) for q in reversed(useful_last) if q in needed]


def likely_questions(here: Here, possible: Sequence[Ruling]) -> list[Open]:
    """Where counting is out of reach: the open questions of norms that are not settled, those that settle most first.

    What each answer settles is exact, what it tells on average is estimated from a sample; questions that cannot matter
    after all may be among them.
    """
    if len(possible) < 2:
        return []
    bench = here.bench
    asked = set(here.asked_by(*(bench.rulings[ruling] for ruling in possible)))
    sample = list(possible_answers(here.law, here.box, SAMPLES, seed=0))
    elsewhere = dict.fromkeys(bench.over, 0)  # what only stands beside the rulings is not drawn
    moment = {q: min(answers) for q, answers in bench.compiled.moment(here.on, here.readings).items()}
    batch = Batch(bench.circuit, [{**elsewhere, **answers, **moment} for answers in sample])
    seen = {ruling: [sample[i] for i in batch.holding(bench.rulings[ruling])] for ruling in possible}
    found: list[Open] = []
    for question in _unknown(here, bench.over):
        if question.fact not in asked:
            continue
        answers = sorted(here.box.get(question, range(bench.sizes[question])))
        ways = [Counter(case.get(question) for case in seen[ruling]) for ruling in possible]
        there = {a: here.with_answer(question, [a]).possible_rulings() for a in answers}
        settles = {a: left[0] for a, left in there.items() if len(left) == 1}
        found.append(Open(question, _sampled([[each[a] for a in answers] for each in ways]), settles))
    return sorted(found, key=lambda each: (-(each.gain or 0.0), -len(each.settles)))


def _unknown(here: Here, order: Sequence[Question]) -> list[Question]:
    sizes = here.bench.sizes
    return [q for q in order if len(here.box.get(q, range(sizes[q]))) > 1]


def _gain(ways: Sequence[Sequence[int]]) -> float:
    """What the answer tells about the ruling: how much less open it is afterwards, on average."""
    by_answer = list(zip(*ways, strict=True))
    whole = sum(map(sum, by_answer))
    after = sum(sum(counts) / whole * _entropy(counts) for counts in by_answer if any(counts))
    gain: float = _entropy([sum(counts) for counts in ways]) - after
    return max(0.0, gain)


def _sampled(ways: Sequence[Sequence[int]]) -> float | None:
    """The same of a sample, less what an answer seems to tell by chance (Miller and Madow's correction)."""
    joint, number = sum(count > 0 for counts in ways for count in counts), sum(map(sum, ways))
    answers, rulings = sum(map(any, zip(*ways, strict=True))), sum(map(any, ways))
    return max(0.0, _gain(ways) - (joint - answers - rulings + 1) / (2 * number * math.log(2))) if number else None


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
    bits = [-share * math.log2(share) for count in counts if (share := count / whole) > 0]
    return math.fsum(bits)


def _needed(
    diagrams: Diagrams, cases: list[Node], region: Node, least_useful_first: Sequence[Question]
) -> frozenset[Question]:
    """Spare each question in turn that the others make up for; those left tell the rulings apart."""
    tied = frozenset(diagrams.support(region))
    needed: set[Question] = set()
    telling = _Telling(diagrams, cases)
    for question in least_useful_first:
        if question not in tied:
            if any(question in each for each in telling.asked):
                needed.add(question)
        elif telling.alone(question):
            needed.add(question)
        else:
            telling = _Telling(diagrams, [diagrams.exists(node, [question]) for node in telling.cases])
    return frozenset(needed)


class _Telling:
    """Disjoint sets of cases, asked which question alone leads from one to another. Builds nothing for it."""

    def __init__(self, diagrams: Diagrams, cases: list[Node]) -> None:
        self.diagrams = diagrams
        self.cases = cases
        self._apart: set[tuple[Node, Node]] = set()

    @cached_property
    def asked(self) -> list[frozenset[Question]]:
        return [frozenset(self.diagrams.support(node)) for node in self.cases]

    @cached_property
    def _borders(self) -> list[tuple[Node, Node]]:
        """Each set with all behind it: whoever leaves one set crosses one of these borders."""
        return [(node, self.diagrams.either(*self.cases[i + 1 :])) for i, node in enumerate(self.cases[:-1])]

    def alone(self, question: Question) -> bool:
        """Whether two cases that differ in this answer only lie in two of the sets."""
        level = self.diagrams.level_of[question]
        seen: set[tuple[Node, Node]] = set()
        return any(self._differ(a, b, level, seen) for a, b in self._borders)

    def _differ(self, a: Node, b: Node, level: int, seen: set[tuple[Node, Node]]) -> bool:
        levels, children = self.diagrams.levels, self.diagrams.children
        above = min(levels[a], levels[b])
        # Where neither asks the question any more the two are disjoint, as the sets are.
        if a == FALSE or b == FALSE or above > level or (a, b) in seen:
            return False
        seen.add((a, b))
        width = range(self.diagrams.widths[above])
        left = children[a] if levels[a] == above else [a] * len(width)
        right = children[b] if levels[b] == above else [b] * len(width)
        if above == level:
            for i in width:
                for j in width:
                    if i != j and not self._disjoint(left[i], right[j]):
                        return True
            return False
        return any(self._differ(left[i], right[i], level, seen) for i in width)

    def _disjoint(self, a: Node, b: Node) -> bool:
        if FALSE in (a, b):
            return True
        if TRUE in (a, b) or a == b:
            return False
        if (a, b) in self._apart:
            return True
        levels, children = self.diagrams.levels, self.diagrams.children
        if levels[a] == levels[b]:
            for pair in dict.fromkeys(zip(children[a], children[b], strict=True)):
                if not self._disjoint(*pair):
                    return False
        elif levels[a] < levels[b]:
            for child in dict.fromkeys(children[a]):
                if not self._disjoint(child, b):
                    return False
        else:
            for child in dict.fromkeys(children[b]):
                if not self._disjoint(a, child):
                    return False
        self._apart.add((a, b))
        return True
