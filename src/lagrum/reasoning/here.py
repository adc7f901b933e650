"""The possible cases of a box, under one law on one day: what can be so among them, and what must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.semantics.clauses import Literal
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.presumed import presumed_away

if TYPE_CHECKING:
    from lagrum.reasoning.bench import Bench


class Here:
    """Cases in which the facts have the answers of `box`, the presumptions of `presuming` (keys) stand, and nothing is
    impossible. Others' answers in `box`, to questions that the law does not ask, are passed over."""

    def __init__(
        self,
        bench: Bench,
        on: date,
        box: Box,
        presuming: tuple[str, ...],
        readings: Mapping[str, str],
        answers: dict[Question, list[Literal]] | None = None,
    ) -> None:
        self.bench, self.law, self.compiled = bench, bench.law, bench.compiled
        self.on, self.box, self.presuming, self.readings = on, dict(box), presuming, readings
        self._clauses = bench.clauses
        negate = bench.circuit.negate
        self._held = [negate(presumed_away(bench.compiled, key)) for key in presuming]
        self._known_answers = answers  # what the box says, where the caller knows it already
        self._shown: set[Literal] = set()  # gates of which some possible case was found where they hold

    @cached_property
    def _assumed(self) -> list[Literal]:
        moment = self._clauses.answers(self._moment)
        stand = [self._clauses.literal(node) for node in self._held if node not in (FALSE, TRUE)]
        return [*moment, *(literal for literals in self._answers.values() for literal in literals), *stand]

    @cached_property
    def _moment(self) -> Box:
        return self.compiled.moment(self.on, self.readings)

    @cached_property
    def _answers(self) -> dict[Question, list[Literal]]:
        if self._known_answers is not None:
            return self._known_answers
        return {q: self._clauses.answers({q: a}) for q, a in self.box.items() if q in self.bench.sizes}

    @cached_property
    def _implied(self) -> frozenset[Literal]:
        return self._clauses.implied(self._assumed)

    @cached_property
    def possible(self) -> bool:
        """Whether there is any such case."""
        return FALSE not in self._held and self._clauses.solve(self._assumed)

    def can(self, node: Node) -> bool:
        """Whether the node holds in some possible case."""
        if not self.possible or node == FALSE:
            return False
        if node == TRUE:
            return True
        literal = self._clauses.literal(node)
        if literal in self._shown or literal in self._implied:
            return True
        if -literal in self._implied or not self._clauses.solve([*self._assumed, literal]):
            return False
        self._shown.update(self._clauses.model())
        return True

    def must(self, node: Node) -> bool:
        """Whether the node holds in every possible case."""
        return not self.can(self.bench.circuit.negate(node))

    def find(self, *nodes: Node) -> dict[Question, int] | None:
        """A possible case in which all of the nodes hold; None where there is none."""
        if not self.possible or FALSE in nodes:
            return None
        wanted = [self._clauses.literal(node) for node in nodes if node != TRUE]
        return self._clauses.case() if self._clauses.solve([*self._assumed, *wanted]) else None

    def near(self, wished: Mapping[Question, int]) -> dict[Question, int] | None:
        """A possible case much like the one wished for; None where there is none."""
        inputs = self.bench.circuit.inputs
        self._clauses.prefer(self._clauses.literal(inputs[q][answer]) for q, answer in wished.items())
        return self.find()

    def otherwise(self, wished: Box, node: Node = TRUE) -> frozenset[Question] | None:
        """The fewest questions whose answers cannot be as wished if the node is to hold in a possible case (maximum
        satisfiability); None where it cannot hold."""
        if not self.can(node):
            return None
        wishes = {q: self.bench.circuit.test(q, answers) for q, answers in wished.items()}
        literals = {q: self._clauses.literal(wish) for q, wish in wishes.items() if wish not in (FALSE, TRUE)}
        held = [] if node == TRUE else [self._clauses.literal(node)]
        kept = self._clauses.as_wished([*self._assumed, *held], list(literals.values())) or frozenset()
        return frozenset(
            q for q, wish in wishes.items() if wish == FALSE or (q in literals and literals[q] not in kept)
        )

    def possible_rulings(self) -> tuple[Ruling, ...]:
        """The rulings that some possible case gets, in the order of rulings."""
        left = {r: self._clauses.literal(n) for r, n in self.bench.rulings.items() if n not in (FALSE, TRUE)}
        found = {r for r, node in self.bench.rulings.items() if node == TRUE and self.possible}
        others: list[Literal] = []
        # Each case found has some ruling; then we ask for one that has another.
        while left and FALSE not in self._held and self._clauses.solve([*self._assumed, *others]):
            model = self._clauses.model()
            self._shown.update(model)
            seen = next(r for r, literal in left.items() if model[abs(literal) - 1] == literal)
            others.append(-left.pop(seen))
            found.add(seen)
        return tuple(ruling for ruling in SETTLED if ruling in found)

    def other_than(self, rulings: Iterable[Ruling]) -> Node:
        """Where the ruling is none of these."""
        left = set(SETTLED).difference(rulings)
        return self.bench.circuit.either(*(self.bench.rulings[ruling] for ruling in SETTLED if ruling in left))

    def holding_to(self, node: Node) -> frozenset[Question] | None:
        """Questions whose answers alone keep the node from holding, though no smallest set of them: given ones, the
        day, and the chosen readings. None where it can hold."""
        if node == FALSE or FALSE in self._held:
            return frozenset()
        wanted = [] if node == TRUE else [self._clauses.literal(node)]
        if self._clauses.solve([*self._assumed, *wanted]):
            return None
        core = self._clauses.core()
        said = {**self._answers, **{q: self._clauses.answers({q: a}) for q, a in self._moment.items()}}
        return frozenset(q for q, literals in said.items() if not core.isdisjoint(literals))

    def broken(self, node: Node, kept: frozenset[Question]) -> frozenset[Question] | None:
        """Given questions, as few as will do, whose answers must be otherwise for the node to hold while those of
        `kept` stay; None where it cannot hold while they do."""
        answers = {q: self._answers[q] for q in kept}
        free = Here(self.bench, self.on, {q: self.box[q] for q in kept}, self.presuming, self.readings, answers)
        self._clauses.prefer(literal for literals in self._answers.values() for literal in literals)
        found = free.find(node)
        if found is None:
            return None
        assumed = [*free._assumed, *([] if node == TRUE else [self._clauses.literal(node)])]
        left = [q for q in self._answers if q not in kept and found[q] not in self.box[q]]
        broken: list[Question] = []
        as_given = [q for q in self._answers if q not in kept and found[q] in self.box[q]]
        assumed += [literal for q in as_given for literal in self._answers[q]]
        while left:
            question = left.pop()
            if self._clauses.solve([*assumed, *self._answers[question]]):
                assumed += self._answers[question]
                found = self._clauses.case(left)
                kept_too = [q for q in left if found[q] in self.box[q]]
                assumed += [literal for q in kept_too for literal in self._answers[q]]
                left = [q for q in left if q not in kept_too]
            else:
                broken.append(question)
        return frozenset(broken)

    def asked_by(self, *nodes: Node) -> tuple[str, ...]:
        """The facts that the nodes still ask about, with what is known put in, in the order of the text."""
        gates = self.bench.circuit.gates
        for node in nodes:
            if node > TRUE:
                self._clauses.literal(node)  # written, so that what follows from the case is seen
        implied = self._clauses.implied(self._assumed)
        waiting, seen = [node >> 1 for node in nodes if node > TRUE], set[int]()
        while waiting:
            gate = waiting.pop()
            if gate not in seen and gate not in implied and -gate not in implied:
                seen.add(gate)
                waiting += [node >> 1 for node in gates[gate]]
        asked = sorted(self.bench.places[gate] for gate in seen if gate in self.bench.places)
        return tuple(dict.fromkeys(self.bench.over[place].fact for place in asked))

    # --- other cases -----------------------------------------------------------------------------------------

    def inside(self, box: Box) -> Here:
        """The cases of another box."""
        return Here(self.bench, self.on, box, self.presuming, self.readings)

    def with_answer(self, question: Question, answers: Iterable[int]) -> Here:
        """The cases in which one question has these answers, whatever was given to it."""
        allowed = frozenset(answers)
        box = {**self.box, question: allowed}
        literals = {**self._answers, question: self._clauses.answers({question: allowed})}
        return Here(self.bench, self.on, box, self.presuming, self.readings, literals)

    def on_day(self, on: date) -> Here:
        """The same cases on another day."""
        return Here(self.bench, on, self.box, self.presuming, self.readings, self._answers)

    def presume(self, *keys: str) -> Here:
        """The same with other presumptions standing, or none."""
        return Here(self.bench, self.on, self.box, keys, self.readings)

    def read_as(self, name: str, value: str) -> Here:
        """The same under another reading."""
        return Here(self.bench, self.on, self.box, self.presuming, {**self.readings, name: value}, self._answers)
