"""Programs for the codes that occur: what of a law is worked out over columns, and which result says what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench
from lagrum.screening.bits import Codes, Packed, Program, Words
from lagrum.screening.coded import STATED
from lagrum.screening.patterns import Patterns
from lagrum.screening.rails import Rails
from lagrum.screening.regions import Regions
from lagrum.screening.ruling import classifying
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

Present = tuple[tuple[int, ...], ...]
"""For each fact of a register the codes that occur."""

MOST_PLANS = 16


@dataclass(frozen=True)
class Plan:
    """Three-valued logic and guesses: which roots of the program say what."""

    program: Program
    may: tuple[int, ...]
    seen: tuple[int, ...]
    sure: int
    can_be: int
    plain: int
    definite: int
    telling: tuple[int, ...]

    def settled(self, found: Sequence[Packed]) -> Packed:
        """Where the rulings that may be are those that are; to be asked of plain rows."""
        agree, one = self._agreeing(found)
        return agree | found[self.sure] & one

    def explained(self, found: Sequence[Packed]) -> Packed:
        """Where there is one ruling, and every norm that it rests on is settled."""
        agree, one = self._agreeing(found)
        return found[self.plain] & (agree | found[self.sure] & one) & found[self.definite] & one

    def _agreeing(self, found: Sequence[Packed]) -> tuple[Packed, Packed]:
        """Where what may be was seen to be, and where just one ruling may be."""
        once, twice = np.zeros_like(found[0]), np.zeros_like(found[0])
        agree = np.full_like(found[0], 255)
        for may, seen in zip(self.may, self.seen, strict=True):
            possible = found[may]
            twice |= once & possible
            once |= possible
            agree &= ~possible | found[seen]
        return agree, once & ~twice


class Planner:
    """Makes programs for a register, and keeps those last used."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns, self.bench = patterns, patterns.bench
        self._plans: dict[tuple[date, Present], Plan] = {}
        self._programs: dict[tuple[date, Present, bool], Program] = {}
        self._guesses: dict[date, list[Mapping[Question, int]]] = {}

    def plan(self, on: date, present: Present) -> Plan:
        key = on, present
        if key not in self._plans:
            while len(self._plans) >= MOST_PLANS:
                del self._plans[next(iter(self._plans))]
            self._plans[key] = self._made(on, dict(zip(self.patterns.facts, present, strict=True)))
        return self._plans[key]

    def over_regions(self, on: date, present: Present, regions: Regions) -> Program:
        """For each ruling the rows that it is possible for, and the plain rows, of which alone that holds."""
        return self._program(on, present, regions)

    def allowed(self, on: date, present: Present, columns: Mapping[str, Codes], rows: int) -> list[Words]:
        """For each answer to each question of the law, in its order, the rows that leave it open."""
        return [each.view(np.uint64) for each in self._program(on, present, None).run(columns, rows)]

    def forget(self) -> None:
        self._programs.clear()

    def _program(self, on: date, present: Present, regions: Regions | None) -> Program:
        key = on, present, regions is None
        if key not in self._programs:
            while len(self._programs) >= MOST_PLANS:
                del self._programs[next(iter(self._programs))]
            here = dict(zip(self.patterns.facts, present, strict=True))
            rails = self._rails(on, here)
            if regions is None:
                inputs = self.bench.circuit.inputs
                roots = [rails.of(node)[0] for question in self.bench.over for node in inputs[question]]
            else:
                roots = [*regions.over(rails), self._plain(rails, here)]
            self._programs[key] = Program(rails.circuit, roots)
        return self._programs[key]

    def _made(self, on: date, present: Mapping[str, Sequence[int]]) -> Plan:
        patterns, bench = self.patterns, self.bench
        rails = self._rails(on, present)
        circuit = rails.circuit
        rulings = [bench.rulings[ruling] for ruling in SETTLED]
        may = [rails.of(node)[0] for node in rulings]
        statements = [rails.of(each.node) for each in bench.impossible]
        can_be, sure = (circuit.both(*nodes) for nodes in ((c for c, _ in statements), (s for _, s in statements)))
        told = [rails.of(node) for node in dict.fromkeys(queried(bench))] if patterns.detail else []
        definite = circuit.both(*(circuit.either(must, circuit.negate(can)) for can, must in told))
        telling = [must for must in dict.fromkeys(must for _, must in told) if must not in (FALSE, TRUE)]
        seen = self._seen(on, present, circuit)
        roots = [*may, *seen, sure, can_be, self._plain(rails, present), definite, *telling]
        count = len(SETTLED)
        return Plan(
            Program(circuit, roots),
            tuple(range(count)),
            tuple(range(count, 2 * count)),
            2 * count,
            2 * count + 1,
            2 * count + 2,
            2 * count + 3,
            tuple(range(2 * count + 4, len(roots))),
        )

    def _rails(self, on: date, present: Mapping[str, Sequence[int]]) -> Rails:
        moment = self.bench.compiled.moment(on, self.patterns.law.readings)
        return Rails(self.bench, {**self.patterns.given, **moment}, self._said(present), present)

    def _said(self, present: Mapping[str, Sequence[int]]) -> dict[str, list[Box]]:
        books = self.patterns.books
        return {fact: [self._left_open(fact, code) for code in range(len(books[fact]))] for fact in present}

    def _left_open(self, fact: str, code: int) -> Box:
        meaning, contradicts = self.patterns.said(fact, code)
        return {} if contradicts else dict(meaning.open)

    def _plain(self, rails: Rails, present: Mapping[str, Sequence[int]]) -> Node:
        """Rows that say nothing but what is stated, and do not contradict themselves; others go through their
        patterns."""
        weak = (rails.among(fact, self._weak(fact, codes)) for fact, codes in present.items())
        return rails.circuit.both(*map(rails.circuit.negate, weak))

    def _weak(self, fact: str, present: Sequence[int]) -> list[int]:
        said = ((code, *self.patterns.said(fact, code)) for code in present)
        return [code for code, meaning, broken in said if broken or (meaning.open and meaning.basis != STATED)]

    def _seen(self, on: date, present: Mapping[str, Sequence[int]], circuit: Circuit) -> list[Node]:
        """For each ruling where some guess shows it to be possible."""
        bench, said = self.bench, self._said(present)
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
