"""A law put to a solver, every day and every reading open: what can be, why something cannot, and where it is so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lagrum.analysis.audit.result import Moment
from lagrum.analysis.compare.ordinary import said_of
from lagrum.analysis.loopholes.witness import in_words, usual_costs
from lagrum.model.cases import Box, Complete
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.hitting import smallest_hitting_set
from lagrum.semantics.clauses import Clauses, Literal
from lagrum.semantics.estimate import as_case
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.reference import Reference
from lagrum.semantics.remembering import Remembering
from lagrum.semantics.timeless import DAY, reading_question

ROUNDS = 200
"""Demands gathered for the nearest case or the smallest reason before what was found so far is taken."""

Under = tuple[str, ...]
"""The readings under which something is so; empty: under every one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that must hold together, in the law's words. `key` is the norm that brings it in, where it is
    another than the one looked at."""

    words: str
    node: Node
    what: str = "condition"
    key: str = ""


class Desk:
    """One law; `on` and `given` narrow what is looked at, and `fixed` names readings that are chosen for good."""

    def __init__(self, law: Law, on: date | None, given: Box, fixed: Iterable[str] = (), today: date | None = None):
        self.law = law
        self.bench = bench_of(law)
        self.compiled, self.circuit, self.clauses = self.bench.compiled, self.bench.circuit, self.bench.clauses
        moment = self.compiled.moment(on or today or date.today(), law.readings)
        chosen = [reading_question(name) for name in fixed]
        box = {q: answers for q, answers in given.items() if q in self.bench.sizes}
        box |= {q: moment[q] for q in ([DAY] if on else []) + chosen}
        self.base = self.clauses.answers(box)
        self.chosen = {name: self.clauses.answers({q: moment[q]})[0] for name, q in self._open_readings(chosen)}
        self._today = self.clauses.answers({DAY: moment[DAY]})
        self._costs = usual_costs(law.facts, self.bench.over)

    def _open_readings(self, chosen: Sequence[Question]) -> list[tuple[str, Question]]:
        named = ((name, reading_question(name)) for name in self.law.readings)
        return [(name, q) for name, q in named if q not in chosen and self.circuit.sizes[q] > 1]

    # --- what can be -----------------------------------------------------------------------------------------

    @cached_property
    def anything(self) -> bool:
        """Whether there is any possible case."""
        return self.clauses.solve(self.base)

    def can(self, *nodes: Node) -> bool:
        """Whether the nodes hold together in some possible case, on some day and in some reading."""
        return self._solve(nodes, [])

    def never(self, *nodes: Node) -> Under | None:
        """Under which of the chosen readings the nodes never hold together; None where they can."""
        if not self.can(*nodes):
            return ()
        if not self.chosen or self._solve(nodes, list(self.chosen.values())):
            return None
        core = self.clauses.core()
        held = [name for name, literal in self.chosen.items() if literal in core]
        for name in list(held):
            rest = [other for other in held if other != name]
            if not self._solve(nodes, [self.chosen[other] for other in rest]):
                held = rest
        return tuple(f"{name.split(':', 1)[1]} is {self.law.readings[name]}" for name in held)

    def ever(self, norm: Norm) -> bool:
        """Whether there is a day on which the rule stands, for some case."""
        bare = norm.kind in (NormKind.EXCEPT, NormKind.EXCLUDE, NormKind.DEFINE, NormKind.SCOPE)
        return self.can(TRUE if bare else self.compiled.force(norm.instrument), self.compiled.active(norm.key))

    def _solve(self, nodes: Iterable[Node], assumed: list[Literal]) -> bool:
        wanted = [node for node in nodes if node != TRUE]
        if FALSE in wanted:
            return False
        return self.clauses.solve([*self.base, *assumed, *map(self.clauses.literal, wanted)])

    # --- why it cannot be ------------------------------------------------------------------------------------

    def conflict(self, parts: Sequence[Part], under: Under) -> tuple[Part, ...]:
        """The fewest parts that cannot hold together, where all of them cannot; what is impossible goes without saying.

        Whatever a case found leaves unfulfilled must have a part in the reason (implicit hitting sets).
        """
        flat = [part for part in parts if part.node == FALSE]
        if flat:
            return (flat[0],)
        parts = [part for part in parts if part.node != TRUE]
        literals = {i: self.clauses.literal(part.node) for i, part in enumerate(parts)}
        readings = list(self.chosen.values()) if under else []
        demands: list[frozenset[int]] = []
        kept: frozenset[int] = frozenset()
        for _ in range(ROUNDS):
            if not self.clauses.solve([*self.base, *readings, *(literals[i] for i in kept)]):
                return tuple(parts[i] for i in sorted(kept))
            held = frozenset(self.clauses.model())
            demands.append(frozenset(i for i, each in literals.items() if each not in held))
            assert demands[-1], "the parts can hold together after all"
            kept, _ = smallest_hitting_set(demands, dict.fromkeys(literals, 1))
        kept = frozenset(literals)
        for i in sorted(kept):
            if not self.clauses.solve([*self.base, *readings, *(literals[j] for j in kept - {i})]):
                kept -= {i}
        return tuple(parts[i] for i in sorted(kept))

    def statements(self, parts: Sequence[Part], under: Under) -> tuple[str, ...]:
        """Statements of the impossible without which the parts could hold together, in words."""
        if any(part.node == FALSE for part in parts):
            return ()
        free = self._free
        readings = list(self.chosen.values()) if under else []
        assumed = [*self.base, *readings, *(free.literal(part.node) for part in parts)]
        left = {free.literal(each.node): each.statement.reason for each in self.bench.impossible if each.node > TRUE}
        if free.solve([*assumed, *left]):
            return ()
        for literal in list(left):
            rest = {other: reason for other, reason in left.items() if other != literal}
            if not free.solve([*assumed, *rest]):
                left = rest
        return tuple(left.values())

    @cached_property
    def _free(self) -> Clauses:
        return Clauses(self.circuit)

    # --- where it is so --------------------------------------------------------------------------------------

    def moment(self, *nodes: Node, shows: Callable[[Reference, Complete], bool]) -> Moment:
        """The case nearest to the usual one in which the nodes hold, on this day and in the chosen readings if it can
        be. `shows` is asked of the plain reading of the law, whether it sees the same there."""
        answers = self._nearest([self.clauses.literal(node) for node in nodes if node != TRUE])
        case = as_case({q: answers[q] for q in self.bench.over})
        readings = {name: values[answers[reading_question(name)]] for name, values in self._values().items()}
        law = Law(self.law.id, self.law.instruments, self.law.vocabularies, readings, attached=self.law.attached)
        on = self._day(answers[DAY])
        reference = Remembering(law, on)
        assert shows(reference, case), "the plain reading of the law does not see what the solver found"
        unusual = {q: frozenset([answers[q]]) for q in self.bench.over if self._costs[q][answers[q]]}
        others = [f"{n.split(':', 1)[1]} is {v}" for n, v in readings.items() if v != self.law.readings[n]]
        words = said_of(self.law.facts, unusual)
        return Moment(in_words(self.law.facts, case), words, str(on), tuple(others), reference.ruling(case))

    def _values(self) -> Mapping[str, list[str]]:
        return {name: [value for value, _ in each.values] for name, each in self.law.all_readings().items()}

    def _day(self, stretch: int) -> date:
        """A day of the stretch: its first, and of the first stretch the day before it ends."""
        days = self.compiled.days
        if not days:
            return date(2000, 1, 1)
        return days[stretch - 1] if stretch else days[0] - timedelta(days=1)

    def _nearest(self, wanted: list[Literal]) -> dict[Question, int]:
        readings = list(self.chosen.values())
        tries = [[*self._today, *readings], readings, self._today, []]
        first = next(extra for extra in tries if self.clauses.solve([*self.base, *wanted, *extra]))
        fixed = [*self.base, *wanted, *first]
        literals = {q: self._usual(q) for q in self.bench.over}
        usual = {each: q for q, each in literals.items() if each is not None and -each not in fixed}
        demands: list[frozenset[Question]] = []
        left_out: frozenset[Question] = frozenset()
        for _ in range(ROUNDS):
            if self.clauses.solve([*fixed, *(each for each, q in usual.items() if q not in left_out)]):
                return self.clauses.case()
            if not (core := frozenset(usual[each] for each in self.clauses.core() if each in usual)):
                break
            demands.append(core)
            left_out, _ = smallest_hitting_set(demands, dict.fromkeys(usual.values(), 1), steps=5_000)
        for each in usual:
            if self.clauses.solve([*fixed, each]):
                fixed.append(each)
        assert self.clauses.solve(fixed), "there was such a case"
        return self.clauses.case()

    def _usual(self, question: Question) -> Literal | None:
        costs = self._costs[question]
        if costs.count(0) != 1:
            return None
        return self.clauses.answers({question: frozenset([costs.index(0)])})[0]
