"""A law twice, alike but for judgements: a solver says whether switching one of them can switch the ruling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lagrum.analysis.vague.subject import OUTSIDE, Subject, build
from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.reasoning.hitting import smallest_hitting_set
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses, Literal
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.order import asked_questions

Answers = Mapping[Question, int]


def again(question: Question) -> Question:
    """The same question, asked anew."""
    return Question(f"(again) {question.fact}", question.member)  # no fact can have a name with brackets


@dataclass(frozen=True, slots=True)
class Switch:
    """A possible case that counts, and the answers to some questions that give it another ruling."""

    case: Answers
    anew: Answers


class Twins:
    """The cases of a subject in a circuit in which every judgement is asked twice."""

    def __init__(self, subject: Subject) -> None:
        self.asked = asked_questions(*subject.laws)
        sizes = dict(self.asked)
        self.judged = [q for questions in subject.switched().values() for q in questions]
        self.circuit = Circuit([*self.asked, *((again(q), sizes[q]) for q in self.judged)])
        self.built = build(subject, self.circuit)
        self.clauses = Clauses(self.circuit)

    def turned(self, questions: Iterable[Question], inside: bool = False) -> Node:
        """Where the case as it is and the case with these questions answered anew are both possible, and are ruled on
        differently; `inside`: and neither is outside the law."""
        c = self.circuit
        swap = _Swap(c, questions)
        pairs = [(ruling, swap(ruling)) for ruling in self.built.rulings]
        differ = c.either(*(c.minus(before, after) for before, after in pairs))
        limits = [c.negate(node) for node in pairs[OUTSIDE]] if inside else []
        return c.both(self.built.possible, swap(self.built.possible), differ, *limits)

    def can(self, node: Node, assumed: Sequence[Literal] = ()) -> bool:
        """Whether the node holds in some case of which the literals hold."""
        if node in (FALSE, TRUE):
            return node == TRUE and self.clauses.solve(assumed)
        return self.clauses.solve([*assumed, self.clauses.literal(node)])

    def literals(self, case: Answers, kept: Iterable[Question]) -> list[Literal]:
        """The answers of a case to the questions that are kept."""
        return self.clauses.answers({question: frozenset([case[question]]) for question in kept})

    def nearest(self, node: Node, usual: Box, questions: Iterable[Question]) -> Switch | None:
        """A counted case in which the node holds, with the fewest answers that are not usual; None where it never does.

        Answers that cannot be together are gathered until the fewest that meet all these leave something possible, as
        in `reasoning.nearest`.
        """
        counted = self.circuit.both(self.built.counted, node)
        if not self.can(counted):
            return None
        wanted = [] if counted == TRUE else [self.clauses.literal(counted)]
        answers = {question: self.clauses.answers({question: allowed}) for question, allowed in usual.items()}
        weight = {q: 2 * len(answers) ** 2 - i for i, q in enumerate(answers)}
        against: list[frozenset[Question]] = []
        left_out: frozenset[Question] = frozenset()
        while (core := self._core(wanted, {q: a for q, a in answers.items() if q not in left_out})) is not None:
            against.append(core)
            left_out, _ = smallest_hitting_set(against, weight)
        found = self.clauses.case()
        case = {question: found[question] for question, _ in self.asked}
        return Switch(case, {question: found[again(question)] for question in questions})

    def _core(self, wanted: list[Literal], kept: Mapping[Question, list[Literal]]) -> frozenset[Question] | None:
        """Answers that cannot be together where the wanted literals hold, none of which can be spared; None where all
        of them can be."""
        solve = self.clauses.solve
        if solve([*wanted, *(each for literals in kept.values() for each in literals)]):
            return None
        held = self.clauses.core()
        core = [q for q, literals in kept.items() if not held.isdisjoint(literals)]
        for question in tuple(core):
            fewer = [q for q in core if q != question]
            if len(fewer) < len(core) and not solve([*wanted, *(each for q in fewer for each in kept[q])]):
                held = self.clauses.core()
                core = [q for q in fewer if not held.isdisjoint(kept[q])]
        return frozenset(core)


class _Swap:
    """Puts the questions asked anew in the place of these questions; it remembers what it has done."""

    def __init__(self, circuit: Circuit, questions: Iterable[Question]) -> None:
        self.circuit = circuit
        self._known: dict[int, Node] = {0: FALSE}
        for question in questions:
            for old, new in zip(circuit.inputs[question], circuit.inputs[again(question)], strict=True):
                self._known[old >> 1] = new ^ (old & 1)

    def __call__(self, node: Node) -> Node:
        known, gates = self._known, self.circuit.gates
        waiting = [node >> 1]
        while waiting:
            gate = waiting[-1]
            unknown = [] if gate in known else [n >> 1 for n in gates[gate] if n >> 1 not in known]
            if unknown:
                waiting += unknown
                continue
            waiting.pop()
            if gate not in known:
                joined = [known[n >> 1] ^ (n & 1) for n in gates[gate]]
                known[gate] = self.circuit.both(*joined) if joined else 2 * gate
        return known[node >> 1] ^ (node & 1)
