"""What the reasoning must say, found by going through every complete case with the reference."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED, Ruling, Status
from lagrum.semantics import Reference, as_case, possible, question_order
from tests.strategies.laws import ON, assignments

Answers = tuple[int, ...]


class Brute:
    """Every possible complete case of a law with its ruling."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.order = question_order(law)
        self.questions = [question for question, _ in self.order]
        self.reference = Reference(law, ON)
        self.rulings: dict[Answers, Ruling] = {}
        for answers in assignments(self.order):
            case = as_case(answers)
            if possible(law, case):
                self.rulings[tuple(answers.values())] = self.reference.ruling(case)

    def inside(self, box: Box) -> Iterator[Answers]:
        for answers in self.rulings:
            if all(a in box.get(q, (a,)) for q, a in zip(self.questions, answers, strict=True)):
                yield answers

    def possible(self, box: Box) -> tuple[Ruling, ...]:
        found = {self.rulings[answers] for answers in self.inside(box)}
        return tuple(ruling for ruling in SETTLED if ruling in found)

    def statuses(self, key: str, box: Box) -> set[Status]:
        return {
            self.reference.status(key, as_case(dict(zip(self.questions, answers, strict=True))))
            for answers in self.inside(box)
        }

    def forcing(self, box: Box) -> Iterator[frozenset[Question]]:
        """The sets of questions whose answers alone leave the same rulings, the smallest first."""
        whole = self.possible(box)
        for size in range(len(box) + 1):
            for kept in itertools.combinations(box, size):
                if self.possible({q: box[q] for q in kept}) == whole:
                    yield frozenset(kept)

    def turns(self, box: Box) -> dict[frozenset[tuple[Question, int]], tuple[Ruling, ...]]:
        """All single changes that lead to other rulings; where there are none, all of the smallest number of answers
        that make another ruling possible."""
        whole = self.possible(box)
        sizes = dict(self.order)
        for size in range(1, len(box) + 1):
            found = {}
            for changed in itertools.combinations(box, size):
                others = [[a for a in range(sizes[q]) if a not in box[q]] for q in changed]
                for answers in itertools.product(*others):
                    change = dict(zip(changed, answers, strict=True))
                    there = self.possible({**box, **{q: frozenset([a]) for q, a in change.items()}})
                    if there and (there != whole if size == 1 else not set(there) <= set(whole)):
                        found[frozenset(change.items())] = there
            if found:
                return found
        return {}

    def alone(self, box: Box) -> set[Question]:
        """The questions in whose answer alone two possible cases of the box differ, with different rulings."""
        seen: dict[tuple[int, Answers], Ruling] = {}
        found: set[Question] = set()
        for answers in self.inside(box):
            for i, question in enumerate(self.questions):
                rest = (i, answers[:i] + answers[i + 1 :])
                if seen.setdefault(rest, self.rulings[answers]) != self.rulings[answers]:
                    found.add(question)
        return found

    def settled_by(self, box: Box, questions: Iterable[Question]) -> bool:
        """Whether answering these questions leaves one ruling, whatever the answers."""
        chosen = [self.questions.index(q) for q in questions]
        seen: dict[Answers, Ruling] = {}
        return all(
            seen.setdefault(tuple(answers[i] for i in chosen), self.rulings[answers]) == self.rulings[answers]
            for answers in self.inside(box)
        )

    def shares(self, box: Mapping[Question, frozenset[int]], question: Question) -> list[list[int]]:
        """For each ruling, how many possible cases give each answer to the question."""
        at = self.questions.index(question)
        counts = {ruling: [0] * self.order[at][1] for ruling in SETTLED}
        for answers in self.inside(box):
            counts[self.rulings[answers]][answers[at]] += 1
        return [counts[ruling] for ruling in self.possible(box)]
