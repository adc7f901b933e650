"""What a solver has shown about some rows, tried on many others at once, until every ruling of every row is known.

Two things are kept of what it finds. A *case*: rows take its answers wherever they allow them and the first they allow
elsewhere, and are read as they then stand, one bit for each row; a completion that is possible shows its ruling. A
*refutation*: a few answers that cannot be together with a ruling; no row that says them gets it. Rows that both leave
open are put to the solver one by one, and each answer is tried on the rest. So the answers are exact, and the solver is
asked some thousand times where there are a hundred thousand rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench
from lagrum.screening.bits import Program, Words
from lagrum.screening.rowsets import AnyRows, ManyRows
from lagrum.semantics.clauses import Literal
from lagrum.semantics.logic import FALSE, TRUE, Node

MOST_CASES, MOST_REFUTATIONS = 1024, 4096
FADES = 0.8
"""What a kept thing settled counts so much less with each batch; those that settle least make room for new ones."""

FEWER = 0.4
"""A batch goes on with its open rows alone where they are a smaller share than this."""

FEWEST = 512
"""Rows that are not worth making fewer."""


@dataclass
class _Case:
    """Answers to the questions that the rulings rest on, in their order."""

    answers: Sequence[int]
    settles: float = 0.0


@dataclass
class _Refutation:
    """`ruling` is the place of the one that is ruled out, None where nothing is possible. `excluded` are answers that
    cannot all be ruled out, by their places among all."""

    ruling: int | None
    excluded: Sequence[int]
    settles: float = 0.0


class Learned:
    """One law on one day, for batch after batch. `given` holds of every row."""

    def __init__(self, bench: Bench, on: date, given: Box) -> None:
        self._clauses = bench.clauses
        self.asked_solver = 0
        moment = bench.compiled.moment(on, bench.law.readings)
        self._moment = self._clauses.answers(moment)
        fixed = {**moment, **{q: answers for q, answers in given.items() if q in bench.sizes}}
        put_in = bench.circuit.settled({q: min(answers) for q, answers in fixed.items() if len(answers) == 1})
        both = bench.circuit.both
        possible = both(*(put_in(each.node) for each in bench.impossible))
        self._rulings = [bench.rulings[ruling] for ruling in SETTLED]
        self._program = Program(bench.circuit, [both(put_in(node), possible) for node in self._rulings])
        first: dict[Question, int] = {}  # of all answers to all questions the place of a question's first
        nodes: list[Node] = []
        for question in bench.over:
            first[question] = len(nodes)
            nodes += bench.circuit.inputs[question]
        asked = dict.fromkeys(self._program.inputs[gate][0] for gate in self._program.asked)
        self._asked = [(bench.circuit.inputs[question], first[question]) for question in asked]
        self._ruled_out = [self._clauses.literal(node ^ 1) for node in nodes]
        self._place_of = {literal: place for place, literal in enumerate(self._ruled_out)}
        self._cases: list[_Case] = []
        self._refutations: list[_Refutation] = []
        self._random = Random(0)

    def settle(self, allowed: Sequence[Words], may: Sequence[Words], seen: Sequence[Words], rows: int) -> list[Words]:
        """For each ruling the rows that it is possible for. `allowed` has for each answer to each question of the law
        the rows that leave it open; `may` and `seen` hold what is known already: where a ruling may be possible, and
        where it is. Of rows that leave no answer to some question nothing is promised."""
        batch = ManyRows(allowed, may, seen, rows)
        for refutation in self._refutations:
            refutation.settles = FADES * refutation.settles + batch.refute(refutation.ruling, refutation.excluded)
        for case in self._cases:
            case.settles *= FADES
        self._by_cases(batch, sorted(self._cases, key=lambda case: -case.settles))
        self._cases = sorted(self._cases, key=lambda case: -case.settles)[:MOST_CASES]
        self._refutations = sorted(self._refutations, key=lambda each: -each.settles)[:MOST_REFUTATIONS]
        return batch.may

    def _by_cases(self, batch: AnyRows, cases: Sequence[_Case]) -> None:
        """Settle a batch, trying these cases first and asking the solver for the rest."""
        for place, case in enumerate(cases):
            left = batch.open_rows()
            if not left:
                return
            if batch.rows > FEWEST and left < FEWER * batch.rows:
                self._of_fewer(batch, cases[place:])
                return
            case.settles += self._try_on(batch, case)
        while left := batch.open_rows():
            if batch.rows > FEWEST and left < FEWER * batch.rows:
                self._of_fewer(batch, ())
                return
            self._ask(batch, *batch.pick(self._random))

    def _of_fewer(self, batch: AnyRows, cases: Sequence[_Case]) -> None:
        """The same, going on with the open rows alone."""
        places = batch.open_places()
        fewer = batch.only(places)
        self._by_cases(fewer, cases)
        batch.take(places, fewer)

    def _ask(self, batch: AnyRows, row: int, ruling: int) -> None:
        """Ask the solver whether a ruling is possible for a row, and try its answer on all rows."""
        self.asked_solver += 1
        node = self._rulings[ruling]
        said = [self._ruled_out[place] for place in batch.excluded(row)]
        wanted = [] if node == TRUE else [self._clauses.literal(node)]
        if node != FALSE and self._clauses.solve([*self._moment, *wanted, *said]):
            case = _Case(self._found())
            case.settles += self._try_on(batch, case)
            self._cases.append(case)
            return
        core = self._smaller(self._clauses.core()) if node != FALSE else frozenset[Literal]()
        places = sorted(self._place_of[literal] for literal in core if literal in self._place_of)
        of_all = node not in (FALSE, TRUE) and wanted[0] not in core
        refutation = _Refutation(None if of_all else ruling, places)
        refutation.settles += batch.refute(refutation.ruling, places)
        self._refutations.append(refutation)

    def _found(self) -> list[int]:
        """The case that the solver found."""
        model = self._clauses.model()
        size = len(model)
        found: list[int] = []
        for answers, _ in self._asked:
            if len(answers) == 2:
                gate = answers[1] >> 1
                found.append(int(gate <= size and model[gate - 1] > 0))
            else:
                held = (i for i, node in enumerate(answers) if node >> 1 <= size and model[(node >> 1) - 1] > 0)
                found.append(next(held, 0))
        return found

    def _smaller(self, core: frozenset[Literal]) -> frozenset[Literal]:
        """A part of it that is enough, of which nothing can be spared."""
        needed = [each for each in core if each not in self._place_of]
        left = sorted(each for each in core if each in self._place_of)
        while left:
            tried = left.pop()
            if self._clauses.solve([*needed, *left]):
                needed.append(tried)
            else:
                less = self._clauses.core()
                left = [each for each in left if each in less]
        return frozenset(needed)

    def _try_on(self, batch: AnyRows, case: _Case) -> int:
        """How many open rulings a case shows to be possible."""
        return batch.complete(self._program, self._asked, case.answers)
