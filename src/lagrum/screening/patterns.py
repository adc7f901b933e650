"""Patterns: a register's rows that say the same, ruled on once.

What a pattern says on firm ground alone decides the provenance of its ruling: it is the firmest basis whose answers,
with all firmer ones, already leave the same rulings. What the user gave for the whole run stands on every basis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import bench_of, ruling_of
from lagrum.screening.coded import FIRMNESS, INDICATED, STATED, Books, Meaning
from lagrum.screening.ruling import Falls, Settler, judge_of

Pattern = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a law makes of a row on a day.

    `possible` holds the rulings that some possible case of the row gets; it is empty where nothing that the row says
    can be so together. `contradiction` names the facts at fault: those that the row answers in two ways, or against
    what was given for the run (they are then passed over), or those whose answers cannot be together. `provenance` is
    the weakest basis that the ruling leans on. `tiers`, `because` and `missing` are empty where nobody asked for them.
    """

    possible: tuple[Ruling, ...]
    tiers: tuple[Falls, ...] = ()
    because: tuple[str, ...] = ()
    missing: tuple[Settler, ...] = ()
    provenance: str = STATED
    contradiction: tuple[str, ...] = ()

    @property
    def ruling(self) -> Ruling:
        return ruling_of(self.possible)


class Patterns:
    """The exact outcomes of patterns under one law, each worked out once in a run."""

    def __init__(self, law: Law, facts: Sequence[str], books: Books, given: Box, detail: bool = True) -> None:
        self.law, self.facts, self.books, self.given, self.detail = law, tuple(facts), books, dict(given), detail
        self.bench = bench_of(law)
        self.judge = judge_of(self.bench)
        self._known: dict[tuple[date, Pattern], Outcome] = {}

    def outcome(self, pattern: Pattern, on: date) -> Outcome:
        found = self._known.get((on, pattern))
        if found is None:
            found = self._known[on, pattern] = self._outcome(pattern, on)
        return found

    def know(self, pattern: Pattern, on: date, outcome: Outcome) -> None:
        """Take over an outcome that was worked out elsewhere."""
        self._known[on, pattern] = outcome

    @property
    def known(self) -> int:
        """How many patterns, on how many days each, have been ruled on."""
        return len(self._known)

    def forget(self) -> None:
        self._known.clear()

    def said(self, fact: str, code: int) -> tuple[Meaning, bool]:
        """What a code says of a fact, and whether that contradicts itself or what was given for the run."""
        meaning = self.books[fact][code]
        return meaning, meaning.contradicts or any(q in self.given and not self.given[q] & a for q, a in meaning.open)

    def _outcome(self, pattern: Pattern, on: date) -> Outcome:
        meanings: list[Meaning] = []
        broken: list[str] = []
        for fact, code in zip(self.facts, pattern, strict=True):
            meaning, contradicts = self.said(fact, code)
            if contradicts:
                broken.append(fact)
            elif meaning.open:
                meanings.append(meaning)
        box = self._box(meanings, INDICATED)
        if not self.detail:
            possible = self.judge.possible(box, on)
            return Outcome(possible, (), (), (), self._provenance(meanings, possible, on), tuple(broken))
        ruled = self.judge.rule(box, on)
        if not ruled.possible:
            broken += [fact for fact in self._at_odds(box, on) if fact not in broken]
        provenance = self._provenance(meanings, ruled.possible, on)
        return Outcome(ruled.possible, ruled.tiers, ruled.because, ruled.missing, provenance, tuple(broken))

    def _box(self, meanings: Sequence[Meaning], weakest: str) -> dict[Question, frozenset[int]]:
        """What is said on no weaker basis."""
        box = dict(self.given)
        for meaning in meanings:
            firm_enough = FIRMNESS.index(meaning.basis) <= FIRMNESS.index(weakest)
            said = meaning.open if firm_enough else meaning.firm if meaning.basis == INDICATED else ()
            for question, answers in said:
                box[question] = box.get(question, answers) & answers
        return box

    def _provenance(self, meanings: Sequence[Meaning], possible: tuple[Ruling, ...], on: date) -> str:
        weakest = max((meaning.basis for meaning in meanings), key=FIRMNESS.index, default=STATED)
        for basis in FIRMNESS[: FIRMNESS.index(weakest)]:
            if self.judge.possible(self._box(meanings, basis), on) == possible:
                return basis
        return weakest

    def _at_odds(self, box: Mapping[Question, frozenset[int]], on: date) -> list[str]:
        """The facts whose answers cannot be together, in the order in which the law asks them; none could be spared."""
        clauses = self.bench.clauses
        moment = clauses.answers(self.bench.compiled.moment(on, self.law.readings))
        said = {q: clauses.answers({q: answers}) for q, answers in box.items() if q in self.bench.sizes}
        waiting = [list(said)]
        while waiting:
            # Of those that could be spared the first go; what can go together goes at once.
            block = waiting.pop()
            less = [literal for q, literals in said.items() if q not in block for literal in literals]
            if not clauses.solve([*moment, *less]):
                for question in block:
                    del said[question]
            elif len(block) > 1:
                waiting += [block[len(block) // 2 :], block[: len(block) // 2]]
        return list(dict.fromkeys(q.fact for q in self.bench.over if q in said))
