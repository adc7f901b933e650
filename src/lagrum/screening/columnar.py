"""Rows ruled on column by column, for registers in which patterns hardly repeat; exact like `Patterns`.

Three-valued logic says of every row which rulings it may get (`rails`). *Guesses* say which it does get: rows are
completed by the answers of some complete cases of the law and read as they then stand, and a completion that is
possible shows that its ruling is. Where both agree the rulings are known. A row whose norms are all settled by
three-valued logic gets its reasons from one row like it. Whatever is left, and whatever leans on an indication or
contradicts itself, goes through its pattern.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench
from lagrum.screening.bits import Codes, Program, rows_of
from lagrum.screening.coded import STATED
from lagrum.screening.patterns import Outcome, Patterns
from lagrum.screening.rails import Rails
from lagrum.screening.ruling import classifying
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

Present = tuple[tuple[int, ...], ...]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Plan:
    """The program for the codes that occur: which roots of it say what."""

    program: Program
    may: tuple[int, ...]
    seen: tuple[int, ...]
    sure: int
    can_be: int
    plain: int
    definite: int
    telling: tuple[int, ...]


class Columns:
    """Rows of codes under one law. Answers are kept in `outcomes`, and rows get places in it."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns, self.bench = patterns, patterns.bench
        self.outcomes: list[Outcome] = []
        self.through_patterns = 0  # rows that three-valued logic left open
        self._places: dict[Outcome, int] = {}
        self._plans: dict[tuple[date, Present], _Plan] = {}
        self._guesses: dict[date, list[Mapping[Question, int]]] = {}

    def place(self, outcome: Outcome) -> int:
        found = self._places.get(outcome)
        if found is None:
            found = self._places[outcome] = len(self.outcomes)
            self.outcomes.append(outcome)
        return found

    def forget(self, most: int) -> None:
        """Let go of what was kept where it is more than so much; places of rows ruled on before lose their meaning."""
        if len(self.outcomes) > most:
            self.outcomes, self._places = [], {}
        if self.patterns.known > most:
            self.patterns.forget()

    # --- by distinct patterns --------------------------------------------------------------------------------

    def by_pattern(self, columns: Mapping[str, Codes], rows: int, on: date) -> npt.NDArray[np.int64]:
        """The places of the rows' outcomes, each distinct pattern ruled on once."""
        inverse, first = distinct([columns[fact] for fact in self.patterns.facts], rows)
        taken = [columns[fact][first].tolist() for fact in self.patterns.facts]
        patterns = zip(*taken, strict=True) if taken else iter([()] * len(first))
        places = [self.place(self.patterns.outcome(tuple(pattern), on)) for pattern in patterns]
        return np.array(places, dtype=np.int64)[inverse]

    # --- column by column ------------------------------------------------------------------------------------

    def by_column(self, columns: Mapping[str, Codes], rows: int, on: date) -> npt.NDArray[np.int64]:
        """The same, by columns where that settles them."""
        if not rows:
            return np.empty(0, dtype=np.int64)
        # More codes than occur do no harm; that nothing is unknown (code 0) is what matters.
        spans = ((columns[fact].min(), columns[fact].max()) for fact in self.patterns.facts)
        present = tuple(tuple(range(int(least), int(most) + 1)) for least, most in spans)
        plan = self._plan(on, present)
        found = plan.program.run(columns, rows)
        may, seen = [found[i] for i in plan.may], [found[i] for i in plan.seen]
        once, twice = np.zeros_like(may[0]), np.zeros_like(may[0])
        agree = np.full_like(may[0], 255)
        for possible, shown in zip(may, seen, strict=True):
            twice |= once & possible
            once |= possible
            agree &= ~possible | shown
        closed = found[plan.plain] & (agree | found[plan.sure] & once & ~twice)
        if self.patterns.detail:
            closed = closed & found[plan.definite] & once & ~twice
            telling = [*may, *(found[i] for i in plan.telling)]
        else:
            closed = closed | found[plan.plain] & ~found[plan.can_be]  # such a row gets no ruling
            telling = [each & found[plan.can_be] for each in may]
        done = rows_of(closed, rows)
        places = np.empty(rows, dtype=np.int64)
        at = np.flatnonzero(done)
        places[at] = self._told([rows_of(each, rows)[at] for each in telling], columns, at, on)
        left = np.flatnonzero(~done)
        self.through_patterns += len(left)
        if len(left):
            places[left] = self.by_pattern({fact: codes[left] for fact, codes in columns.items()}, len(left), on)
        return places

    def _told(
        self, telling: Sequence[Truths], columns: Mapping[str, Codes], at: npt.NDArray[np.int64], on: date
    ) -> npt.NDArray[np.int64]:
        """The outcomes of closed rows: one for all rows of which the same is true."""
        if not len(at):
            return np.empty(0, dtype=np.int64)
        words: list[npt.NDArray[np.uint16]] = []
        for i in range(0, len(telling), 16):
            word = np.zeros(len(at), dtype=np.uint16)
            for bit, truths in enumerate(telling[i : i + 16]):
                word |= truths.astype(np.uint16) << np.uint16(bit)
            words.append(word)
        inverse, first = distinct(words, len(at))
        if self.patterns.detail:
            facts = self.patterns.facts
            whole = [tuple(int(columns[fact][row]) for fact in facts) for row in at[first]]
            places = [self.place(self.patterns.outcome(pattern, on)) for pattern in whole]
        else:
            held = [[bool(truths[row]) for truths in telling] for row in first]
            places = [
                self.place(Outcome(tuple(r for r, holds in zip(SETTLED, each, strict=True) if holds))) for each in held
            ]
        return np.array(places, dtype=np.int64)[inverse]

    # --- the program -----------------------------------------------------------------------------------------

    def _plan(self, on: date, present: Present) -> _Plan:
        key = on, present
        if key not in self._plans:
            self._plans[key] = self._made(on, dict(zip(self.patterns.facts, present, strict=True)))
        return self._plans[key]

    def _made(self, on: date, present: Mapping[str, Sequence[int]]) -> _Plan:
        patterns, bench = self.patterns, self.bench
        moment = bench.compiled.moment(on, patterns.law.readings)
        said = {fact: [self._left_open(fact, code) for code in range(len(patterns.books[fact]))] for fact in present}
        rails = Rails(bench, {**patterns.given, **moment}, said, present)
        circuit = rails.circuit
        rulings = [bench.rulings[ruling] for ruling in SETTLED]
        may = [rails.of(node)[0] for node in rulings]
        statements = [rails.of(each.node) for each in bench.impossible]
        can_be, sure = (circuit.both(*nodes) for nodes in ((c for c, _ in statements), (s for _, s in statements)))
        plain = circuit.both(*(circuit.negate(rails.among(fact, self._weak(fact, present[fact]))) for fact in present))
        told = [rails.of(node) for node in dict.fromkeys(queried(bench))] if patterns.detail else []
        definite = circuit.both(*(circuit.either(must, circuit.negate(can)) for can, must in told))
        telling = [must for must in dict.fromkeys(must for _, must in told) if must not in (FALSE, TRUE)]
        seen = self._seen(on, said, present, circuit)
        roots = [*may, *seen, sure, can_be, plain, definite, *telling]
        program = Program(circuit, roots)
        count = len(SETTLED)
        return _Plan(
            program,
            tuple(range(count)),
            tuple(range(count, 2 * count)),
            2 * count,
            2 * count + 1,
            2 * count + 2,
            2 * count + 3,
            tuple(range(2 * count + 4, len(roots))),
        )

    def _left_open(self, fact: str, code: int) -> Box:
        meaning, contradicts = self.patterns.said(fact, code)
        return {} if contradicts else dict(meaning.open)

    def _weak(self, fact: str, present: Sequence[int]) -> list[int]:
        """The codes whose rows go through their patterns: of another basis than `stated`, or contradictory."""
        said = ((code, *self.patterns.said(fact, code)) for code in present)
        return [code for code, meaning, broken in said if broken or (meaning.open and meaning.basis != STATED)]

    def _seen(
        self, on: date, said: Mapping[str, Sequence[Box]], present: Mapping[str, Sequence[int]], circuit: Circuit
    ) -> list[Node]:
        """For each ruling where some guess shows it to be possible."""
        bench = self.bench
        moment = bench.compiled.moment(on, self.patterns.law.readings)
        seen: list[list[Node]] = [[] for _ in SETTLED]
        for case in self._cases(on):
            fixed = {question: frozenset([answer]) for question, answer in case.items()}
            completed = {
                fact: [{**_of_fact(fixed, fact), **_completed(box, case)} for box in boxes]
                for fact, boxes in said.items()
            }
            rest = {q: answers for q, answers in fixed.items() if q.fact not in said}
            guess = Rails(bench, {**rest, **moment}, completed, present, circuit)
            possible = circuit.both(*(guess.of(each.node)[1] for each in bench.impossible))
            for i, ruling in enumerate(SETTLED):
                seen[i].append(circuit.both(possible, guess.of(bench.rulings[ruling])[1]))
        return [circuit.either(*nodes) for nodes in seen]

    def _cases(self, on: date) -> list[Mapping[Question, int]]:
        """A possible case of each ruling that the law can give on the day, within what was given."""
        if on not in self._guesses:
            here = self.bench.here(on, self.patterns.given)
            found = [here.find(self.bench.rulings[ruling]) for ruling in SETTLED]
            self._guesses[on] = [case for case in found if case is not None]
        return self._guesses[on]


def _of_fact(fixed: Mapping[Question, frozenset[int]], fact: str) -> Box:
    return {question: answers for question, answers in fixed.items() if question.fact == fact}


def _completed(box: Box, case: Mapping[Question, int]) -> Box:
    """One answer to each question of a box: that of the case where the box leaves it open."""
    return {q: frozenset([case[q] if case.get(q) in answers else min(answers)]) for q, answers in box.items()}


def queried(bench: Bench) -> Iterator[Node]:
    """Every node on which the reasons and classes of a settled ruling rest (`reasoning.standing`, `ruling`)."""
    law, compiled, grounds = bench.law, bench.compiled, bench.grounds
    both, minus = compiled.logic.both, compiled.logic.minus
    keys = dict.fromkeys([*grounds.forbids, *grounds.binds, *(key for key, _ in classifying(bench))])
    keys.update(dict.fromkeys(key for key, norm in law.norms.items() if norm.kind is NormKind.EXCLUDE))
    for key in keys:
        yield from compiled.statuses(key).values()
        for exception in law.exceptions[key]:
            speaks = both(compiled.active(exception.key), compiled.elements(exception.key))
            yield minus(speaks, compiled.excepted(exception.key))
        for start in law.norms[key].starts:
            if start.when is not None:
                yield compiled.condition(start.when, law.norms[key])
    yield from (node for group in (grounds.forbids, grounds.lifted, grounds.binds) for node in group.values())
    for instrument in law.instruments:
        yield compiled.force(instrument.id)
        yield compiled.scope(instrument.id)


def distinct(
    columns: Sequence[npt.NDArray[np.uint16]], rows: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each row which of the distinct rows it is, in the order of their first places; and those places."""
    which = np.zeros(rows, dtype=np.int64)
    number = 1 if rows else 0
    for column in columns:
        width = int(column.max()) + 1 if rows else 1
        if width == 1:
            continue
        key = which * width + column
        if number * width <= 4 * rows + 1024:
            used = np.zeros(number * width, dtype=np.bool_)
            used[key] = True
            which, number = (np.cumsum(used) - 1)[key], int(used.sum())
        else:
            values, which = np.unique(key, return_inverse=True)
            number = len(values)
    first = np.empty(number, dtype=np.int64)
    first[which[::-1]] = np.arange(rows - 1, -1, -1, dtype=np.int64)  # of several the last written stays
    order = np.argsort(first)
    rank = np.empty(number, dtype=np.int64)
    rank[order] = np.arange(number)
    return rank[which], first[order]
