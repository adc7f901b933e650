"""What can be so among the cases of a box, when many boxes of one law are asked about one after another.

A question whether something can be so goes to three places in turn. First to *witnesses*: complete cases found before,
each made to fit the box (a question that the box answers gets its answer); those that come out possible show at once,
worked out together with one bit for each, what can be so. Then to kept *refutations*: which answers were enough to rule
it out in an earlier box. Only then to the solver, whose case or refutation is kept for the boxes to come. So the
answers are as exact as the solver's, and the more alike the boxes of a register are, the fewer it has to find.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from random import Random

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.here import Here
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Literal
from lagrum.semantics.logic import FALSE, TRUE, Node

Asked = tuple[object, ...]
"""What was asked: a node, or a node and an answer."""

MOST_CASES = 1024
VARIANTS, VARIED = 3, 0.05  # beside each case found so many more, with so many of its answers drawn anew
MOST_REFUTATIONS = 64  # of one thing that cannot be so
MOST_TURNED = 3072  # beside them, cases that showed a ruling to be possible with an answer
EVERYWHERE = (1 << (MOST_CASES + MOST_TURNED)) - 1


class Kept:
    """Complete cases, each a bit for the answers that it gives, and refutations; the oldest make room for new ones."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self.refuted: dict[Asked, list[frozenset[Literal]]] = {}
        self._next = 0
        self._random = Random(0)
        self._turned: dict[Asked, int] = {}
        # Before any case is found all are one and the same: the first answer to everything.
        self.answers: dict[Question, list[int]] = {
            question: [EVERYWHERE] + [0] * (size - 1) for question, size in circuit.sizes.items()
        }
        self._held = list(self.answers.values())
        self._sizes = [len(held) for held in self._held]
        self._cases = [[0] * len(self._held)] * (MOST_CASES + MOST_TURNED)
        self._places = {question: place for place, question in enumerate(self.answers)}
        self._gates = [
            (node >> 1, self._places[question], answer)
            for question, nodes in circuit.inputs.items()
            for answer, node in enumerate(nodes)
            if not node & 1
        ]

    def add(self, asked: Asked, model: Sequence[Literal]) -> None:
        """Keep what the solver found, with variants of it where no answer was asked for."""
        case = [0] * len(self._held)
        size = len(model)
        for gate, place, answer in self._gates:
            if gate <= size and model[gate - 1] > 0:
                case[place] = answer
        if len(asked) > 1:
            self.keep_turned(asked, case)
            return
        self._put(case)
        for _ in range(VARIANTS):
            case = [self._random.randrange(self._sizes[i]) if self._is_varied() else a for i, a in enumerate(case)]
            self._put(case)

    def _is_varied(self) -> bool:
        return self._random.random() < VARIED

    def keep_turned(self, shown: Asked, case: list[int]) -> None:
        """Keep a case in which an answer has a ruling, in the place of the last one that showed the same."""
        place = self._turned.setdefault(shown, len(self._turned) % MOST_TURNED)
        self._write(MOST_CASES + place, case)

    def _put(self, case: list[int]) -> None:
        self._write(self._next, case)
        self._next = (self._next + 1) % MOST_CASES

    def _write(self, place: int, case: list[int]) -> None:
        """Put a case, its answers in the order of the questions, in a place."""
        bit, before = 1 << place, self._cases[place]
        for held, old, new in zip(self._held, before, case, strict=True):
            if old != new:
                held[old] ^= bit
                held[new] |= bit
        self._cases[place] = case

    def case(self, place: int, box: Box) -> list[int]:
        """A kept case, made to fit a box."""
        case = self._cases[place].copy()
        for question, allowed in box.items():
            if (at := self._places.get(question)) is not None and case[at] not in allowed:
                case[at] = min(allowed)
        return case

    def refute(self, asked: Asked, core: frozenset[Literal]) -> None:
        cores = self.refuted.setdefault(asked, [])
        if len(cores) == MOST_REFUTATIONS:
            del cores[: MOST_REFUTATIONS // 2]
        cores.append(core)

    def fitted(self, box: Box) -> Fitted:
        """The kept cases, made to fit a box that leaves an answer to every question."""
        circuit = self.circuit
        bits = [0, EVERYWHERE] * (1 + sum(len(nodes) if len(nodes) > 2 else 1 for nodes in circuit.inputs.values()))
        boxed = {self._places[question]: allowed for question, allowed in box.items()}
        for place, nodes in enumerate(circuit.inputs.values()):
            held: Sequence[int] = self._held[place]
            if place in boxed:
                held = [bits if answer in boxed[place] else 0 for answer, bits in enumerate(held)]
                held[min(boxed[place])] |= EVERYWHERE & ~sum(held)
            for node, here in zip(nodes, held, strict=True):
                if not node & 1:
                    bits[node], bits[node ^ 1] = here, EVERYWHERE ^ here
        return Fitted(circuit, bits)


class Fitted:
    """Complete cases of one box: for each node those in which it holds."""

    def __init__(self, circuit: Circuit, inputs: list[int]) -> None:
        self._inputs, self._gates, self._bits = circuit.inputs, circuit.gates, inputs

    def turned(self, question: Question, answer: int, above: Sequence[int]) -> dict[Node, int]:
        """Where nodes hold once every case gives this answer; only those for which that differs. `above` are the gates
        that rest on the question, each after those it joins."""
        bits, changed = self._bits, dict[Node, int]()
        for i, node in enumerate(self._inputs[question]):
            held = EVERYWHERE if i == answer else 0
            if bits[node] != held:
                changed[node], changed[node ^ 1] = held, EVERYWHERE ^ held
        for gate in above:
            held, touched = EVERYWHERE, False
            for each in self._gates[gate]:
                if each in changed:
                    touched = True
                    held &= changed[each]
                else:
                    held &= bits[each]
            if touched and held != bits[2 * gate]:
                changed[2 * gate], changed[2 * gate + 1] = held, EVERYWHERE ^ held
        return changed

    def given(self, answers: Sequence[Node]) -> list[int]:
        """Where answers are given."""
        bits = self._bits
        return [bits[node] for node in answers]

    def where(self, node: Node) -> int:
        bits = self._bits
        if node >= len(bits):
            for joined in self._gates[len(bits) // 2 : (node >> 1) + 1]:
                held = bits[joined[0]]
                for each in joined:
                    held &= bits[each]
                bits += (held, EVERYWHERE ^ held)
        return bits[node]


class Witnessed(Here):
    """`Here`, asking witnesses and refutations first."""

    def __init__(self, bench: Bench, on: date, box: Box, kept: Kept) -> None:
        """`box` leaves an answer to every question that it names."""
        super().__init__(bench, on, {q: a for q, a in box.items() if q in bench.sizes}, (), bench.law.readings)
        self.kept = kept

    @cached_property
    def _fitted(self) -> Fitted:
        return self.kept.fitted({**self.box, **self.compiled.moment(self.on, self.readings)})

    @cached_property
    def _fitting(self) -> int:
        """The witnesses that are possible."""
        found = EVERYWHERE
        for statement in self.bench.impossible:
            found &= self._fitted.where(statement.node)
        return found

    @cached_property
    def _assumed_set(self) -> frozenset[Literal]:
        return frozenset(self._assumed)

    @cached_property
    def possible(self) -> bool:
        return self.can(TRUE)

    def can(self, node: Node) -> bool:
        if node == FALSE:
            return False
        if self._fitting & self._fitted.where(node):
            return True
        if node != TRUE and self._clauses.literal(node) in self._shown:
            return True
        return not self._is_refuted((node,), self._assumed_set) and self._find((node,), [], node)

    def possible_rulings(self) -> tuple[Ruling, ...]:
        return tuple(ruling for ruling in SETTLED if self.can(self.bench.rulings[ruling]))

    def seen_with(self, asked: Sequence[tuple[Question, int]], rulings: Sequence[Ruling]) -> list[set[Ruling]]:
        """For each answer to a question those of the rulings that witnesses show to be possible with it."""
        inputs = self.bench.circuit.inputs
        members = [(ruling, self._fitting & self._fitted.where(self.bench.rulings[ruling])) for ruling in rulings]
        given = self._fitted.given([inputs[question][answer] for question, answer in asked])
        return [{ruling for ruling, bits in members if bits & here} for here in given]

    def turned_to(
        self, question: Question, answer: int, rulings: Sequence[Ruling], above: Sequence[int]
    ) -> list[Ruling]:
        """The same of witnesses that are all given that answer, which takes longer. `above` are the gates of rulings
        and of statements of the impossible that rest on the question."""
        nodes = [self.bench.rulings[ruling] for ruling in rulings]
        turned = self._fitted.turned(question, answer, above)
        fitting = EVERYWHERE
        for statement in self.bench.impossible:
            fitting &= turned.get(statement.node, self._fitted.where(statement.node))
        found: list[Ruling] = []
        for ruling, node in zip(rulings, nodes, strict=True):
            if holding := fitting & turned.get(node, self._fitted.where(node)):
                place = (holding & -holding).bit_length() - 1
                self.kept.keep_turned(
                    (node, question, answer), self.kept.case(place, {**self.box, question: frozenset([answer])})
                )
                found.append(ruling)
        return found

    def barred(self, question: Question, answer: int, rulings: Sequence[Ruling]) -> set[Ruling]:
        """Those of the rulings that kept refutations rule out where a question has that answer."""
        if not any((self.bench.rulings[ruling], question, answer) in self.kept.refuted for ruling in rulings):
            return set()
        assumed = self._assumed_set.union(self._clauses.answers({question: frozenset([answer])}))
        nodes = self.bench.rulings
        return {r for r in rulings if self._is_refuted((nodes[r], question, answer), assumed)}

    def can_with(self, question: Question, answer: int, ruling: Ruling) -> bool:
        """Whether a ruling that `seen_with` has not seen is possible where a question has that answer."""
        node = self.bench.rulings[ruling]
        said = self._clauses.answers({question: frozenset([answer])})
        asked = node, question, answer
        return not self._is_refuted(asked, self._assumed_set.union(said)) and self._find(asked, said, node)

    def _is_refuted(self, asked: Asked, assumed: frozenset[Literal]) -> bool:
        return any(core <= assumed for core in self.kept.refuted.get(asked, ()))

    def _find(self, asked: Asked, said: Sequence[Literal], node: Node) -> bool:
        """Ask the solver, and keep what it finds."""
        if node == FALSE:
            return False
        wanted = [] if node == TRUE else [self._clauses.literal(node)]
        if not self._clauses.solve([*self._assumed, *said, *wanted]):
            self.kept.refute(asked, self._clauses.core().difference(wanted))
            return False
        model = self._clauses.model()
        self.kept.add(asked, model)
        self._shown.update(model)
        return True
